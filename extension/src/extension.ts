// The extension's entry: starts the server, keeps its settings current, and ties commands and the status bar to its requests.
import { config } from '@vscode/l10n';
import { commands, type ExtensionContext, l10n, languages, type LogOutputChannel, type TextEditor, Uri, window, workspace } from 'vscode';
import type { LanguageClient, Location, Position } from 'vscode-languageclient/node';
import { Conversion } from './convert';
import { deploy, rollBack, showPlan } from './deploy';
import { DeploymentView } from './deploymentView';
import { OwnDocuments } from './documents';
import { dryRun, evaluate, newTest, recordTest } from './dryRun';
import { exportTemplates } from './export';
import { DeployFailures } from './failures';
import { describeRun } from './factoryTree';
import { FactoryView, type Line } from './factoryView';
import { importFactory, newPipeline, openSample, resumeImport } from './firstSteps';
import { Graphs } from './graph';
import { bringIn, pull, showStatus } from './live';
import { PlanDocuments, showChanges } from './plan';
import { signInRequest, validateFactoryRequest } from './protocol';
import { Runs } from './run';
import { RunForm } from './runForm';
import { RunPanel } from './runPanel';
import { askForRuntime, findServer, MissingRuntime } from './serverCommand';
import { needsRestart, sendSettings } from './settings';
import { activeFile, chooseTarget, type ServerState, TargetItem } from './target';
import { PipelineTests } from './testing';

let client: LanguageClient | undefined;

