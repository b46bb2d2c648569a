// Runs without a cloud, to look at the values; and new files of tests.
import { l10n, type LogOutputChannel, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type DryRunResult,
  dryRunRequest,
  evaluateRequest,
  newPipelineTestRequest,
  type RunState,
  recentRunsRequest,
  testsRequest,
} from './protocol';
import { activeFile } from './target';

/** A way to run a pipeline. */
interface Way {
  label: string;
  description?: string;
  run?: { uri: string; name?: string };
}

/** Runs a case, or a pipeline by one of its cases; its values are then shown in its text. */
export async function dryRun(
  client: LanguageClient,
  output: LogOutputChannel,
  uri = activeFile(),
  name?: string,
): Promise<DryRunResult | undefined> {
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('Open a pipeline or a file of tests first.'));
    return undefined;
  }
  const chosen = name === undefined ? await chooseWay(client, uri) : { uri, name };
  if (chosen === undefined) {
    return undefined;
  }
  const result = await client.sendRequest(dryRunRequest, {
    textDocument: { uri: chosen.uri },
    ...(chosen.name === undefined ? {} : { name: chosen.name }),
  });
  result.activities.forEach((activity) => output.info(describe(activity)));
  const sentence = l10n.t('Dry run of {0}: {1}.', result.pipeline, result.status ?? l10n.t('not run'));
  if (result.error || result.failures.length > 0) {
    void window.showWarningMessage(`${sentence} ${result.error ?? result.failures[0]?.message ?? ''}`);
  } else {
    void window.showInformationMessage(`${sentence} ${l10n.t('Its values are shown beside the expressions.')}`);
  }
  return result;
}

/** A new file of tests for the pipeline in the active editor, unsaved. */
export async function newTest(client: LanguageClient, uri = activeFile(), runId?: string): Promise<void> {
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('Open the pipeline to test first.'));
    return;
  }
  const params = { textDocument: { uri }, ...(runId === undefined ? {} : { runId }) };
  const test = await client.sendRequest(newPipelineTestRequest, params);
  const address = Uri.parse(test.uri);
  const edit = new WorkspaceEdit();
  edit.createFile(address, { ignoreIfExists: true });
  edit.insert(address, new Range(0, 0, 0, 0).start, test.text);
  await workspace.applyEdit(edit);
  await window.showTextDocument(address);
}

/** Makes a test of one of the last runs of the pipeline. */
export async function recordTest(client: LanguageClient, uri = activeFile()): Promise<void> {
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('Open the pipeline whose run to record first.'));
    return;
  }
  const { runs } = await client.sendRequest(recentRunsRequest, { textDocument: { uri } });
  const isOver = ({ status }: RunState) => ['Succeeded', 'Failed', 'Cancelled'].includes(status);
  const items = runs.filter(isOver).map((run) => ({ label: `${run.status} ${run.start ?? ''}`, description: run.runId, run }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Make a test of'),
    placeHolder: items.length > 0 ? l10n.t('A run') : l10n.t('There is no run yet'),
  });
  if (chosen) {
    await newTest(client, uri, chosen.run.runId);
  }
}

/** Shows what the selected part of an expression comes to in the last dry run. */
export async function evaluate(client: LanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const { asRange, asTextDocumentIdentifier } = client.code2ProtocolConverter;
  const result = await client.sendRequest(evaluateRequest, {
    textDocument: asTextDocumentIdentifier(editor.document),
    range: asRange(editor.selection),
  });
  const where = result.iteration == null ? '' : ` ${l10n.t('(iteration {0})', result.iteration)}`;
  const text = `${result.expression}${where} = ${result.value ?? result.error ?? l10n.t('nothing')}`;
  void (result.error == null ? window.showInformationMessage(text) : window.showWarningMessage(text));
}

/** The case to run: the only one there is, or the one that the user takes. */
async function chooseWay(client: LanguageClient, uri: string): Promise<Way['run']> {
  if (/\.pipeline-test\.ya?ml$/i.test(Uri.parse(uri).path)) {
    return { uri };
  }
  const { files } = await client.sendRequest(testsRequest, { textDocument: { uri } });
  const cases = files.flatMap((file) =>
    file.cases.map(({ name }): Way => ({
      label: name,
      description: workspace.asRelativePath(Uri.parse(file.uri)),
      run: { uri: file.uri, name },
    })),
  );
  const create: Way = { label: `$(new-file) ${l10n.t('New file of tests')}` };
  const examples: Way = { label: `$(beaker) ${l10n.t('With examples')}`, description: l10n.t('for parameters and outputs'), run: { uri } };
  const ways = [...cases, examples, create];
  const chosen = await window.showQuickPick(ways, { title: l10n.t('Dry run'), placeHolder: l10n.t('The values to run with') });
  if (chosen === create) {
    await newTest(client, uri);
  }
  return chosen?.run;
}

const describe = ({ depth, name, iteration, status, startMs, endMs, error, why }: DryRunResult['activities'][number]) => {
  const round = iteration == null ? '' : ` [${iteration}]`;
  return `${'  '.repeat(depth)}${name}${round} ${status} ${startMs / 1000}-${endMs / 1000} s${error ? `: ${error}` : ''}${why ? `: ${why}` : ''}`;
};
