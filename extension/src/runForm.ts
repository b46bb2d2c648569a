// The form of `Pipewright: Run`: asks for parameters in a view, keeps what was given for the next time, and starts the run.
import { commands, type Disposable, type ExtensionContext, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type Entries,
  entriesOf,
  type FormField,
  type FromRunForm,
  toKeep,
  type ToRunForm,
  withoutSecrets,
  withSecrets,
} from '../webview/runFormModel';
import { describeRun } from './factoryTree';
import { checkParametersRequest, recentRunsRequest, runParametersRequest, type Target } from './protocol';
import type { Runs } from './run';
import { saveAll } from './settings';
import { keepOutOfLog } from './signIn';
import { activeFile, findTarget } from './target';
import { columnOfViews, webviewOptions, webviewPage } from './webviewPage';

const viewType = 'pipewright.runForm';
const keptValuesKey = 'runValues';

interface Scene {
  context: ExtensionContext;
  runs: Runs;
  /** Shows what was started. */
  showRun: () => void;
}

/** What was given the last time, by target and pipeline. */
type KeptValues = Record<string, { entries: Entries; scratch: boolean }>;

/** What the form is about. */
interface Asked {
  client: LanguageClient;
  uri: string;
  target: Target | undefined;
  pipeline: string;
  fields: FormField[];
  entries: Entries;
  scratch: boolean;
  origin: string;
}

