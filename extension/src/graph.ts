// The graph beside the text: of the pipeline in the active editor, and of a whole factory. What it shows comes from the server; the view draws it.
import {
  commands,
  type Disposable,
  env,
  type ExtensionContext,
  l10n,
  type LogOutputChannel,
  Range,
  type TextEditor,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { FromView, ToView } from '../webview/model';
import { dryRunStates, factoryGraph, nodeAt, nodeRuns, pipelineGraph } from './graphModel';
import { type DryRunResult, type FactoryGraphResult, factoryGraphRequest, graphRequest, type PipelineGraphResult } from './protocol';
import type { Runs } from './run';
import type { ActivityState } from './runText';
import { activeFile } from './target';
import { webviewOptions, webviewPage } from './webviewPage';

const viewType = 'pipewright.graph';
const typingPause = 150;
const factoryPause = 600;

/** Of which file, and whether of its pipeline or of its whole factory; the view keeps this over a restart of the window. */
interface Source {
  kind: 'pipeline' | 'factory';
  uri: string;
}

const textOf = ({ kind, uri }: Source) => `${kind}:${uri}`;

function readSource(text: unknown): Source | undefined {
  const [, kind, uri] = (typeof text === 'string' ? /^(pipeline|factory):(.+)$/.exec(text) : null) ?? [];
  return kind && uri ? { kind: kind as Source['kind'], uri } : undefined;
}

interface Scene {
  client: () => LanguageClient | undefined;
  context: ExtensionContext;
  output: LogOutputChannel;
  runs: Runs;
  /** What the last run without a cloud came to, as long as it is shown. */
  dryRun?: ActivityState[] | undefined;
}

/** The graphs that are open: one of a pipeline, which follows the active editor, and one of a factory. */
export class Graphs implements Disposable {
  readonly #scene: Scene;
  readonly #panels = new Map<Source['kind'], GraphPanel>();
  readonly #subscriptions: Disposable[];

  constructor(scene: Scene) {
    this.#scene = scene;
    const touch = (uri: Uri) => {
      if (scene.dryRun?.some((state) => state.uri === uri.toString())) {
        this.#showStates(undefined);
      }
      this.#panels.forEach((panel) => panel.touch(uri.toString()));
    };
    this.#subscriptions = [
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: { source?: unknown } | undefined) => {
          const source = readSource(state?.source);
          if (source) {
            this.#adopt(source, panel);
          } else {
            panel.dispose();
          }
        },
      }),
      workspace.onDidChangeTextDocument(({ document }) => touch(document.uri)),
      workspace.onDidSaveTextDocument(({ uri }) => touch(uri)),
      workspace.onDidCreateFiles(({ files }) => files.forEach(touch)),
      workspace.onDidDeleteFiles(({ files }) => files.forEach(touch)),
      workspace.onDidRenameFiles(({ files }) => files.forEach(({ newUri }) => touch(newUri))),
      window.onDidChangeActiveTextEditor((editor) => this.#panels.get('pipeline')?.follow(editor)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#panels.get('pipeline')?.showCursor(textEditor)),
      scene.runs.onDidChange(() => this.#showStates(undefined)),
    ];
  }

  /** Whether a pipeline's graph is open, where a run is seen, too. */
  get isOpen(): boolean {
    return this.#panels.has('pipeline');
  }

  /** Shows the graph of a pipeline's file beside it. */
  async showPipeline(uri = activeFile()): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('Open the pipeline to show first.'));
      return;
    }
    this.#show({ kind: 'pipeline', uri });
  }

  /** Shows the graph of the factory that a file, by default the active one, belongs to. */
  async showFactory(uri = activeFile() ?? workspace.workspaceFolders?.[0]?.uri.toString()): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('Open the folder of a factory first.'));
      return;
    }
    this.#show({ kind: 'factory', uri });
  }

  /** Shows what a run without a cloud came to, until its pipelines are edited or a run is watched. */
  showDryRun({ activities }: DryRunResult): void {
    this.#showStates(dryRunStates(activities));
  }

  #showStates(dryRun: ActivityState[] | undefined): void {
    this.#scene.dryRun = dryRun;
    this.#panels.get('pipeline')?.showRun();
  }

  /** Asks the server again, as when it has just started. */
  refresh(): void {
    this.#panels.forEach((panel) => void panel.refresh());
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => subscription.dispose());
    this.#panels.forEach((panel) => panel.dispose());
  }

  #show(source: Source): void {
    const open = this.#panels.get(source.kind);
    if (open) {
      open.show(source);
      return;
    }
    const column = source.kind === 'pipeline' ? ViewColumn.Beside : ViewColumn.Active;
    const panel = window.createWebviewPanel(
      viewType,
      l10n.t('Graph'),
      { viewColumn: column, preserveFocus: source.kind === 'pipeline' },
      {},
    );
    this.#adopt(source, panel);
  }

  #adopt(source: Source, panel: WebviewPanel): void {
    this.#panels.get(source.kind)?.dispose();
    const adopted = new GraphPanel(this.#scene, panel, source, (uri) => void this.showPipeline(uri));
    this.#panels.set(source.kind, adopted);
    panel.onDidDispose(() => {
      if (this.#panels.get(source.kind) === adopted) {
        this.#panels.delete(source.kind);
      }
    });
  }
}

