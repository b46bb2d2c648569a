// The status bar item that shows the target, and the choice of another.
import { type ExtensionContext, l10n, StatusBarAlignment, type StatusBarItem, TabInputWebview, type TextEditor, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Target, targetsRequest } from './protocol';
import { keepChosenTarget, sendSettings } from './settings';

/** The status bar item; clicking it chooses another target. */
export function createTargetItem(): StatusBarItem {
  const item = window.createStatusBarItem('pipewright.target', StatusBarAlignment.Left);
  item.name = l10n.t('Pipewright Target');
  return item;
}

export type ServerState = 'starting' | 'running' | 'stopped';

/** Shows that there is no server to ask for the target, or not yet. */
export function showServerState(item: StatusBarItem, state: ServerState): void {
  if (state === 'running') {
    return;
  }
  const starting = state === 'starting';
  item.text = starting ? '$(loading~spin) Pipewright' : '$(warning) Pipewright';
  item.tooltip = starting
    ? l10n.t('The language server is starting.')
    : l10n.t('The language server is not running. Click to start it again.');
  item.command = 'pipewright.restartServer';
  item.show();
}

/** The file whose factory is meant: that of the active editor. */
export const activeFile = (): string | undefined => {
  const uri = (window.activeTextEditor ?? editorBesideOurs())?.document.uri;
  return uri?.scheme === 'file' ? uri.toString() : undefined;
};

/** While a view of ours has the focus, the text beside it is what it is about. */
function editorBesideOurs(): TextEditor | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputWebview && input.viewType.includes('pipewright.') ? window.visibleTextEditors[0] : undefined;
}

/** The target of that name, by default the current one, for a file's factory; undefined when there is none. */
export async function findTarget(client: LanguageClient, uri: string | undefined, name?: string): Promise<Target | undefined> {
  const { targets, current } = await client.sendRequest(targetsRequest, uri === undefined ? {} : { uri });
  return targets.find((target) => target.name === (name ?? current));
}

/** Shows the target of the active file's factory. */
export async function showTarget(item: StatusBarItem, client: LanguageClient): Promise<void> {
  const target = await findTarget(client, activeFile());
  item.command = 'pipewright.chooseTarget';
  item.text = `$(cloud) ${target?.name ?? l10n.t('No target')}`;
  item.tooltip = target
    ? l10n.t('Pipewright deploys to {0}. Click to choose another target.', describeTarget(target))
    : l10n.t('Pipewright: click to choose a target.');
  item.show();
}

/** Lets the user choose a target and keeps the choice. Gives undefined when the user backs out. */
export async function chooseTarget(client: LanguageClient, context: ExtensionContext, uri = activeFile()): Promise<Target | undefined> {
  const { targets, current } = await client.sendRequest(targetsRequest, uri === undefined ? {} : { uri });
  if (targets.length === 0) {
    await window.showInformationMessage(
      l10n.t('There is no target yet: add one under `targets` in pipewright.yaml, or an emulator in the settings.'),
    );
    return undefined;
  }
  const items = targets.map((target) => ({
    label: target.name,
    description: describeTarget(target),
    ...(target.name === current ? { detail: l10n.t('current') } : {}),
    target,
  }));
  const chosen = await window.showQuickPick(items, { title: l10n.t('Deploy to'), placeHolder: l10n.t('A target') });
  if (chosen) {
    await keepChosenTarget(context, chosen.target.name);
    await sendSettings(client, context);
  }
  return chosen?.target;
}

/** The factory of a target, and whether it is only an emulated one. */
export const describeTarget = ({ factory, isEmulator }: Target): string => (isEmulator ? l10n.t('{0} (emulator)', factory) : factory);
