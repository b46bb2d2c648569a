// A deployment in plain values: what is planned and why, what becomes of each resource, and how all that is said.
import { fill } from './words';

export interface ShownProperty {
  path: string;
  before?: unknown;
  after?: unknown;
}

export type Action = 'create' | 'update' | 'delete' | 'none';

/** A resource of a plan, or one that a deployment has told of. */
export interface ShownResource {
  kind: string;
  name: string;
  /** The host of a notebook's workspace; absent for the factory's own. */
  workspace?: string | undefined;
  action: Action;
  why?: string | undefined;
  properties: ShownProperty[];
  changedOutside: ShownProperty[];
  /** Whether there is a text to go to. */
  hasText: boolean;
  hasDiff: boolean;
  /** `waiting`, `running`, or what became of it; absent before anything is done. */
  state?: string | undefined;
  error?: string | undefined;
  /** Where ADF Studio shows it. */
  link?: string | undefined;
}

/**
 * `comparing`: the plan is being made; `plan`: it is there, and nothing is changed; `deploying`; `done`; `problem`: it could not be made or
 * carried out at all.
 */
export type Phase = 'comparing' | 'plan' | 'deploying' | 'done' | 'problem';

export interface ShownDeployment {
  /** Another one for each deployment, and for each new plan of one. */
  id: number;
  phase: Phase;
  /** What is deployed, for people. */
  what: string;
  factory: string;
  target: string;
  isEmulator: boolean;
  isRollback: boolean;
  wholeFactory: boolean;
  deletes: boolean;
  summary: string;
  /** Of a deployment that is over. */
  succeeded: boolean;
  warnings: string[];
  resources: ShownResource[];
  hasJournal: boolean;
  problem?: string | undefined;
}

export interface DeployWords {
  title: string;
  rollbackTitle: string;
  emulator: string;
  scope: string;
  scopeFile: string;
  scopeFactory: string;
  deletes: string;
  changeTarget: string;
  comparing: string;
  warnings: string;
  nothing: string;
  nothingHint: string;
  create: string;
  update: string;
  delete: string;
  none: string;
  createDone: string;
  updateDone: string;
  deleteDone: string;
  kinds: string;
  properties: string;
  property: string;
  now: string;
  then: string;
  changedOutside: string;
  deployed: string;
  absent: string;
  diff: string;
  allDiffs: string;
  openFile: string;
  openStudio: string;
  journal: string;
  deploy: string;
  deployHint: string;
  compareAgain: string;
  close: string;
  cancel: string;
  cancelHint: string;
  rollBack: string;
  progress: string;
  waiting: string;
  running: string;
  created: string;
  updated: string;
  deleted: string;
  failed: string;
  notAttempted: string;
  unchanged: string;
}

export type ToDeployView = { type: 'show'; shown: ShownDeployment };

export type FromDeployView =
  | { type: 'ready' }
  | { type: 'deploy' }
  | { type: 'compare' }
  | { type: 'scope'; wholeFactory: boolean; deletes: boolean }
  | { type: 'changeTarget' }
  | { type: 'diff'; key?: string }
  | { type: 'open'; key: string }
  | { type: 'link'; key: string }
  | { type: 'journal' }
  | { type: 'rollBack' }
  | { type: 'cancel' }
  | { type: 'close' };

/** Names of resources match without regard to case. */
export const keyOf = ({ kind, name, workspace }: { kind: string; name: string; workspace?: string | null | undefined }): string =>
  `${kind}/${workspace ?? ''}/${name}`.toLowerCase();

const order: Action[] = ['create', 'update', 'delete', 'none'];

/** By action, and within that by kind in the order of the plan. */
export function groupsOf(resources: readonly ShownResource[]): { action: Action; kinds: { kind: string; resources: ShownResource[] }[] }[] {
  return order.flatMap((action) => {
    const kinds = new Map<string, ShownResource[]>();
    for (const resource of resources.filter((one) => one.action === action)) {
      kinds.set(resource.kind, [...(kinds.get(resource.kind) ?? []), resource]);
    }
    return kinds.size === 0 ? [] : [{ action, kinds: [...kinds].map(([kind, of]) => ({ kind, resources: of })) }];
  });
}

