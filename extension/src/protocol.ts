// The requests that Pipewright adds to the Language Server Protocol; docs/protocol.md describes them.
import type { Location, ProgressToken, Range, WorkspaceEdit } from 'vscode-languageclient/node';
import type { RecentRun } from './factoryTree';
import { notification, request } from './requests';
import type { Entries, FormField, Problem } from '../webview/runFormModel';
import type { ActivityState } from './runText';

/** Deploys the resource of a file with all that it depends on. */
export const deployRequest = request<DeployParams, DeployResult, void>('pipewright/deploy');

/** What a deployment would change. */
export const planRequest = request<DeployParams, PlanResult, void>('pipewright/plan');

/** A factory, or a file with all that it needs, as templates. */
export const exportRequest = request<ExportParams, ExportResult, void>('pipewright/export');

export interface ExportParams {
  textDocument: { uri: string };
  form: 'arm' | 'bicep';
  target?: string;
  wholeFactory?: boolean;
}

export interface ExportResult {
  /** The main template first; paths are within the folder that they are written to. */
  files: { path: string; text: string }[];
  /** What could not be kept, or what Azure would refuse. */
  losses: string[];
  /** What there is to know when the templates are deployed. */
  notes: string[];
}

/** Puts back what a deployment has changed. */
export const rollbackRequest = request<RollbackParams, DeployResult, void>('pipewright/rollback');

export interface DeployParams {
  textDocument: { uri: string };
  target?: string;
  /** Whether all files of the factory count. */
  wholeFactory?: boolean;
  /** Whether what no file declares is to go; of whole factories only. */
  deletes?: boolean;
  workDoneToken?: ProgressToken;
  /** Whether `pipewright/deployChanged` tells of each resource. */
  reportResources?: boolean;
}

export interface RollbackParams {
  textDocument: { uri: string };
  target?: string;
  journal?: string;
  workDoneToken?: ProgressToken;
  reportResources?: boolean;
}

/** What becomes of one resource while a deployment goes on. */
export const deployChanged = notification<DeployChange>('pipewright/deployChanged');

export interface DeployChange {
  token: ProgressToken;
  kind: string;
  name: string;
  /** `running`, or what became of it. */
  state: string;
  error?: string | null;
  workspace?: string | null;
}

export interface PlanResult {
  target: string;
  factory: string;
  /** One line. */
  summary: string;
  changes: PlannedResource[];
  /** What to know before saying yes. */
  warnings: string[];
}

export interface PlannedResource {
  kind: string;
  name: string;
  action: 'create' | 'update' | 'delete' | 'none';
  /** The file that declares it. */
  uri?: string | null;
  /** A sentence or more. */
  why?: string | null;
  /** JSON values; secrets are covered. */
  properties?: PlannedProperty[];
  /** What somebody else has changed since the last deployment. */
  changedOutside?: PlannedProperty[];
  /** JSON for a diff. */
  before?: string | null;
  after?: string | null;
  /** The host of the workspace that it goes into; absent for the factory's own. */
  workspace?: string | null;
}

export interface PlannedProperty {
  path: string;
  before?: unknown;
  after?: unknown;
}

export interface DeployResult {
  /** The path of its journal, by which it can be rolled back. */
  journal?: string | null;
  succeeded: boolean;
  /** One sentence for the user. */
  summary: string;
  results: ResourceResult[];
}

/** What became of one resource. */
export interface ResourceResult {
  kind: string;
  name: string;
  action: string;
  /** The file that the resource came from. */
  uri?: string | null;
  /** Why it failed, in the service's words. */
  error?: string | null;
  /** Where in the file. */
  range?: Range | null;
  /** Where ADF Studio shows it. */
  link?: string | null;
  workspace?: string | null;
}

/** What a pull of the target's factory would change in the files. */
export const pullRequest = request<{ textDocument: { uri: string }; form?: 'git' | 'spec' }, PullResult, void>('pipewright/pull');

export interface PullResult {
  factory: string;
  summary: string;
  changes: { kind: string; name: string; action: string; note?: string | null }[];
  /** For the client to apply; nothing where there is no change. */
  edit?: WorkspaceEdit | null;
}

/** Who has changed what: the files, the last deployment, the factory. */
export const statusRequest = request<{ textDocument: { uri: string } }, StatusResult, void>('pipewright/status');

export interface StatusResult {
  factory: string;
  summary: string;
  resources: { kind: string; name: string; state: string; uri?: string | null; type?: string | null; folder?: string | null }[];
}

/** What is known of the target's factory; the second reads it first. */
export const liveResourcesRequest = request<{ uri: string }, LiveResult, void>('pipewright/liveResources');
export const refreshLiveRequest = request<{ uri: string }, LiveResult, void>('pipewright/refreshLive');

