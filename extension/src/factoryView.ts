// The factory view: what the target's factory has beside what the files say, its triggers, runs and integration runtimes.
import {
  commands,
  type Disposable,
  env,
  EventEmitter,
  type FileDecorationProvider,
  l10n,
  type LogOutputChannel,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeDataProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  badgeOf,
  type Branch,
  childrenOf,
  contextOf,
  describeResource,
  describeRun,
  type FactoryResource,
  kindsOf,
  mergeResources,
  type RecentRun,
  titleOf,
  wordsOf,
} from './factoryTree';
import { applyEdit } from './live';
import {
  bringInRequest,
  type LiveResult,
  liveResourcesRequest,
  pullRequest,
  recentRunsRequest,
  refreshLiveRequest,
  setTriggerRequest,
  statusRequest,
  type Target,
  targetsRequest,
} from './protocol';
import { liveMode } from './settings';
import { activeFile, describeTarget } from './target';

const scheme = 'pipewright-factory';

/** A line of the tree. */
export type Line =
  | Branch
  | { type: 'targets' }
  | { type: 'target'; target: Target; isCurrent: boolean }
  | { type: 'runs' }
  | { type: 'run'; run: RecentRun }
  | { type: 'note'; text: string };

/** Why there is nothing to show; the view's welcome text says what to do. */
type State = 'noServer' | 'noTarget' | 'notRead' | 'failed' | 'ready';

interface Scene {
  client: () => LanguageClient | undefined;
  output: LogOutputChannel;
}

const icons: Record<string, string> = {
  pipeline: 'type-hierarchy-sub',
  dataset: 'database',
  linkedService: 'plug',
  trigger: 'zap',
  dataflow: 'git-merge',
  integrationRuntime: 'server-process',
  credential: 'key',
  factory: 'settings-gear',
};

