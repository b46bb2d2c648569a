// What the target's factory has: taken into the files, one resource or all, and compared with them.
import { l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { LanguageClient, WorkspaceEdit } from 'vscode-languageclient/node';
import { wordsOf } from './factoryTree';
import { bringInRequest, liveResourcesRequest, pullRequest, refreshLiveRequest, statusRequest } from './protocol';
import { activeFile } from './target';

interface Choice extends QuickPickItem {
  resourceKind: string;
}

const openFirst = () => l10n.t('Open a file of the factory first.');

/** Takes the live factory into the files, once the user agrees. */
export async function pull(client: LanguageClient): Promise<void> {
  const uri = activeFile();
  if (uri === undefined) {
    await window.showInformationMessage(openFirst());
    return;
  }
  const { factory, summary, changes, edit } = await client.sendRequest(pullRequest, { textDocument: { uri } });
  if (!edit) {
    await window.showInformationMessage(`${factory}: ${summary}`);
    return;
  }
  const detail = changes
    .filter(({ action }) => action !== 'none')
    .map(({ action, kind, name, note }) => `${action} ${kind} ${name}${note ? `: ${note}` : ''}`);
  const question = `${l10n.t('Take {0} into the files?', factory)} ${summary}`;
  if ((await window.showWarningMessage(question, { modal: true, detail: detail.slice(0, 20).join('\n') }, l10n.t('Pull'))) !== undefined) {
    await applyEdit(client, edit);
  }
}

/** Shows who has changed what; the choice of a resource opens its file. */
export async function showStatus(client: LanguageClient): Promise<void> {
  const uri = activeFile();
  if (uri === undefined) {
    await window.showInformationMessage(openFirst());
    return;
  }
  const { factory, summary, resources } = await client.sendRequest(statusRequest, { textDocument: { uri } });
  const items = resources
    .filter(({ state }) => state !== 'same')
    .map((resource) => ({ label: resource.name, description: `${resource.kind}, ${wordsOf(resource.state)}`, resource }));
  const chosen = await window.showQuickPick(items, { title: `${factory}: ${summary}`, placeHolder: l10n.t('Open a file') });
  if (chosen?.resource.uri) {
    await window.showTextDocument(Uri.parse(chosen.resource.uri));
  }
}

/** Makes a file of a resource that only the target's factory has. */
export async function bringIn(client: LanguageClient): Promise<void> {
  const uri = activeFile();
  if (uri === undefined) {
    await window.showInformationMessage(openFirst());
    return;
  }
  await client.sendRequest(refreshLiveRequest, { uri });
  const { factory, resources } = await client.sendRequest(liveResourcesRequest, { uri });
  const items = resources
    .filter((resource) => !resource.uri)
    .map(({ kind, name, description }): Choice => ({
      label: name,
      description: kind,
      ...(description ? { detail: description } : {}),
      resourceKind: kind,
    }));
  if (items.length === 0) {
    await window.showInformationMessage(l10n.t('The files have all that {0} has.', factory));
    return;
  }
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Only in {0}', factory),
    placeHolder: l10n.t('A resource to bring into the repository'),
  });
  if (chosen) {
    const made = await client.sendRequest(bringInRequest, { uri, kind: chosen.resourceKind, name: chosen.label });
    await applyEdit(client, made.edit);
    await window.showTextDocument(Uri.parse(made.uri));
  }
}

/** Makes the changes that the server has thought of. */
export async function applyEdit(client: LanguageClient, edit: WorkspaceEdit): Promise<void> {
  if (!(await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit)))) {
    await window.showErrorMessage(l10n.t('The files could not be changed.'));
  }
}