export interface LiveResult {
  target: string;
  factory: string;
  /** Absent where nothing is known. */
  readAt?: string | null;
  isFilling: boolean;
  /** The folder of the files that are deployed to it. */
  root: string;
  /** Where the Azure portal shows the factory; absent for an emulator. */
  portal?: string | null;
  /** Without `uri` no file declares the resource. */
  resources: LiveResource[];
}

export interface LiveResource {
  kind: string;
  name: string;
  type?: string | null;
  description?: string | null;
  state?: string | null;
  folder?: string | null;
  uri?: string | null;
}

/** The factories that the user can see. */
export const factoriesRequest = request<{ uri?: string; cloud?: string }, { subscriptions: Subscription[] }, void>('pipewright/factories');

export interface Subscription {
  id: string;
  name: string;
  tenant?: string | null;
  factories: { name: string; resourceGroup: string }[];
  /** Why its factories are not listed. */
  problem?: string | null;
}

/** Starts or stops a trigger of the target's factory. */
export const setTriggerRequest = request<{ name: string; start: boolean; uri?: string }, { name: string; state: string }, void>(
  'pipewright/setTrigger',
);

/** Runs, the newest first: of a pipeline's document its own, of any other file those of all pipelines. */
export const recentRunsRequest = request<RunParams & { count?: number }, { runs: RecentRun[] }, void>('pipewright/recentRuns');

/** Runs a run again, from what failed. */
export const rerunRequest = request<RunParams, RunStarted, void>('pipewright/rerun');

/** The file of a resource that only the target's factory has. */
export const bringInRequest = request<{ uri: string; kind: string; name: string }, { uri: string; edit: WorkspaceEdit }, void>(
  'pipewright/bringIn',
);

/** Checks every file of the factory that the file belongs to; without a file, of every factory in the workspace. */
export const validateFactoryRequest = request<{ uri?: string }, ValidateFactoryResult, void>('pipewright/validateFactory');

export interface ValidateFactoryResult {
  errors: number;
  warnings: number;
  files: number;
}

/** Signs in to the cloud and the tenant of a target, by default the current one. The server asks for the token by `pipewright/getToken`. */
export const signInRequest = request<{ uri?: string; target?: string }, SignInResult, void>('pipewright/signIn');

export interface SignInResult {
  /** One sentence for the user. */
  summary: string;
}

/** The targets that a file's factory can be deployed to. */
export const targetsRequest = request<{ uri?: string }, TargetsResult, void>('pipewright/targets');

export interface TargetsResult {
  targets: Target[];
  /** The name of the one that is deployed to when none is named. */
  current?: string | null;
}

export interface Target {
  name: string;
  factory: string;
  isEmulator: boolean;
}

/** A request about runs of a pipeline: its document, and more as docs/protocol.md says. */
export interface RunParams {
  textDocument: { uri: string };
  target?: string;
  parameters?: Record<string, unknown>;
  scratch?: boolean;
  runId?: string;
}

/** What a run of a pipeline takes. */
export const runParametersRequest = request<RunParams, { pipeline: string; parameters: FormField[] }, void>('pipewright/runParameters');

/** What becomes of the texts of a form: values to run with, and what is wrong with them. */
export const checkParametersRequest = request<
  { textDocument: { uri: string }; texts: Entries },
  { parameters: Record<string, unknown>; problems: Problem[] },
  void
>('pipewright/checkParameters');

/** Starts a run. */
export const runRequest = request<RunParams, RunStarted, void>('pipewright/run');

/** Asks for the end of a run. */
export const cancelRunRequest = request<RunParams, RunStarted, void>('pipewright/cancelRun');

export interface RunStarted {
  runId: string;
  /** The name that it runs under. */
  pipeline: string;
  target: string;
  factory: string;
  warnings: string[];
  /** The page of Azure's Studio that shows it. */
  monitor?: string;
}

/** Watches a run to its end; `pipewright/runChanged` tells what changes meanwhile. */
export const watchRunRequest = request<RunParams, RunState, void>('pipewright/watchRun');

export const runChanged = notification<RunChange>('pipewright/runChanged');

export interface RunState {
  runId: string;
  pipeline: string;
  status: string;
  start?: string;
  end?: string;
  durationMs?: number;
  message?: string;
  parameters?: unknown;
}

/** One of them is there. */
export interface RunChange {
  runId: string;
  run?: RunState & { depth: number };
  activity?: ActivityState;
  problem?: string;
}

/** Files in the other form; nothing is written. */
export const convertRequest = request<ConvertParams, ConvertResult, void>('pipewright/convert');