/** One panel. */
class GraphPanel implements Disposable {
  readonly #scene: Scene;
  readonly #panel: WebviewPanel;
  readonly #showPipeline: (uri: string) => void;
  #source: Source;
  #pipeline: PipelineGraphResult | undefined;
  #factory: FactoryGraphResult | undefined;
  #isReady = false;
  #asked = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(scene: Scene, panel: WebviewPanel, source: Source, showPipeline: (uri: string) => void) {
    this.#scene = scene;
    this.#panel = panel;
    this.#source = source;
    this.#showPipeline = showPipeline;
    const { extensionUri } = scene.context;
    panel.iconPath = Uri.joinPath(extensionUri, 'icons', 'pipewright.png');
    panel.webview.options = webviewOptions(extensionUri);
    panel.webview.onDidReceiveMessage((message: FromView) => this.#take(message));
    panel.onDidDispose(() => clearTimeout(this.#timer));
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'graph.js', l10n.t('Graph'));
  }

  dispose(): void {
    this.#panel.dispose();
  }

  show(source: Source): void {
    this.#source = source;
    this.#panel.reveal(undefined, source.kind === 'pipeline');
    void this.refresh();
  }

  /** A file has changed. */
  touch(uri: string): void {
    if (this.#source.kind === 'factory' || uri === this.#source.uri) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.refresh(), this.#source.kind === 'factory' ? factoryPause : typingPause);
    }
  }

  /** Another editor is active: its pipeline is shown, if it has one. */
  follow(editor: TextEditor | undefined): void {
    const uri = editor?.document.uri;
    if (uri?.scheme === 'file' && uri.toString() !== this.#source.uri) {
      void this.refresh({ kind: 'pipeline', uri: uri.toString() });
    }
  }

  showCursor({ document, selection }: TextEditor): void {
    if (this.#pipeline && document.uri.toString() === this.#source.uri) {
      const { line, character } = selection.active;
      this.#post({ type: 'select', id: nodeAt(this.#pipeline.nodes, { line, character }) });
    }
  }

  showRun(): void {
    if (this.#pipeline) {
      this.#post({ type: 'run', runs: nodeRuns(this.#pipeline, this.#scene.dryRun ?? this.#scene.runs.activities) });
    }
  }

  /** Asks the server for the graph, of another source where one is named and has a graph; what is older than a later answer is dropped. */
  async refresh(source = this.#source): Promise<void> {
    const client = this.#scene.client();
    if (!client?.isRunning() || !this.#isReady) {
      return;
    }
    const asked = ++this.#asked;
    const params = { textDocument: { uri: source.uri } };
    try {
      const answer =
        source.kind === 'pipeline' ? await client.sendRequest(graphRequest, params) : await client.sendRequest(factoryGraphRequest, params);
      if (asked === this.#asked && (answer !== null || source === this.#source)) {
        this.#source = source;
        this.#showAnswer(answer);
      }
    } catch (error) {
      this.#scene.output.debug(`no graph of ${source.uri}: ${error}`);
    }
  }

  #showAnswer(answer: PipelineGraphResult | FactoryGraphResult | null): void {
    if (answer === null) {
      this.#pipeline = this.#factory = undefined;
      const reason = this.#source.kind === 'pipeline' ? l10n.t('This file is no pipeline.') : l10n.t('There is no factory here.');
      this.#post({ type: 'none', reason });
      return;
    }
    const source = textOf(this.#source);
    this.#panel.title = l10n.t('Graph: {0}', answer.name);
    if ('branches' in answer) {
      this.#pipeline = answer.isBroken && this.#pipeline?.uri === answer.uri ? this.#pipeline : answer;
      this.#post({ type: 'graph', graph: pipelineGraph(answer), isBroken: answer.isBroken, source });
      window.visibleTextEditors.forEach((editor) => this.showCursor(editor));
      this.showRun();
    } else {
      this.#factory = answer;
      this.#post({ type: 'graph', graph: factoryGraph(answer), isBroken: false, source });
    }
  }

  #post(message: ToView): void {
    void this.#panel.webview.postMessage(message);
  }

