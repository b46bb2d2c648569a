// The status bar item that shows the target, and the choice of another.
import {
  type Disposable,
  type ExtensionContext,
  l10n,
  StatusBarAlignment,
  type StatusBarItem,
  TabInputWebview,
  type TextEditor,
  window,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Target, targetsRequest } from './protocol';
import { keepChosenTarget, sendSettings } from './settings';

export type ServerState = 'starting' | 'running' | 'stopped';

/** The status bar item; clicking it chooses another target. */
export class TargetItem implements Disposable {
  readonly #item: StatusBarItem;

  /** How often something was shown or asked: answers may come in another order than questions, and only that to the last one counts. */
  #asked = 0;

  constructor() {
    this.#item = window.createStatusBarItem('pipewright.target', StatusBarAlignment.Left);
    this.#item.name = l10n.t('Pipewright Target');
  }

  /** Shows that there is no server to ask for the target, or not yet. */
  showServerState(state: ServerState): void {
    if (state === 'running') {
      return;
    }
    this.#asked++;
    const starting = state === 'starting';
    this.#item.text = starting ? '$(loading~spin) Pipewright' : '$(warning) Pipewright';
    this.#item.tooltip = starting
      ? l10n.t('The language server is starting.')
      : l10n.t('The language server is not running. Click to start it again.');
    this.#item.command = 'pipewright.restartServer';
    this.#item.show();
  }

  /** Shows the target of the active file's factory. */
  async showTarget(client: LanguageClient): Promise<void> {
    const asked = ++this.#asked;
    const target = await findTarget(client, activeFile());
    if (asked !== this.#asked) {
      return;
    }
    this.#item.command = 'pipewright.chooseTarget';
    this.#item.text = `$(cloud) ${target?.name ?? l10n.t('No target')}`;
    this.#item.tooltip = target
      ? l10n.t('Pipewright deploys to {0}. Click to choose another target.', describeTarget(target))
      : l10n.t('Pipewright: click to choose a target.');
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
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