export interface ConvertParams {
  /** A file, or a folder. */
  uri: string;
  to?: 'spec' | 'git';
  /** The folder to write to; absent for the factory's own. */
  out?: string;
}

export interface ConvertResult {
  to: 'spec' | 'git';
  files: ConvertedFile[];
  /** How many files have that form already. */
  already: number;
  /** What can't be kept, a sentence each. */
  losses: string[];
}

export interface ConvertedFile {
  source: string;
  uri: string;
  path: string;
  state: 'new' | 'same' | 'differs';
  text: string;
  losses: string[];
}

/** The files of tests; of a pipeline's document only those that test it. */
export const testsRequest = request<{ textDocument?: { uri: string } }, { files: TestFile[] }, void>('pipewright/tests');

export interface TestFile {
  uri: string;
  pipeline: string;
  cases: { name: string; pipeline: string; range: Range; nameRange: Range }[];
}

/** Runs cases; all of a file where none is named. */
export const runTestsRequest = request<
  { tests?: { uri: string; names?: string[] }[]; coverage?: boolean },
  { cases: TestCaseResult[]; coverage?: CoveredFile[] | null },
  void
>('pipewright/runTests');

export interface TestCaseResult {
  uri: string;
  name: string;
  passed: boolean;
  durationMs: number;
  failures: TestFailure[];
}

export interface TestFailure {
  message: string;
  /** Where it is expected. */
  range: Range;
  expected?: string | null;
  actual?: string | null;
  /** The activity that it is about. */
  activity?: Location | null;
}

export interface CoveredFile {
  uri: string;
  items: CoveredItem[];
}

export interface CoveredItem {
  kind: 'activity' | 'branch' | 'dependency';
  activity: string;
  /** What it is to cover it. */
  what: string;
  range: Range;
  covered: boolean;
}

/** Runs a case, or a pipeline with examples, so that its values can be looked at. */
export const dryRunRequest = request<{ textDocument: { uri: string }; name?: string }, DryRunResult, void>('pipewright/dryRun');

export interface DryRunResult {
  pipeline: string;
  name: string;
  /** Absent where the case can't be run. */
  status?: string | null;
  error?: string | null;
  activities: {
    depth: number;
    name: string;
    iteration?: number | null;
    status: string;
    startMs: number;
    endMs: number;
    error?: string | null;
    /** Why it was skipped. */
    why?: string | null;
    /** Where it is written. */
    activity?: Location | null;
  }[];
  failures: TestFailure[];
}

/** What a part of an expression comes to in the last dry run. */
export const evaluateRequest = request<{ textDocument: { uri: string }; range: Range }, EvaluateResult, void>('pipewright/evaluate');

export interface EvaluateResult {
  expression: string;
  /** JSON as text. */
  value?: string | null;
  error?: string | null;
  iteration?: number | null;
}

/** The text of a new file of tests: with examples, or made of a run. */
export const newPipelineTestRequest = request<{ textDocument: { uri: string }; runId?: string }, { uri: string; text: string }, void>(
  'pipewright/newPipelineTest',
);

/** A pipeline as a graph; nothing for a file that is none. */
export const graphRequest = request<GraphParams, PipelineGraphResult | null, void>('pipewright/graph');

/** The resources of the factory that a file belongs to as a graph. */
export const factoryGraphRequest = request<GraphParams, FactoryGraphResult | null, void>('pipewright/factoryGraph');

export interface GraphParams {
  textDocument: { uri: string };
  /** Whether the graph is wanted as text, too. */
  mermaid?: boolean;
}

export interface PipelineGraphResult {
  name: string;
  uri: string;
  /** The text has syntax errors, so that something may be missing. */
  isBroken: boolean;
  nodes: PipelineGraphNode[];
  branches: { id: string; node: string; label: string }[];
  edges: { from: string; to: string; conditions: string[] }[];
  mermaid?: string | null;
}

export interface PipelineGraphNode {
  id: string;
  name: string;
  type?: string | null;
  /** The branch that it is in; absent for one of the pipeline itself. */
  branch?: string | null;
  shape: string;
  isInactive: boolean;
  errors: number;
  warnings: number;
  finding?: string | null;
  range: Range;
  selectionRange: Range;
  uses: { kind: string; name: string; uri?: string | null }[];
}

export interface FactoryGraphResult {
  name: string;
  root: string;
  nodes: FactoryGraphNode[];
  edges: { from: string; to: string; count: number }[];
  mermaid?: string | null;
}

export interface FactoryGraphNode {
  id: string;
  kind: string;
  name: string;
  type?: string | null;
  folder?: string | null;
  state?: string | null;
  errors: number;
  warnings: number;
  finding?: string | null;
  /** The file that declares it; absent for what is only referred to. */
  uri?: string | null;
  selectionRange?: Range | null;
}
