// The first five minutes: a new pipeline, the sample, and the files of a factory that is already in Azure.
import { commands, type ExtensionContext, FileType, l10n, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { applyEdit } from './live';
import { factoriesRequest, pullRequest } from './protocol';
import { findTarget } from './target';
import { configurationText, fileNameProblem, type FoundFactory } from './firstStepsText';

/** An import that goes on in the window of its folder. */
interface PendingImport {
  folder: string;
  form: 'spec' | 'git';
  factory: string;
}

const pendingKey = 'pendingImport';

/** Makes an empty file for a pipeline beside the others, and proposes whole pipelines in it. */
export async function newPipeline(): Promise<void> {
  const root = workspace.workspaceFolders?.[0]?.uri;
  if (!root) {
    await window.showInformationMessage(l10n.t('Open the folder that the pipeline is for first.'));
    return;
  }
  const place = await findPlace(root);
  const name = await window.showInputBox({
    title: l10n.t('New pipeline'),
    prompt: l10n.t('A file in {0}', workspace.asRelativePath(place.folder)),
    placeHolder: 'load_orders',
    validateInput: fileNameProblem,
  });
  if (!name) {
    return;
  }
  const file = Uri.joinPath(place.folder, name + place.suffix);
  if (await exists(file)) {
    await window.showErrorMessage(l10n.t('There is a file {0} already.', workspace.asRelativePath(file)));
    return;
  }
  await workspace.fs.writeFile(file, new Uint8Array());
  await window.showTextDocument(file);
  await commands.executeCommand('editor.action.triggerSuggest');
}

/** Where the other pipelines are, and in their form; a folder of its own where there are none. */
async function findPlace(root: Uri): Promise<{ folder: Uri; suffix: string }> {
  const [spec] = await workspace.findFiles('**/*.pipeline.{yaml,yml}', '**/node_modules/**', 1);
  if (spec) {
    return { folder: Uri.joinPath(spec, '..'), suffix: '.pipeline.yaml' };
  }
  const [git] = await workspace.findFiles('**/pipeline/*.json', '**/node_modules/**', 1);
  return git ? { folder: Uri.joinPath(git, '..'), suffix: '.json' } : { folder: Uri.joinPath(root, 'pipelines'), suffix: '.pipeline.yaml' };
}

/** Copies the sample to a folder of the user's choice and opens it. */
export async function openSample({ extensionUri }: ExtensionContext): Promise<void> {
  const forms = [
    { label: l10n.t('YAML specs'), description: l10n.t('short, with comments'), folder: 'medallion' },
    { label: l10n.t('JSON, as ADF Studio keeps it in Git'), description: l10n.t('the same factory'), folder: 'medallion-git' },
  ];
  const form = await window.showQuickPick(forms, { title: l10n.t('Open sample'), placeHolder: l10n.t('In which form?') });
  const parent = form && (await chooseFolder(l10n.t('Copy the sample into…'), l10n.t('Copy Here')));
  if (!form || !parent) {
    return;
  }
  const target = Uri.joinPath(parent, form.folder);
  if (!(await exists(target))) {
    await workspace.fs.copy(Uri.joinPath(extensionUri, 'dist', 'samples', form.folder), target);
  }
  await commands.executeCommand('vscode.openFolder', target);
}

/** Takes a factory that is in Azure into an empty folder. */
export async function importFactory(client: LanguageClient, context: ExtensionContext): Promise<void> {
  const target = await findTarget(client, undefined);
  const { subscriptions } = await client.sendRequest(factoriesRequest, target?.isEmulator ? {} : { cloud: 'public' });
  const found = subscriptions.flatMap(({ id, name, tenant, factories }) =>
    factories.map((factory): FoundFactory => ({ ...factory, subscription: id, subscriptionName: name, tenant: tenant ?? undefined })),
  );
  if (found.length === 0) {
    const problem = subscriptions.find((subscription) => subscription.problem)?.problem;
    await window.showInformationMessage(`${l10n.t('There is no factory that you can see.')} ${problem ?? ''}`.trim());
    return;
  }
  const items = found.map((factory) => ({
    label: factory.name,
    description: `${factory.resourceGroup} · ${factory.subscriptionName}`,
    factory,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Import a factory'),
    placeHolder: l10n.t('A factory'),
    matchOnDescription: true,
  });
  const forms = [
    { label: l10n.t('YAML specs'), form: 'spec' as const },
    { label: l10n.t('JSON, as ADF Studio keeps it in Git'), form: 'git' as const },
  ];
  const form =
    chosen && (await window.showQuickPick(forms, { title: l10n.t('Import {0}', chosen.label), placeHolder: l10n.t('In which form?') }));
  const folder = form && (await chooseEmptyFolder(chosen.label));
  if (!chosen || !form || !folder) {
    return;
  }
  await workspace.fs.writeFile(
    Uri.joinPath(folder, 'pipewright.yaml'),
    Buffer.from(configurationText(chosen.factory, target?.isEmulator === true)),
  );
  const pending: PendingImport = { folder: folder.toString(), form: form.form, factory: chosen.label };
  await context.globalState.update(pendingKey, pending);
  if (workspace.workspaceFolders?.some(({ uri }) => uri.toString() === folder.toString())) {
    await resumeImport(client, context);
  } else {
    await commands.executeCommand('vscode.openFolder', folder);
  }
}

/** Goes on with an import whose folder is now open. */
export async function resumeImport(client: LanguageClient, context: ExtensionContext): Promise<void> {
  const pending = context.globalState.get<PendingImport>(pendingKey);
  if (!pending || !workspace.workspaceFolders?.some(({ uri }) => uri.toString() === pending.folder)) {
    return;
  }
  await context.globalState.update(pendingKey, undefined);
  const configuration = Uri.joinPath(Uri.parse(pending.folder), 'pipewright.yaml');
  // An open document is known to the server, whether it has heard of the file or not.
  await window.showTextDocument(configuration);
  const { edit, summary } = await client.sendRequest(pullRequest, { textDocument: { uri: configuration.toString() }, form: pending.form });
  if (edit) {
    await applyEdit(client, edit);
    // Files that are in no editor yet are not among those that are saved all at once.
    const written = (edit.documentChanges ?? []).flatMap((change) => ('textDocument' in change ? [change.textDocument.uri] : []));
    await Promise.all(written.map(async (uri) => (await workspace.openTextDocument(Uri.parse(uri))).save()));
  }
  const chosen = await window.showInformationMessage(l10n.t('{0} is here: {1}', pending.factory, summary), l10n.t('Show Graph'));
  if (chosen) {
    await commands.executeCommand('pipewright.showFactoryGraph', configuration.toString());
  }
}

async function chooseFolder(title: string, openLabel: string): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({ title, openLabel, canSelectFolders: true, canSelectFiles: false });
  return chosen?.[0];
}

/** A folder without files, but for those whose names begin with a dot: the one that is open, else one that the user chooses. */
async function chooseEmptyFolder(factory: string): Promise<Uri | undefined> {
  const open = workspace.workspaceFolders?.[0]?.uri;
  const folder =
    open && (await isEmpty(open)) ? open : await chooseFolder(l10n.t('An empty folder for {0}', factory), l10n.t('Import Here'));
  if (folder && !(await isEmpty(folder))) {
    await window.showErrorMessage(
      l10n.t('{0} is not empty. Choose an empty folder: what is in the factory would mix with what is there.', folder.fsPath),
    );
    return undefined;
  }
  return folder;
}

const isEmpty = async (folder: Uri) => (await workspace.fs.readDirectory(folder)).every(([name]) => name.startsWith('.'));

const exists = (place: Uri) =>
  Promise.resolve(workspace.fs.stat(place)).then(
    ({ type }) => type !== FileType.Unknown,
    () => false,
  );