  async #take(message: FromView): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        await this.refresh();
        break;
      case 'open':
        await this.#open(message.id);
        break;
      case 'follow':
        this.#follow(message.id);
        break;
      case 'export':
        await this.#save(message.format, message.content);
        break;
      case 'mermaid':
        await this.#copyMermaid();
        break;
    }
  }

  /** Shows a node's text, in the editor that has it already where one does. */
  async #open(id: string): Promise<void> {
    const resource = this.#factory?.nodes.find((node) => node.id === id);
    const uri = resource ? resource.uri : this.#source.uri;
    const range = resource ? resource.selectionRange : this.#pipeline?.nodes.find((node) => node.id === id)?.selectionRange;
    if (!uri || !range) {
      return;
    }
    const visible = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
    const others = this.#panel.viewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
    const { start, end } = range;
    await window.showTextDocument(Uri.parse(uri), {
      viewColumn: visible?.viewColumn ?? others,
      selection: new Range(start.line, start.character, end.line, end.character),
    });
  }

  /** Shows the graph of the pipeline behind a node. */
  #follow(id: string): void {
    const graph = this.#factory ? factoryGraph(this.#factory) : this.#pipeline && pipelineGraph(this.#pipeline);
    const uri = graph?.nodes.find((node) => node.id === id)?.follows;
    if (uri) {
      this.#showPipeline(uri);
    }
  }

  async #save(format: 'svg' | 'png', content: string): Promise<void> {
    const name = `${(this.#pipeline ?? this.#factory)?.name ?? 'graph'}.${format}`;
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const chosen = await window.showSaveDialog({
      ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
      filters: { [format === 'svg' ? l10n.t('SVG image') : l10n.t('PNG image')]: [format] },
    });
    if (chosen) {
      await workspace.fs.writeFile(chosen, Buffer.from(content, format === 'svg' ? 'utf8' : 'base64'));
      const told = l10n.t('The graph is in {0}.', workspace.asRelativePath(chosen));
      if ((await window.showInformationMessage(told, l10n.t('Open'))) !== undefined) {
        await commands.executeCommand('vscode.open', chosen);
      }
    }
  }

  async #copyMermaid(): Promise<void> {
    const params = { textDocument: { uri: this.#source.uri }, mermaid: true };
    const client = this.#scene.client();
    const request =
      this.#source.kind === 'pipeline' ? client?.sendRequest(graphRequest, params) : client?.sendRequest(factoryGraphRequest, params);
    const mermaid = (await request)?.mermaid;
    if (mermaid) {
      await env.clipboard.writeText(mermaid);
      await window.showInformationMessage(l10n.t('The graph is on the clipboard, as Mermaid: Markdown shows it in a block of ```mermaid.'));
    }
  }
}