export class RunForm implements Disposable {
  readonly #scene: Scene;
  #panel: WebviewPanel | undefined;
  #asked: Asked | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  /**
   * Asks for the parameters of a pipeline, by default of the active one.
   * @param again the parameters of an earlier run to begin with
   */
  async open(client: LanguageClient, uri = activeFile(), again?: { parameters: unknown; label: string }): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('Open the pipeline to run first.'));
      return;
    }
    if (!workspace.isTrusted) {
      await window.showWarningMessage(l10n.t('Pipewright runs pipelines from trusted workspaces only.'));
      return;
    }
    const { pipeline, parameters: fields } = await client.sendRequest(runParametersRequest, { textDocument: { uri } });
    const target = await findTarget(client, uri);
    if (!again && this.#isAsking(client, uri, target, fields)) {
      // What is typed already stays.
      this.#panel?.reveal(undefined, false);
      return;
    }
    const kept = this.#kept(target, uri);
    const entries = again ? entriesOf(fields, again.parameters) : toKeep(fields, kept?.entries ?? {});
    const origin = again
      ? l10n.t('Values of the run {0}', again.label)
      : Object.keys(entries).length > 0
        ? l10n.t('Values of the last time')
        : '';
    this.#asked = { client, uri, target, pipeline, fields, entries, scratch: kept?.scratch ?? false, origin };
    if (this.#panel) {
      this.#panel.reveal(undefined, false);
      this.#show();
    } else {
      this.#create();
    }
  }

  /** Whether the form is open, and about the very same. */
  #isAsking(client: LanguageClient, uri: string, target: Target | undefined, fields: FormField[]): boolean {
    const asked = this.#panel && this.#asked;
    return (
      asked?.client === client &&
      asked.uri === uri &&
      asked.target?.name === target?.name &&
      JSON.stringify(asked.fields) === JSON.stringify(fields)
    );
  }

  #create(): void {
    const { extensionUri } = this.#scene.context;
    // What is typed stays while another editor is in front; it is kept nowhere else.
    const options = { ...webviewOptions(extensionUri), retainContextWhenHidden: true };
    const panel = window.createWebviewPanel(viewType, l10n.t('Run'), { viewColumn: columnOfViews() }, options);
    panel.iconPath = Uri.joinPath(extensionUri, 'icons', 'pipewright.png');
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: FromRunForm) => this.#take(message));
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'runForm.js', l10n.t('Run'));
    this.#panel = panel;
  }

  #post(message: ToRunForm): void {
    void this.#panel?.webview.postMessage(message);
  }

  #show(): void {
    if (!this.#panel || !this.#asked) {
      return;
    }
    const { pipeline, target, fields, entries, scratch, origin } = this.#asked;
    this.#panel.title = l10n.t('Run {0}', pipeline);
    const place = { factory: target?.factory ?? '', isEmulator: target?.isEmulator ?? false };
    this.#post({ type: 'show', pipeline, ...place, fields, entries, scratch, ...(origin ? { origin } : {}) });
  }

  async #take(message: FromRunForm): Promise<void> {
    const asked = this.#asked;
    if (!asked) {
      return;
    }
    try {
      await this.#act(message, asked);
    } catch (error) {
      this.#post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #act(message: FromRunForm, asked: Asked): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#show();
        break;
      case 'check':
        this.#post({ type: 'checked', id: message.id, problems: (await check(asked, message.entries)).problems });
        break;
      case 'run':
        await this.#run(asked, message.entries, message.scratch);
        break;
      case 'earlier':
        await this.#chooseEarlier(asked);
        break;
      case 'changeTarget':
        if (await commands.executeCommand('pipewright.chooseTarget', asked.uri)) {
          asked.target = await findTarget(asked.client, asked.uri);
          this.#post({ type: 'target', factory: asked.target?.factory ?? '', isEmulator: asked.target?.isEmulator ?? false });
        }
        break;
      case 'cancel':
        await this.#close(asked);
        break;
    }
  }

  async #run(asked: Asked, entries: Entries, scratch: boolean): Promise<void> {
    const { client, uri, fields, target } = asked;
    if (!(await saveAll())) {
      throw new Error(l10n.t('A file could not be saved, so nothing was run.'));
    }
    const { parameters } = await check(asked, entries);
    fields.filter(({ kind }) => kind === 'secret').forEach(({ name }) => keepOutOfLog(entries[name]));
    await this.#scene.runs.start(client, uri, withSecrets(fields, parameters, entries), scratch);
    await this.#keep(target, uri, { entries: toKeep(fields, entries), scratch });
    await this.#close(asked);
    this.#scene.showRun();
  }

  /** Goes back to the text, and not to what the form was in front of. */
  async #close({ uri }: Asked): Promise<void> {
    this.#panel?.dispose();
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
    if (editor) {
      await window.showTextDocument(editor.document, editor.viewColumn ? { viewColumn: editor.viewColumn } : {});
    }
  }

  /** The values of a run that the factory remembers. */
  async #chooseEarlier({ client, uri, fields }: Asked): Promise<void> {
    const { runs } = await client.sendRequest(recentRunsRequest, { textDocument: { uri }, count: 30 });
    if (runs.length === 0) {
      await window.showInformationMessage(l10n.t('This pipeline has not run in the last 45 days.'));
      return;
    }
    const now = Date.now();
    const items = runs.map((run) => ({
      label: describeRun(run, now),
      detail: Object.entries((run.parameters ?? {}) as Record<string, unknown>)
        .filter(([name]) => fields.some((field) => field.name === name && field.kind !== 'secret'))
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join(', '),
      run,
    }));
    const chosen = await window.showQuickPick(items, { title: l10n.t('Take the values of'), matchOnDetail: true });
    if (chosen) {
      const entries = entriesOf(fields, chosen.run.parameters);
      this.#post({ type: 'entries', entries, origin: l10n.t('Values of the run {0}', chosen.label) });
    }
  }

  #kept(target: Target | undefined, uri: string): KeptValues[string] | undefined {
    return this.#scene.context.workspaceState.get<KeptValues>(keptValuesKey, {})[keyOf(target, uri)];
  }

  #keep(target: Target | undefined, uri: string, values: KeptValues[string]): Thenable<void> {
    const { workspaceState } = this.#scene.context;
    return workspaceState.update(keptValuesKey, { ...workspaceState.get<KeptValues>(keptValuesKey, {}), [keyOf(target, uri)]: values });
  }
}

const keyOf = (target: Target | undefined, uri: string) => `${target?.name ?? ''} ${uri}`;

/** Secrets are not needed for it, and stay here. */
const check = ({ client, uri, fields }: Asked, entries: Entries) =>
  client.sendRequest(checkParametersRequest, { textDocument: { uri }, texts: withoutSecrets(fields, entries) });