export function activate(context: ExtensionContext): void {
  if (l10n.bundle) {
    // Modules that know no editor speak by the library's own lookup.
    config({ contents: l10n.bundle });
  }
  const output = window.createOutputChannel('Pipewright', { log: true });
  const item = new TargetItem();
  const documents = new OwnDocuments();
  const failures = new DeployFailures();
  const plans = new PlanDocuments();
  const runs = new Runs(output);
  const graphs = new Graphs({ client: () => client, context, output, runs });
  const factory = new FactoryView({ client: () => client, output });
  const runPanel = new RunPanel({ client: () => client, context, runs });
  const runForm = new RunForm({
    context,
    runs,
    // Whoever looks at the graph sees the run there.
    showRun: () => (graphs.isOpen ? undefined : void runPanel.show(running(), undefined, undefined, true)),
  });
  const deploymentView = new DeploymentView(context, plans);
  const conversion = new Conversion({ context, plans });
  context.subscriptions.push(
    output,
    item,
    documents,
    failures,
    plans,
    runs,
    graphs,
    factory,
    runPanel,
    runForm,
    deploymentView,
    conversion,
  );

  // The status bar follows along; a server that is just starting or gone has no target to show.
  const refresh = async () => {
    if (client?.isRunning()) {
      await item.showTarget(client).catch((error: unknown) => output.debug(`no target to show: ${error}`));
    }
  };
  const showState = (state: ServerState) => {
    item.showServerState(state);
    // Also a server that has come back after a crash has its target shown.
    void refresh();
  };
  // Settings that change while the server starts may be too late for what it is told at first.
  let connected: Promise<unknown> = Promise.resolve();
  const sendSettingsOnceConnected = async () => {
    await connected.catch(() => undefined);
    if (client?.isRunning()) {
      await sendSettings(client, context);
      await refresh();
    }
  };
  const start = async () => {
    try {
      item.showServerState('starting');
      // Loaded once all else is there: it takes longer than all of ours.
      const { createClient } = await import('./client.js');
      client = createClient(context, output, await findServer(context), showState);
      connected = client.start();
      await connected;
      graphs.refresh();
      void factory.show();
      await resumeImport(client, context).catch((error: unknown) =>
        window.showErrorMessage(error instanceof Error ? error.message : String(error)),
      );
      await refresh();
      await tests.refresh().catch((error: unknown) => output.debug(`no tests to show: ${error}`));
    } catch (error) {
      item.showServerState('stopped');
      await showStartFailure(output, error);
    }
  };
  let started: Promise<void> = Promise.resolve();
  const restart = async () => {
    await client?.dispose().catch(() => undefined);
    await start();
  };
  const scene = () => ({ client: running(), context, output, failures, view: deploymentView, onDone: () => void factory.show() });
  const running = (): LanguageClient => {
    if (!client?.isRunning()) {
      throw new Error(l10n.t('The language server is not running. "Pipewright: Restart Server" starts it again.'));
    }
    return client;
  };

  const tests = new PipelineTests(running, () => runs.hideLines());

  context.subscriptions.push(
    tests,
    commands.registerCommand('pipewright.deploy', (uri?: unknown, target?: string) =>
      deploy(scene(), uri === undefined ? undefined : String(uri), target),
    ),
    commands.registerCommand(
      'pipewright.showPlan',
      whenTrusted((uri?: unknown) => showPlan(scene(), uri === undefined ? undefined : String(uri))),
    ),
    commands.registerCommand('pipewright.convert', (uri?: unknown) => conversion.open(running(), uri instanceof Uri ? uri : undefined)),
    commands.registerCommand(
      'pipewright.showChanges',
      whenTrusted(async (named?: unknown, wholeFactory?: unknown) => {
        const uri = typeof named === 'string' ? named : activeFile();
        return uri === undefined
          ? window.showInformationMessage(l10n.t('Open a file of the factory first.'))
          : showChanges(running(), plans, { textDocument: { uri }, wholeFactory: wholeFactory === true });
      }),
    ),
    commands.registerCommand('pipewright.showFactoryChanges', () => commands.executeCommand('pipewright.showChanges', undefined, true)),
    commands.registerCommand(
      'pipewright.pull',
      whenTrusted(async () => {
        await pull(running());
        void factory.show();
      }),
    ),
    commands.registerCommand('pipewright.exportTemplates', () => exportTemplates(running(), output)),
    commands.registerCommand(
      'pipewright.showStatus',
      whenTrusted(() => showStatus(running())),
    ),
    commands.registerCommand(
      'pipewright.bringIn',
      whenTrusted(async (line?: Line) => (await factory.bringIn(line)) || bringIn(running())),
    ),
    commands.registerCommand(
      'pipewright.refreshFactory',
      whenTrusted(() => factory.refresh()),
    ),
    commands.registerCommand('pipewright.openPortal', () => factory.openPortal()),
    commands.registerCommand('pipewright.startTrigger', (line?: Line) => factory.setTrigger(line, true)),
    commands.registerCommand('pipewright.stopTrigger', (line?: Line) => factory.setTrigger(line, false)),
    commands.registerCommand('pipewright.pullResource', (line?: Line) => factory.pull(line)),
    commands.registerCommand('pipewright.deployResource', (line?: Line) => commands.executeCommand('pipewright.deploy', fileOf(line))),
    commands.registerCommand('pipewright.showResourceChanges', (line?: Line) =>
      commands.executeCommand('pipewright.showChanges', fileOf(line)),
    ),
    commands.registerCommand('pipewright.showResourceGraph', (line?: Line) => graphs.showPipeline(fileOf(line))),
    commands.registerCommand('pipewright.rollBack', () => rollBack(scene())),
    commands.registerCommand('pipewright.run', (uri?: unknown) => runForm.open(running(), uri === undefined ? undefined : String(uri))),
    commands.registerCommand('pipewright.runResource', (line?: Line) => runForm.open(running(), fileOf(line))),
    commands.registerCommand('pipewright.runAgain', async (line?: Line) => {
      const again = line?.type === 'run' ? line.run : runPanel.shown;
      return again?.uri
        ? runForm.open(running(), again.uri, { parameters: again.parameters, label: describeRun(again, Date.now()) })
        : undefined;
    }),
    commands.registerCommand(
      'pipewright.watchLastRun',
      whenTrusted(() => runs.watch(running())),
    ),
    commands.registerCommand(
      'pipewright.cancelRun',
      whenTrusted(() => runs.cancel(running())),
    ),
    commands.registerCommand('pipewright.dryRun', async (uri?: unknown, name?: string) => {
      const result = await dryRun(running(), output, uri === undefined ? undefined : String(uri), name);
      if (result) {
        graphs.showDryRun(result);
      }
      return result;
    }),
    commands.registerCommand('pipewright.runTest', (uri?: unknown, name?: string) => {
      const file = uri === undefined ? activeFile() : String(uri);
      return file === undefined ? window.showInformationMessage(l10n.t('Open a file of tests first.')) : tests.runOne(file, name);
    }),
    commands.registerCommand('pipewright.newTest', () => newTest(running())),
    commands.registerCommand(
      'pipewright.recordTest',
      whenTrusted(() => recordTest(running())),
    ),
    commands.registerCommand('pipewright.evaluate', () => evaluate(running())),
    commands.registerCommand(
      'pipewright.showRun',
      whenTrusted((line?: Line) =>
        line?.type === 'run' ? runPanel.show(running(), line.run.uri ?? factory.file, line.run.runId) : runPanel.show(running()),
      ),
    ),
    commands.registerCommand('pipewright.newPipeline', newPipeline),
    commands.registerCommand('pipewright.openSample', () => openSample(context)),
    commands.registerCommand(
      'pipewright.importFactory',
      whenTrusted(async () => {
        // In a window without files, this very command has started the extension.
        await started;
        await importFactory(running(), context);
      }),
    ),
    commands.registerCommand('pipewright.showGraph', (uri?: unknown) => graphs.showPipeline(typeof uri === 'string' ? uri : undefined)),
    commands.registerCommand('pipewright.showFactoryGraph', (uri?: unknown) =>
      graphs.showFactory(typeof uri === 'string' ? uri : undefined),
    ),
    commands.registerCommand(
      'pipewright.signIn',
      whenTrusted(() => signIn(running())),
    ),
    commands.registerCommand('pipewright.validateFactory', () => validateFactory(running())),
    commands.registerCommand('pipewright.chooseTarget', async (uri?: unknown) => {
      const chosen = await chooseTarget(running(), context, typeof uri === 'string' ? uri : undefined);
      await refresh();
      await factory.show();
      return chosen;
    }),
    commands.registerCommand('pipewright.restartServer', restart),
    commands.registerCommand('pipewright.showOutput', () => output.show()),
    commands.registerCommand('pipewright.showReferences', (uri: string, position: Position, locations: Location[]) => {
      const { asPosition, asLocation } = running().protocol2CodeConverter;
      return commands.executeCommand('editor.action.showReferences', Uri.parse(uri), asPosition(position), locations.map(asLocation));
    }),
    workspace.onDidChangeConfiguration(async (changes) => {
      if (needsRestart(changes)) {
        await restart();
      } else if (changes.affectsConfiguration('pipewright')) {
        await sendSettingsOnceConnected();
      }
    }),
    workspace.onDidGrantWorkspaceTrust(sendSettingsOnceConnected),
    workspace.onDidSaveTextDocument(refresh),
    // A document may get its language after it is shown.
    workspace.onDidOpenTextDocument(() => showDeployButton(window.activeTextEditor)),
    window.onDidChangeActiveTextEditor(async (editor) => {
      showDeployButton(editor);
      await refresh();
    }),
    // No text is active while a view has the focus, and whose view that is, is known only then.
    window.tabGroups.onDidChangeTabGroups(refresh),
    window.tabGroups.onDidChangeTabs(({ changed, opened }) =>
      [...changed, ...opened].some(({ isActive }) => isActive) ? refresh() : undefined,
    ),
  );
  showDeployButton(window.activeTextEditor);
  started = start();
}

