// The status bar item that shows the target, and the choice of another.
import { type ExtensionContext, StatusBarAlignment, type StatusBarItem, TabInputWebview, type TextEditor, window } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { sendSettings } from './client';
import { type Target, targetsRequest } from './protocol';
import { keepChosenTarget } from './settings';

/** The status bar item; clicking it chooses another target. */
export function createTargetItem(): StatusBarItem {
  const item = window.createStatusBarItem('pipewright.target', StatusBarAlignment.Left);
  item.name = 'Pipewright Target';
  return item;
}

/** Shows that there is no server to ask for the target, or not yet. */
export function showServerState(item: StatusBarItem, state: State): void {
  if (state === State.Running) {
    return;
  }
  const starting = state === State.Starting;
  item.text = starting ? '$(loading~spin) Pipewright' : '$(warning) Pipewright';
  item.tooltip = starting ? 'The language server is starting.' : 'The language server is not running. Click to start it again.';
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
  item.text = `$(cloud) ${target?.name ?? 'No target'}`;
  item.tooltip = target
    ? `Pipewright deploys to ${describe(target)}. Click to choose another target.`
    : 'Pipewright: click to choose a target.';
  item.show();
}

/** Lets the user choose a target and keeps the choice. Gives undefined when the user backs out. */
export async function chooseTarget(client: LanguageClient, context: ExtensionContext, uri = activeFile()): Promise<Target | undefined> {
  const { targets, current } = await client.sendRequest(targetsRequest, uri === undefined ? {} : { uri });
  if (targets.length === 0) {
    await window.showInformationMessage(
      'There is no target yet: add one under `targets` in pipewright.yaml, or an emulator in the settings.',
    );
    return undefined;
  }
  const items = targets.map((target) => ({
    label: target.name,
    description: describe(target),
    ...(target.name === current ? { detail: 'current' } : {}),
    target,
  }));
  const chosen = await window.showQuickPick(items, { title: 'Deploy to', placeHolder: 'A target' });
  if (chosen) {
    await keepChosenTarget(context, chosen.target.name);
    await sendSettings(client, context);
  }
  return chosen?.target;
}

const describe = ({ factory, isEmulator }: Target) => (isEmulator ? `${factory} (emulator)` : factory);
