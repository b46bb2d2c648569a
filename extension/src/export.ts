// `Pipewright: Export ARM Template or Bicep`: asks for the form, the target and the folder, and writes what the server has made.
import { l10n, type LogOutputChannel, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type ExportParams, exportRequest, targetsRequest } from './protocol';
import { activeFile } from './target';

interface Form extends QuickPickItem {
  form: ExportParams['form'];
}

interface Source extends QuickPickItem {
  target?: string;
}

const forms = (): Form[] => [
  { label: l10n.t('ARM template'), description: l10n.t('the files that ADF Studio publishes'), form: 'arm' },
  { label: l10n.t('Bicep'), description: l10n.t('modules, and files of their parameters'), form: 'bicep' },
];

/** Writes the factory of the active file, or else of the workspace's first folder, as templates. */
export async function exportTemplates(client: LanguageClient, output: LogOutputChannel): Promise<void> {
  const uri = activeFile() ?? workspace.workspaceFolders?.[0]?.uri.toString();
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('Open a file of the factory first.'));
    return;
  }
  const form = await window.showQuickPick(forms(), { title: l10n.t('Export'), placeHolder: l10n.t('What to write the factory as') });
  const source = form && (await chooseSource(client, uri));
  if (!source) {
    return;
  }
  const parameters = { textDocument: { uri }, form: form.form, wholeFactory: true };
  const made = await client.sendRequest(exportRequest, source.target === undefined ? parameters : { ...parameters, target: source.target });
  const first = workspace.workspaceFolders?.[0]?.uri;
  const [folder] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t('Export Here'),
      title: l10n.t('Folder for the templates'),
      ...(first ? { defaultUri: first } : {}),
    })) ?? [];
  if (!folder) {
    return;
  }
  for (const { path, text } of made.files) {
    await workspace.fs.writeFile(Uri.joinPath(folder, path), new TextEncoder().encode(text));
  }
  report(made.losses, made.notes, made.files.length, output);
  await window.showTextDocument(Uri.joinPath(folder, made.files[0]?.path ?? ''));
}

/** The files as they are, or with what one of the factory's targets changes. Not asked where there is no target. */
async function chooseSource(client: LanguageClient, uri: string): Promise<Source | undefined> {
  const { targets } = await client.sendRequest(targetsRequest, { uri });
  const items: Source[] = targets
    .filter(({ isEmulator }) => !isEmulator)
    .map(({ name, factory }) => ({ label: name, description: l10n.t('with its overrides, for {0}', factory), target: name }));
  const plain: Source = { label: l10n.t('As in the files'), description: l10n.t('without the overrides of any target') };
  return items.length === 0
    ? plain
    : window.showQuickPick([plain, ...items], { title: l10n.t('Export for'), placeHolder: l10n.t('A target') });
}

function report(losses: string[], notes: string[], count: number, output: LogOutputChannel): void {
  const said = [...losses, ...notes];
  said.forEach((line) => output.info(line));
  const written = count === 1 ? l10n.t('1 file written.') : l10n.t('{0} files written.', count);
  const more = said.length > 1 ? l10n.t('{0} more in the output.', said.length - 1) : '';
  const summary = [written, said[0], more].filter(Boolean).join(' ');
  void (losses.length === 0 ? window.showInformationMessage(summary) : window.showWarningMessage(summary));
}