/** A sign for each state: none is told by its colour alone. */
export function signOf(resource: ShownResource): string {
  const signs: Record<string, string> = {
    waiting: '○',
    running: '▶',
    created: '✓',
    updated: '✓',
    deleted: '✓',
    failed: '✗',
    notAttempted: '–',
    unchanged: '=',
  };
  const planned: Record<Action, string> = { create: '+', update: '~', delete: '−', none: '=' };
  return resource.state === undefined ? planned[resource.action] : (signs[resource.state] ?? '•');
}

/** What stands for a state or action in words. */
export function wordOf(words: DeployWords, { state, action }: ShownResource): string {
  const known: Record<string, string> = {
    waiting: words.waiting,
    running: words.running,
    created: words.created,
    updated: words.updated,
    deleted: words.deleted,
    failed: words.failed,
    notAttempted: words.notAttempted,
    unchanged: words.unchanged,
  };
  return state === undefined ? (action === 'none' ? words.unchanged : '') : (known[state] ?? state);
}

/** A value in a table. */
export const valueText = (value: unknown, absent: string): string =>
  value === undefined || value === null ? absent : typeof value === 'string' ? value : JSON.stringify(value);

/** All that is to be changed waits. */
export const withWaiting = (resources: readonly ShownResource[]): ShownResource[] =>
  resources.map((one) => ({ ...one, state: one.action === 'none' ? 'unchanged' : 'waiting', error: undefined }));

/** The same list with what is told of one; one that is new comes last. */
export function withChange(
  resources: readonly ShownResource[],
  change: {
    kind: string;
    name: string;
    state: string;
    error?: string | null | undefined;
    workspace?: string | null | undefined;
    link?: string | null | undefined;
    hasText?: boolean;
  },
): ShownResource[] {
  const key = keyOf(change);
  const told = { state: change.state, error: change.error ?? undefined, ...(change.link ? { link: change.link } : {}) };
  if (resources.some((one) => keyOf(one) === key)) {
    return resources.map((one) => (keyOf(one) === key ? { ...one, ...told } : one));
  }
  const actions: Record<string, Action> = { created: 'create', deleted: 'delete', unchanged: 'none' };
  return [
    ...resources,
    {
      kind: change.kind,
      name: change.name,
      workspace: change.workspace ?? undefined,
      action: actions[change.state] ?? 'update',
      properties: [],
      changedOutside: [],
      hasText: change.hasText ?? false,
      hasDiff: false,
      ...told,
    },
  ];
}

/** How many of those that are to be changed are over. */
export function progressOf(resources: readonly ShownResource[]): { done: number; total: number } {
  const changed = resources.filter(({ action }) => action !== 'none');
  return {
    done: changed.filter(({ state }) => state !== undefined && state !== 'waiting' && state !== 'running').length,
    total: changed.length,
  };
}

/** Whether anything was changed, so that it can be put back. */
export const hasChanged = (resources: readonly ShownResource[]): boolean =>
  resources.some(({ state }) => state === 'created' || state === 'updated' || state === 'deleted' || state === 'failed');

/** A kind with how many of it there are. */
export const kindText = (words: DeployWords, kind: string, count: number): string => {
  const names = JSON.parse(words.kinds) as Record<string, string>;
  return `${names[kind] ?? kind} (${count})`;
};

/** The sentence that is read out while a deployment goes on. */
export const progressText = (words: DeployWords, resources: readonly ShownResource[]): string => {
  const { done, total } = progressOf(resources);
  const current = resources.filter(({ state }) => state === 'running').map(({ name }) => name);
  return fill(words.progress, String(done), String(total), current.join(', '));
};
