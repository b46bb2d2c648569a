// What the user has set, in the shape that the server takes it: as initialization options, and again whenever it changes.
import { type ExtensionContext, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** An emulator on this machine. The server refuses an address that is not on the loopback interface. */
export interface MachineTarget {
  name: string;
  endpoint: string;
  subscription?: string;
  resourceGroup?: string;
  factory?: string;
}

export interface ServerOptions {
  targets: MachineTarget[];
  /** The name of the target to deploy to; absent means the one that `pipewright.yaml` names. */
  target?: string;
  /** Files whose path does not tell what they hold. */
  filePatterns: { pattern: string; kind: string }[];
  /** Which notes stand between the words of a text. */
  inlayHints: Record<string, boolean>;
  /** Which lines stand above a resource. */
  codeLens: Record<string, boolean>;
  /** Whether files that are not open are checked, too. */
  diagnostics: { wholeFactory: boolean };
  /** Whether the target's factory is looked at in the background. */
  live: { enabled: string };
  /** The commands that this extension runs for the server. */
  commands: string[];
  /** Whether this extension gives the server tokens of the user's sign-in. */
  tokens: boolean;
}

/** Shows places in VS Code's own way. */
export const showReferencesCommand = 'pipewright.showReferences';

/** Shows what a deployment would change. */
export const showChangesCommand = 'pipewright.showChanges';

/** Shows a pipeline as a graph. */
export const showGraphCommand = 'pipewright.showGraph';

/** Asks for parameters and runs a pipeline. */
export const runCommand = 'pipewright.run';

/** Runs a pipeline without a cloud. */
export const dryRunCommand = 'pipewright.dryRun';

/** Runs a case of a file of tests. */
export const runTestCommand = 'pipewright.runTest';

/** The settings of a section that switch things on and off, by their last name. */
function switches(section: string, names: string[]): Record<string, boolean> {
  const settings = workspace.getConfiguration(`pipewright.${section}`);
  return Object.fromEntries(names.map((name) => [name, settings.get<boolean>(name, true)]));
}

const chosenTargetKey = 'target';

/** The user's settings and choices as the server takes them. */
export function serverOptions(context: ExtensionContext): ServerOptions {
  const settings = workspace.getConfiguration('pipewright');
  const target = context.workspaceState.get<string>(chosenTargetKey) || settings.get<string>('target');
  const files = settings.get<Record<string, string>>('files', {});
  return {
    targets: settings.get<MachineTarget[]>('targets', []),
    ...(target ? { target } : {}),
    filePatterns: Object.entries(files).map(([pattern, kind]) => ({ pattern, kind })),
    inlayHints: switches('inlayHints', ['defaultValues', 'types', 'dependencyConditions', 'activityCounts', 'workspaceNames']),
    codeLens: switches('codeLens', ['uses', 'deploy', 'changes', 'run', 'graph', 'test']),
    diagnostics: { wholeFactory: settings.get<boolean>('diagnostics.wholeFactory', false) },
    live: { enabled: liveMode() },
    commands: [showReferencesCommand, runCommand, showChangesCommand, showGraphCommand, dryRunCommand, runTestCommand],
    tokens: true,
  };
}

/** Whether factories are looked at in the background. What files of a workspace name that is not trusted is not asked about. */
export function liveMode(): string {
  return workspace.isTrusted ? workspace.getConfiguration('pipewright').get<string>('live.enabled', 'auto') : 'never';
}

/** Keeps the choice of a target, for this workspace and this user: a file of the workspace would make it everyone's. */
export function keepChosenTarget(context: ExtensionContext, name: string): Thenable<void> {
  return context.workspaceState.update(chosenTargetKey, name);
}

/** The user's own server executable, or undefined for the one that the extension brings. */
export function serverPath(): string | undefined {
  return workspace.getConfiguration('pipewright').get<string>('server.path') || undefined;
}

/** Sends the settings again whenever they change. */
export function sendSettings(client: LanguageClient, context: ExtensionContext): Promise<void> {
  return client.sendNotification('workspace/didChangeConfiguration', { settings: { pipewright: serverOptions(context) } });
}

/** Whether a change of the settings can only take effect in a new client. */
export function needsRestart(changes: { affectsConfiguration(section: string): boolean }): boolean {
  return ['server.path', 'files', 'diagnostics'].some((name) => changes.affectsConfiguration(`pipewright.${name}`));
}

/** Saves what is open and unsaved, so that what is deployed is what is on the disk. */
export function saveAll(): Thenable<boolean> {
  return workspace.saveAll(false);
}
