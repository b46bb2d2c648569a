// `Pipewright: Run` and what belongs to it: asks for parameters, and shows what each activity does at its line.
import {
  CancellationTokenSource,
  type DecorationOptions,
  type Disposable,
  type LogOutputChannel,
  Range,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { saveAll } from './client';
import {
  cancelRunRequest,
  runChanged,
  type RunChange,
  runParametersRequest,
  runRequest,
  type RunStarted,
  watchRunRequest,
} from './protocol';
import { type ActivityState, initialText, lineText, outputText, parameterValue, problemOf, type RunParameter } from './runText';
import { activeFile, findTarget } from './target';

/** The runs that are watched, and what is shown of them. */
export class Runs implements Disposable {
  readonly #output: LogOutputChannel;
  readonly #decoration = window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new ThemeColor('editorCodeLens.foreground') },
    isWholeLine: true,
  });
  readonly #editors = window.onDidChangeVisibleTextEditors(() => this.#show());
  readonly #activities = new Map<string, ActivityState>();
  #watched: CancellationTokenSource | undefined;
  #listening: { client: LanguageClient; disposable: Disposable } | undefined;

  constructor(output: LogOutputChannel) {
    this.#output = output;
  }

  /** Asks for the parameters of the pipeline, runs it as it is deployed or under a scratch name, and watches the run. */
  async run(client: LanguageClient, uri = activeFile()): Promise<RunStarted | undefined> {
    if (uri === undefined) {
      await window.showInformationMessage('Open the pipeline to run first.');
      return undefined;
    }
    if (!workspace.isTrusted) {
      await window.showWarningMessage('Pipewright runs pipelines from trusted workspaces only.');
      return undefined;
    }
    const { pipeline, parameters } = await client.sendRequest(runParametersRequest, { textDocument: { uri } });
    const how = await chooseHow(client, uri, pipeline);
    const values = how && (await askAll(parameters));
    if (how === undefined || values === undefined || !(await saveAll())) {
      return undefined;
    }
    const started = await client.sendRequest(runRequest, { textDocument: { uri }, parameters: values, scratch: how.scratch });
    this.#output.info(`Running ${started.pipeline} in ${started.factory}: ${started.runId}${started.monitor ? ` ${started.monitor}` : ''}`);
    started.warnings.forEach((warning) => this.#output.warn(warning));
    void this.watch(client, uri, started.runId);
    return started;
  }

  /** Watches a run of the pipeline, by default the last one, to its end. */
  async watch(client: LanguageClient, uri = activeFile(), runId?: string): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage('Open the pipeline whose run to watch first.');
      return;
    }
    this.#watched?.cancel();
    const watched = (this.#watched = new CancellationTokenSource());
    this.#listen(client);
    this.#activities.clear();
    this.#show();
    try {
      const params = { textDocument: { uri }, ...(runId === undefined ? {} : { runId }) };
      const end = await client.sendRequest(watchRunRequest, params, watched.token);
      const sentence = `The run of ${end.pipeline} ${end.status === 'Succeeded' ? 'succeeded' : end.status === 'Failed' ? 'failed' : 'was cancelled'}.`;
      void (end.status === 'Failed'
        ? window.showErrorMessage(`${sentence} ${end.message ?? ''}`)
        : window.showInformationMessage(sentence));
    } catch (error) {
      if (!watched.token.isCancellationRequested) {
        throw error;
      }
    }
  }

  /** Cancels the last run of the pipeline with those that it has called. */
  async cancel(client: LanguageClient, uri = activeFile()): Promise<void> {
    if (uri === undefined) {
      await window.showInformationMessage('Open the pipeline whose run to cancel first.');
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
  }

  /** A server that was started anew is another client. */
  #listen(client: LanguageClient): void {
    if (this.#listening?.client !== client) {
      this.#listening?.disposable.dispose();
      this.#listening = { client, disposable: client.onNotification(runChanged, (change) => this.#take(change)) };
    }
  }

  #take({ run, activity, problem }: RunChange): void {
    if (activity) {
      this.#activities.set(`${activity.activityRunId}/${activity.attempt}`, activity);
      this.#output.info(outputText(activity));
      this.#show();
    } else if (run) {
      this.#output.info(`${'  '.repeat(run.depth)}${run.pipeline} ${run.status}${run.message ? `: ${run.message}` : ''}`);
    } else if (problem) {
      this.#output.warn(problem);
    }
  }

  #show(): void {
    for (const editor of window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const ofFile = [...this.#activities.values()].filter((activity) => activity.uri === uri && activity.range);
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

/** Whether the deployed pipeline runs, or the file's version under a scratch name; undefined when the user changed their mind. */
async function chooseHow(client: LanguageClient, uri: string, pipeline: string): Promise<{ scratch: boolean } | undefined> {
  const target = await findTarget(client, uri);
  const place = target ? ` in ${target.factory}${target.isEmulator ? ' (emulator)' : ''}` : '';
  const ways = [
    { label: 'Run what is deployed', description: `${pipeline}${place}`, scratch: false },
    { label: 'Run this version', description: 'under a scratch name that is deleted afterwards', scratch: true },
  ];
  return window.showQuickPick(ways, { title: `Run ${pipeline}` });
}

/** The values to send; what is left as its default is not sent. Undefined when the user changed their mind. */
async function askAll(parameters: readonly RunParameter[]): Promise<Record<string, unknown> | undefined> {
  const values: Record<string, unknown> = {};
  for (const [index, parameter] of parameters.entries()) {
    const title = `${parameter.name}${parameter.type ? ` (${parameter.type})` : ''}, ${index + 1} of ${parameters.length}`;
    const text = await ask(parameter, title);
    if (text === undefined) {
      return undefined;
    }
    const isLeft = !parameter.required && (text === initialText(parameter) || text === '');
    if (!isLeft) {
      values[parameter.name] = parameterValue(parameter, text);
    }
  }
  return values;
}

async function ask(parameter: RunParameter, title: string): Promise<string | undefined> {
  if (parameter.type?.toLowerCase() === 'bool') {
    const first = parameter.default === true ? ['true', 'false'] : ['false', 'true'];
    return window.showQuickPick(first, { title, placeHolder: parameter.required ? 'A value' : `Default: ${first[0]}` });
  }
  return window.showInputBox({
    title,
    value: initialText(parameter),
    password: parameter.secret,
    ...(parameter.required ? {} : { prompt: 'Leave it as it is for the default.' }),
    validateInput: (text) => problemOf(parameter, text),
    ignoreFocusOut: true,
  });
}
