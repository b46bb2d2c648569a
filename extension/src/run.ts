// Starts runs and watches one of them: what each activity does is shown at its line.
import {
  CancellationTokenSource,
  commands,
  type DecorationOptions,
  type Disposable,
  EventEmitter,
  l10n,
  type LogOutputChannel,
  Range,
  ThemeColor,
  window,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { cancelRunRequest, runChanged, type RunChange, runRequest, type RunStarted, type RunState, watchRunRequest } from './protocol';
import { type ActivityState, lineText, outputText } from './runText';
import { activeFile } from './target';

/** Which run is watched: any file of its factory, and where Azure's Studio shows it. */
export interface WatchedRun {
  uri: string;
  runId: string | undefined;
  monitor: string | undefined;
  /** What the last look has failed with. */
  problem?: string;
}

/** The run that is watched, and what is shown of it. */
export class Runs implements Disposable {
  readonly #output: LogOutputChannel;
  readonly #decoration = window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new ThemeColor('editorCodeLens.foreground') },
    isWholeLine: true,
  });
  readonly #editors = window.onDidChangeVisibleTextEditors(() => this.#show());
  readonly #activities = new Map<string, ActivityState>();
  readonly #runs = new Map<string, RunState & { depth: number }>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #watched: CancellationTokenSource | undefined;
  #isHidden = false;
  #listening: { client: LanguageClient; disposable: Disposable } | undefined;

  constructor(output: LogOutputChannel) {
    this.#output = output;
  }

  /** What the activities of the watched run, and of those that it has called, have done so far: each attempt of each round. */
  get activities(): ActivityState[] {
    return [...this.#activities.values()];
  }

  /** The watched run and those that it has called. */
  get runs(): (RunState & { depth: number })[] {
    return [...this.#runs.values()];
  }

  /** Undefined as long as none is. */
  watched: WatchedRun | undefined;

  /** Runs a pipeline as it is deployed or under a scratch name, and watches the run. */
  async start(client: LanguageClient, uri: string, parameters: Record<string, unknown>, scratch: boolean): Promise<RunStarted> {
    const started = await client.sendRequest(runRequest, { textDocument: { uri }, parameters, scratch });
    this.#output.info(`Running ${started.pipeline} in ${started.factory}: ${started.runId}${started.monitor ? ` ${started.monitor}` : ''}`);
    started.warnings.forEach((warning) => this.#output.warn(warning));
    void this.watch(client, uri, started.runId, false, started.monitor);
    return started;
  }

  /** Watches a run, by default the last one of the file's pipeline, to its end, which is told unless that is to be quiet. */
  async watch(client: LanguageClient, uri = activeFile(), runId?: string, isQuiet = false, monitor?: string): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('Open the pipeline whose run to watch first.'));
      return;
    }
    this.#watched?.cancel();
    this.watched = { uri, runId, monitor };
    const watched = (this.#watched = new CancellationTokenSource());
    this.#listen(client);
    this.#isHidden = false;
    this.#activities.clear();
    this.#runs.clear();
    this.#changed.fire();
    this.#show();
    try {
      const params = { textDocument: { uri }, ...(runId === undefined ? {} : { runId }) };
      const end = await client.sendRequest(watchRunRequest, params, watched.token);
      this.#runs.set(end.runId, { ...end, depth: 0 });
      this.#changed.fire();
      if (isQuiet) {
        return;
      }
      const sentence = endText(end);
      const show = l10n.t('Show Run');
      const told =
        end.status === 'Failed'
          ? window.showErrorMessage(`${sentence} ${end.message ?? ''}`, show)
          : window.showInformationMessage(sentence, show);
      void told.then((chosen) => chosen && commands.executeCommand('pipewright.showRun'));
    } catch (error) {
      if (watched.token.isCancellationRequested) {
        return;
      }
      if (!isQuiet) {
        throw error;
      }
      this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  /** Cancels the last run of the pipeline with those that it has called. */
  async cancel(client: LanguageClient, uri = activeFile()): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('Open the pipeline whose run to cancel first.'));
      return;
    }
    const { runId } = await client.sendRequest(cancelRunRequest, { textDocument: { uri } });
    this.#output.info(`Cancelling ${runId}`);
  }

  dispose(): void {
    this.#watched?.cancel();
    this.#listening?.disposable.dispose();
    this.#editors.dispose();
    this.#decoration.dispose();
    this.#changed.dispose();
  }

  /** A server that was started anew is another client. */
  #listen(client: LanguageClient): void {
    if (this.#listening?.client !== client) {
      this.#listening?.disposable.dispose();
      this.#listening = { client, disposable: client.onNotification(runChanged, (change) => this.#take(change)) };
    }
  }

  #take({ runId, run, activity, problem }: RunChange): void {
    if (!this.watched || (this.watched.runId ?? runId) !== runId) {
      // A last word of a run that is watched no more.
      return;
    }
    this.watched = { ...this.watched, runId };
    if (activity) {
      this.#activities.set(`${activity.activityRunId}/${activity.attempt}`, activity);
      this.#changed.fire();
      this.#output.info(outputText(activity));
      this.#show();
    } else if (run) {
      this.#runs.set(run.runId, run);
      this.#changed.fire();
      this.#output.info(`${'  '.repeat(run.depth)}${run.pipeline} ${run.status}${run.message ? `: ${run.message}` : ''}`);
    } else if (problem) {
      this.#output.warn(problem);
      this.#tell(problem);
    }
  }

  /** Says in the panel what has gone wrong. */
  #tell(problem: string): void {
    if (this.watched) {
      this.watched = { ...this.watched, problem };
      this.#changed.fire();
    }
  }

  /** Takes what is shown beside the lines away until something new is to be shown: what tests say there would lie over it. */
  hideLines(): void {
    this.#isHidden = true;
    this.#show();
  }

  #show(): void {
    for (const editor of window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const ofFile = this.#isHidden ? [] : this.activities.filter((activity) => activity.uri === uri && activity.range);
      const byLine = new Map<number, ActivityState[]>();
      for (const activity of ofFile) {
        const line = activity.range?.start.line ?? 0;
        byLine.set(line, [...(byLine.get(line) ?? []), activity]);
      }
      const options = [...byLine].map(([line, runs]): DecorationOptions => ({
        range: new Range(line, 0, line, 0),
        renderOptions: { after: { contentText: lineText(runs) } },
      }));
      editor.setDecorations(this.#decoration, options);
    }
  }
}

function endText({ pipeline, status }: RunState): string {
  switch (status) {
    case 'Succeeded':
      return l10n.t('The run of {0} succeeded.', pipeline);
    case 'Failed':
      return l10n.t('The run of {0} failed.', pipeline);
    default:
      return l10n.t('The run of {0} was cancelled.', pipeline);
  }
}
