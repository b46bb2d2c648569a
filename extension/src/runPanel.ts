// The panel of the run that is watched: a chart of what began and ended when, with what each activity took and gave.
import {
  commands,
  type Disposable,
  env,
  type ExtensionContext,
  l10n,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { FromRunView, ShownActivity, ToRunView } from '../webview/gantt';
import { describeRun, type RecentRun } from './factoryTree';
import { cancelRunRequest, recentRunsRequest, rerunRequest } from './protocol';
import type { Runs } from './run';
import { columnOfViews, webviewOptions, webviewPage } from './webviewPage';

const viewType = 'pipewright.run';
/** Many activities change at once. */
const drawingPause = 100;

interface Scene {
  client: () => LanguageClient | undefined;
  context: ExtensionContext;
  runs: Runs;
}

/** A workspace that is not trusted may name anybody's factory. */
function refuseUntrusted(): void {
  if (!workspace.isTrusted) {
    throw new Error(l10n.t('Pipewright runs and cancels pipelines from trusted workspaces only.'));
  }
}

/** Keeps which run is shown over a restart of the window. */
const sourceOf = (uri: string, runId: string | undefined) => `${runId ?? ''} ${uri}`;

export class RunPanel implements Disposable {
  readonly #scene: Scene;
  readonly #subscriptions: Disposable[];
  #panel: WebviewPanel | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#subscriptions = [
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: { source?: unknown } | undefined) => {
          const [, runId, uri] = (typeof state?.source === 'string' ? /^(\S*) (.+)$/.exec(state.source) : null) ?? [];
          this.#adopt(panel);
          const client = await this.#whenRunning();
          if (uri && client) {
            void scene.runs.watch(client, uri, runId || undefined, true);
          }
        },
      }),
      scene.runs.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#show(), drawingPause);
      }),
    ];
  }

  /** Shows a run, by default the one that is watched, else the last one of the active pipeline. */
  async show(client: LanguageClient, uri?: string, runId?: string, preserveFocus = false): Promise<void> {
    const { runs, context } = this.#scene;
    if (this.#panel) {
      this.#panel.reveal(undefined, preserveFocus);
    } else {
      this.#adopt(
        window.createWebviewPanel(
          viewType,
          l10n.t('Run'),
          { viewColumn: columnOfViews(), preserveFocus },
          webviewOptions(context.extensionUri),
        ),
      );
    }
    if (runId !== undefined || !runs.watched) {
      void runs.watch(client, uri, runId, true);
    }
    this.#show();
  }

  /** The run that is watched, as a list of runs has it; undefined as long as nothing of it is known. */
  get shown(): RecentRun | undefined {
    const { watched, runs } = this.#scene.runs;
    const root = runs.find((run) => run.runId === watched?.runId) ?? runs.find(({ depth }) => depth === 0);
    return watched && root ? { ...root, uri: watched.uri } : undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.forEach((subscription) => subscription.dispose());
    this.#panel?.dispose();
  }

  /** The client once it runs: a panel is there again before the server is. */
  async #whenRunning(): Promise<LanguageClient | undefined> {
    for (let tries = 0; tries < 100; tries++) {
      const client = this.#scene.client();
      if (client?.isRunning()) {
        return client;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const { extensionUri } = this.#scene.context;
    panel.iconPath = Uri.joinPath(extensionUri, 'icons', 'pipewright.png');
    panel.webview.options = webviewOptions(extensionUri);
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
      }
    });
    panel.webview.onDidReceiveMessage((message: FromRunView) => this.#take(message));
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'run.js', l10n.t('Run'));
  }

  #post(message: ToRunView): void {
    void this.#panel?.webview.postMessage(message);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { runs } = this.#scene;
    if (!this.#panel || !runs.watched) {
      return;
    }
    const { uri, runId, monitor, problem } = runs.watched;
    const root = runs.runs.find((run) => run.runId === runId) ?? runs.runs.find(({ depth }) => depth === 0);
    const title = root?.pipeline ?? l10n.t('Run');
    this.#panel.title = root ? l10n.t('Run: {0}', title) : title;
    this.#post({
      type: 'show',
      title,
      source: sourceOf(uri, root?.runId ?? runId),
      rootId: root?.runId ?? runId,
      monitor,
      runs: runs.runs,
      activities: runs.activities.map((activity): ShownActivity => ({ ...activity, hasText: activity.uri !== undefined })),
      ...(problem ? { problem } : {}),
    });
  }

  async #take(message: FromRunView): Promise<void> {
    const client = this.#scene.client();
    const { runs } = this.#scene;
    if (!client || !runs.watched) {
      return;
    }
    const params = { textDocument: { uri: runs.watched.uri }, ...(runs.watched.runId === undefined ? {} : { runId: runs.watched.runId }) };
    try {
      await this.#act(message, client, params);
    } catch (error) {
      await window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  async #act(message: FromRunView, client: LanguageClient, params: { textDocument: { uri: string }; runId?: string }): Promise<void> {
    const { runs } = this.#scene;
    switch (message.type) {
      case 'ready':
        this.#show();
        await this.#listHistory(client, params);
        break;
      case 'cancel':
        refuseUntrusted();
        await client.sendRequest(cancelRunRequest, params);
        break;
      case 'rerun': {
        refuseUntrusted();
        const started = await client.sendRequest(rerunRequest, params);
        void runs.watch(client, params.textDocument.uri, started.runId, true, started.monitor);
        await this.#listHistory(client, params);
        break;
      }
      case 'again':
        await commands.executeCommand('pipewright.runAgain');
        break;
      case 'run':
        await commands.executeCommand('pipewright.run', params.textDocument.uri);
        break;
      case 'choose':
        void runs.watch(client, params.textDocument.uri, message.runId, true);
        break;
      case 'link':
        await env.openExternal(Uri.parse(message.address));
        break;
      case 'open':
        await this.#open(message.key);
        break;
    }
  }

  /** The runs of the same pipeline, to choose from. */
  async #listHistory(client: LanguageClient, { textDocument }: { textDocument: { uri: string } }): Promise<void> {
    const { runs } = await client.sendRequest(recentRunsRequest, { textDocument, count: 30 });
    const now = Date.now();
    this.#post({ type: 'history', runs: runs.map((run) => ({ runId: run.runId, label: `${run.pipeline} · ${describeRun(run, now)}` })) });
  }

  /** Shows the text of an activity. */
  async #open(key: string): Promise<void> {
    const { uri, range } = this.#scene.runs.activities.find(({ activityRunId, attempt }) => `${activityRunId}/${attempt}` === key) ?? {};
    if (uri && range) {
      const { start, end } = range;
      const visible = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
      const selection = new Range(start.line, start.character, end.line, end.character);
      await window.showTextDocument(Uri.parse(uri), { viewColumn: visible?.viewColumn ?? ViewColumn.One, selection });
    }
  }
}