/** A command that asks a factory: files of a workspace that is not trusted may name anybody's. */
function whenTrusted<A extends unknown[]>(act: (...values: A) => unknown): (...values: A) => unknown {
  return (...values) =>
    workspace.isTrusted
      ? act(...values)
      : window.showWarningMessage(l10n.t('Pipewright asks factories and signs in from trusted workspaces only.'));
}

export function deactivate(): Promise<void> | undefined {
  return client?.dispose();
}

/** The file of a resource in the factory view. */
const fileOf = (line: Line | undefined): string | undefined => (line?.type === 'resource' ? (line.resource.uri ?? undefined) : undefined);

/** The button in an editor's title: on specs and on the JSON of ADF Studio's folders. */
function showDeployButton(editor: TextEditor | undefined): void {
  const ours = [{ language: 'pipewright-yaml' }, { language: 'pipewright-json' }];
  const isFile = editor?.document.uri.scheme === 'file' && !/\/pipewright\.ya?ml$/.test(editor.document.uri.path);
  const pipelines = [
    { scheme: 'file', language: 'pipewright-yaml', pattern: '**/*.pipeline.{yaml,yml}' },
    { scheme: 'file', language: 'pipewright-json', pattern: '**/pipeline/**/*.json' },
  ];
  const isPipeline = editor !== undefined && languages.match(pipelines, editor.document) > 0;
  void commands.executeCommand('setContext', 'pipewright.isPipeline', isPipeline);
  const canDeploy = isFile && languages.match(ours, editor.document) > 0;
  void commands.executeCommand('setContext', 'pipewright.canDeploy', canDeploy);
}

async function showStartFailure(output: LogOutputChannel, error: unknown): Promise<void> {
  output.error(String(error));
  if (error instanceof MissingRuntime) {
    if (await askForRuntime(error)) {
      await commands.executeCommand('pipewright.restartServer');
    }
    return;
  }
  const [show, again] = [l10n.t('Show Output'), l10n.t('Try Again')];
  const chosen = await window.showErrorMessage(l10n.t('The Pipewright language server did not start: {0}', String(error)), show, again);
  if (chosen === show) {
    output.show();
  } else if (chosen === again) {
    await commands.executeCommand('pipewright.restartServer');
  }
}

async function signIn(server: LanguageClient): Promise<void> {
  const uri = activeFile();
  const { summary } = await server.sendRequest(signInRequest, uri === undefined ? {} : { uri });
  await window.showInformationMessage(summary);
}

async function validateFactory(server: LanguageClient): Promise<void> {
  const uri = activeFile();
  const { errors, warnings, files } = await server.sendRequest(validateFactoryRequest, uri === undefined ? {} : { uri });
  const counts = [
    errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors),
    warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings),
    files === 1 ? l10n.t('1 file') : l10n.t('{0} files', files),
  ];
  if (errors + warnings === 0) {
    await window.showInformationMessage(l10n.t('The factory is valid: {0} and {1} in {2}.', ...counts));
  } else if (
    (await window.showWarningMessage(l10n.t('The factory has {0} and {1} in {2}.', ...counts), l10n.t('Show Problems'))) !== undefined
  ) {
    await commands.executeCommand('workbench.actions.view.problems');
  }
}