export class FactoryView implements TreeDataProvider<Line>, FileDecorationProvider, Disposable {
  readonly #scene: Scene;
  readonly #changed = new EventEmitter<Line | undefined>();
  readonly #decorated = new EventEmitter<Uri[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly onDidChangeFileDecorations = this.#decorated.event;
  readonly #tree = window.createTreeView<Line>('pipewright.factory', { treeDataProvider: this, showCollapseAll: true });
  readonly #subscriptions: Disposable[];
  #live: LiveResult | undefined;
  #resources: FactoryResource[] = [];
  #targets: { targets: Target[]; current: string | undefined } = { targets: [], current: undefined };
  #asked = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#subscriptions = [
      this.#tree,
      this.#changed,
      this.#decorated,
      window.registerFileDecorationProvider(this),
      this.#tree.onDidChangeVisibility(({ visible }) => (visible ? void this.show() : undefined)),
    ];
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => subscription.dispose());
  }

  /** Any file of the factory that is shown, for requests that want one. */
  get file(): string | undefined {
    return this.#live ? `${this.#live.root}/pipewright.yaml` : (activeFile() ?? workspace.workspaceFolders?.[0]?.uri.toString());
  }

  /** Shows what is known, without asking the factory unless it is an emulator: that needs no sign-in. */
  async show(): Promise<void> {
    await this.#load(liveResourcesRequest, false);
  }

  /** Reads the factory, with a sign-in where one is needed. */
  async refresh(): Promise<void> {
    await this.#load(refreshLiveRequest, true);
  }

  getTreeItem(line: Line): TreeItem {
    switch (line.type) {
      case 'kind': {
        const item = new TreeItem(titleOf(line.kind), TreeItemCollapsibleState.Collapsed);
        item.description = line.changed > 0 ? l10n.t('{0}, {1} to look at', line.count, line.changed) : String(line.count);
        item.iconPath = new ThemeIcon(icons[line.kind] ?? 'file');
        return named(item, line.kind, 'kind');
      }
      case 'folder':
        return named(new TreeItem(line.name, TreeItemCollapsibleState.Collapsed), `${line.kind}/${line.path}/`, 'folder', 'folder');
      case 'resource':
        return resourceItem(line.resource);
      case 'targets': {
        const item = new TreeItem(l10n.t('Targets'), TreeItemCollapsibleState.Collapsed);
        item.description = String(this.#targets.targets.length);
        return named(item, 'targets', 'targets', 'cloud');
      }
      case 'target': {
        const { target, isCurrent } = line;
        const item = new TreeItem(target.name, TreeItemCollapsibleState.None);
        item.description = [describeTarget(target), ...(isCurrent ? [l10n.t('current')] : [])].join(' · ');
        item.command = { command: 'pipewright.chooseTarget', title: l10n.t('Choose Target') };
        return named(item, `targets/${target.name}`, 'target', isCurrent ? 'pass-filled' : 'circle-large-outline');
      }
      case 'runs':
        return named(new TreeItem(l10n.t('Recent runs'), TreeItemCollapsibleState.Collapsed), 'runs', 'runs', 'history');
      case 'run':
        return runItem(line.run);
      case 'note':
        return named(new TreeItem(line.text, TreeItemCollapsibleState.None), `note/${line.text}`, 'note', 'info');
    }
  }

  async getChildren(line?: Line): Promise<Line[]> {
    if (line === undefined) {
      return this.#live?.readAt ? [...kindsOf(this.#resources), { type: 'runs' }, { type: 'targets' }] : [];
    }
    switch (line.type) {
      case 'kind':
        return childrenOf(this.#resources, line.kind);
      case 'folder':
        return childrenOf(this.#resources, line.kind, line.path);
      case 'targets':
        return this.#targets.targets.map((target) => ({ type: 'target', target, isCurrent: target.name === this.#targets.current }));
      case 'runs':
        return this.#listRuns();
      default:
        return [];
    }
  }

  provideFileDecoration(uri: Uri): { badge: string; color: ThemeColor; tooltip: string } | undefined {
    const decoration = uri.scheme === scheme ? badgeOf(uri.query) : undefined;
    return decoration && { badge: decoration.badge, color: new ThemeColor(decoration.colour), tooltip: wordsOf(uri.query) };
  }

  /** Takes one resource of the factory into the files. */
  async pull(line: Line | undefined): Promise<void> {
    const client = this.#scene.client();
    const uri = line?.type === 'resource' ? line.resource.uri : undefined;
    if (!client || !uri) {
      return;
    }
    const { edit } = await client.sendRequest(pullRequest, { textDocument: { uri } });
    const changes = edit?.documentChanges?.filter(
      (change) => ('textDocument' in change ? change.textDocument.uri : 'uri' in change ? change.uri : '') === uri,
    );
    if (!changes || changes.length === 0) {
      await window.showInformationMessage(l10n.t('The file has what the factory has.'));
      return;
    }
    await applyEdit(client, { documentChanges: changes });
    await window.showTextDocument(Uri.parse(uri));
    await this.show();
  }

  /** Makes a file of a resource that only the factory has. */
  async bringIn(line: Line | undefined): Promise<boolean> {
    const client = this.#scene.client();
    if (!client || line?.type !== 'resource' || this.file === undefined) {
      return false;
    }
    const { kind, name } = line.resource;
    const made = await client.sendRequest(bringInRequest, { uri: this.file, kind, name });
    await applyEdit(client, made.edit);
    await window.showTextDocument(Uri.parse(made.uri));
    await this.show();
    return true;
  }

  /** Starts or stops a trigger in the factory, once the user agrees. */
  async setTrigger(line: Line | undefined, start: boolean): Promise<void> {
    const client = this.#scene.client();
    if (!client || line?.type !== 'resource' || this.file === undefined) {
      return;
    }
    if (!workspace.isTrusted) {
      await window.showWarningMessage(l10n.t('Pipewright changes factories from trusted workspaces only.'));
      return;
    }
    const { name } = line.resource;
    const factory = this.#live?.factory ?? '';
    const verb = start ? l10n.t('Start') : l10n.t('Stop');
    const question = start ? l10n.t('Start the trigger {0} in {1}?', name, factory) : l10n.t('Stop the trigger {0} in {1}?', name, factory);
    const detail = start ? l10n.t('From now on it runs its pipelines by itself.') : l10n.t('Until it is started again it runs nothing.');
    if ((await window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) {
      return;
    }
    await client.sendRequest(setTriggerRequest, { name, start, uri: this.file });
    await this.refresh();
  }

  /** Opens the factory's page in the Azure portal. */
  async openPortal(): Promise<void> {
    if (this.#live?.portal) {
      await env.openExternal(Uri.parse(this.#live.portal));
    } else {
      await window.showInformationMessage(l10n.t('An emulator has no page in the Azure portal.'));
    }
  }

  async #load(request: typeof liveResourcesRequest, isAsked: boolean): Promise<void> {
    const client = this.#scene.client();
    if (!client?.isRunning()) {
      this.#settle('noServer');
      return;
    }
    const asked = ++this.#asked;
    const params = this.file === undefined ? {} : { uri: this.file };
    try {
      const { targets, current } = await client.sendRequest(targetsRequest, params);
      this.#targets = { targets, current: current ?? undefined };
      const target = targets.find(({ name }) => name === current);
      if (!target) {
        this.#live = undefined;
        this.#settle('noTarget');
        return;
      }
      this.#tree.description = describeTarget(target);
      // An emulator is asked without a question, unless nothing is to be.
      const looks = target.isEmulator && liveMode() !== 'never';
      const live = await client.sendRequest(looks ? refreshLiveRequest : request, params as { uri: string });
      const states = live.readAt && (isAsked || looks) ? await this.#findDrift(client, live) : [];
      if (asked === this.#asked) {
        this.#live = live;
        this.#resources = mergeResources(live.resources, states);
        this.#settle(live.readAt ? 'ready' : 'notRead');
      }
    } catch (error) {
      this.#scene.output.warn(`The factory can't be read: ${error}`);
      if (asked === this.#asked) {
        this.#live = undefined;
        this.#settle('failed', error instanceof Error ? error.message : String(error));
      }
    }
  }

  /** Who has changed what. Where that can't be told, as with errors in the files, the rest is shown all the same. */
  async #findDrift(client: LanguageClient, live: LiveResult) {
    try {
      return (await client.sendRequest(statusRequest, { textDocument: { uri: `${live.root}/pipewright.yaml` } })).resources;
    } catch (error) {
      this.#scene.output.info(`What differs from the files can't be told: ${error}`);
      return [];
    }
  }

  #settle(state: State, message = ''): void {
    void commands.executeCommand('setContext', 'pipewright.factoryState', state);
    this.#tree.message = message;
    this.#changed.fire(undefined);
    this.#decorated.fire(undefined);
  }

  async #listRuns(): Promise<Line[]> {
    const client = this.#scene.client();
    if (!client || this.file === undefined) {
      return [];
    }
    try {
      // The file of no pipeline: the runs of all.
      const { runs } = await client.sendRequest(recentRunsRequest, { textDocument: { uri: this.file }, count: 30 });
      return runs.length === 0 ? [{ type: 'note', text: l10n.t('No run in the last 45 days') }] : runs.map((run) => ({ type: 'run', run }));
    } catch (error) {
      return [{ type: 'note', text: String(error instanceof Error ? error.message : error) }];
    }
  }
}

function named(item: TreeItem, id: string, context: string, icon?: string): TreeItem {
  item.id = id;
  item.contextValue = context;
  if (icon) {
    item.iconPath = new ThemeIcon(icon);
  }
  return item;
}

function resourceItem(resource: FactoryResource): TreeItem {
  const { kind, name, uri, drift, state, description } = resource;
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  item.description = describeResource(resource);
  item.tooltip = [name, describeResource(resource), description].filter(Boolean).join('\n');
  item.resourceUri = Uri.from({ scheme, path: `/${kind}/${name}`, query: drift ?? '' });
  const isStarted = kind === 'trigger' && state === 'Started';
  item.iconPath = new ThemeIcon(isStarted ? 'play-circle' : kind === 'trigger' && state ? 'debug-pause' : (icons[kind] ?? 'file'));
  if (uri) {
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri)] };
  }
  return named(item, `${kind}/${name}`, contextOf(resource));
}

function runItem(run: RecentRun): TreeItem {
  const looks: Record<string, [string, string]> = {
    Succeeded: ['pass', 'testing.iconPassed'],
    Failed: ['error', 'testing.iconFailed'],
    InProgress: ['sync~spin', 'charts.blue'],
    Queued: ['clock', 'charts.blue'],
    Cancelled: ['circle-slash', 'disabledForeground'],
  };
  const [icon, colour] = looks[run.status] ?? ['question', 'foreground'];
  const item = new TreeItem(run.pipeline, TreeItemCollapsibleState.None);
  item.description = describeRun(run, Date.now());
  item.tooltip = [run.pipeline, run.runId, run.message].filter(Boolean).join('\n');
  item.iconPath = new ThemeIcon(icon, new ThemeColor(colour));
  item.command = { command: 'pipewright.showRun', title: l10n.t('Show Run'), arguments: [{ type: 'run', run }] };
  const isOver = !['Queued', 'InProgress', 'Canceling'].includes(run.status);
  return named(item, `runs/${run.runId}`, `run ${isOver ? 'over' : 'going'}${run.uri ? ' here' : ''}`);
}
