// The factory view's tree in plain values: what stands where, and how it is called. No editor is needed for it.
import * as l10n from '@vscode/l10n';
import { durationText, iconOf } from './runText';

/** A resource of the target's factory, of the files, or of both. */
export interface FactoryResource {
  kind: string;
  name: string;
  type?: string | null;
  folder?: string | null;
  /** Of a trigger whether it fires, of an integration runtime its state. */
  state?: string | null;
  uri?: string | null;
  /** Who has changed it; absent where nobody has looked. */
  drift?: string;
  description?: string | null;
}

/** A run as the server lists it. */
export interface RecentRun {
  runId: string;
  pipeline: string;
  status: string;
  start?: string;
  durationMs?: number;
  message?: string;
  uri?: string | null;
  invokedBy?: { type?: string; name?: string };
  /** What it was given. */
  parameters?: unknown;
}

export type Branch =
  | { type: 'kind'; kind: string; count: number; changed: number }
  | { type: 'folder'; kind: string; path: string; name: string }
  | { type: 'resource'; resource: FactoryResource };

/** A title for a kind, as people say it. */
export function titleOf(kind: string): string {
  const known: Record<string, string> = {
    pipeline: l10n.t('Pipelines'),
    dataflow: l10n.t('Data flows'),
    dataset: l10n.t('Datasets'),
    linkedService: l10n.t('Linked services'),
    trigger: l10n.t('Triggers'),
    integrationRuntime: l10n.t('Integration runtimes'),
    credential: l10n.t('Credentials'),
    managedVirtualNetwork: l10n.t('Managed virtual networks'),
    managedPrivateEndpoint: l10n.t('Managed private endpoints'),
    factory: l10n.t('Factory settings'),
    adfcdc: l10n.t('Change data captures'),
  };
  // A kind of tomorrow has a title, too, if only in English.
  const words = kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return known[kind] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}s`;
}

/** `changedHere` as people say it: `changed here`. */
export function wordsOf(state: string): string {
  const known: Record<string, string> = {
    changedHere: l10n.t('changed here'),
    changedThere: l10n.t('changed there'),
    changedBoth: l10n.t('changed both'),
    differs: l10n.t('differs'),
    onlyHere: l10n.t('only here'),
    onlyThere: l10n.t('only there'),
  };
  return known[state] ?? state.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What stands beside a resource whose files and factory differ: a letter that can be told without colours. */
export function badgeOf(drift: string | undefined): { badge: string; colour: string } | undefined {
  const badges: Record<string, { badge: string; colour: string }> = {
    changedHere: { badge: '↑', colour: 'gitDecoration.modifiedResourceForeground' },
    changedThere: { badge: '↓', colour: 'gitDecoration.submoduleResourceForeground' },
    changedBoth: { badge: '⇅', colour: 'gitDecoration.conflictingResourceForeground' },
    differs: { badge: '≠', colour: 'charts.orange' },
    onlyHere: { badge: '+', colour: 'gitDecoration.addedResourceForeground' },
    onlyThere: { badge: '☁', colour: 'charts.blue' },
  };
  return drift === undefined ? undefined : badges[drift];
}

/** What people look for most stands first; all else in the server's order. */
const firstKinds = ['pipeline', 'dataflow', 'dataset', 'linkedService', 'trigger', 'integrationRuntime'];

/** What the live factory has and what the files have, in one list: by kind, then by name. */
export function mergeResources(
  live: readonly FactoryResource[],
  states: readonly { kind: string; name: string; state: string; uri?: string | null; type?: string | null; folder?: string | null }[],
): FactoryResource[] {
  const keyOf = ({ kind, name }: { kind: string; name: string }) => `${kind}/${name.toLowerCase()}`;
  const drifts = new Map(states.map((state) => [keyOf(state), state]));
  const known = new Set(live.map(keyOf));
  const kinds = [...new Set([...firstKinds, ...[...live, ...states].map(({ kind }) => kind)])];
  const drifted = (resource: FactoryResource): FactoryResource => {
    const found = drifts.get(keyOf(resource));
    return found ? { ...resource, drift: found.state, uri: resource.uri ?? found.uri ?? null } : resource;
  };
  const onlyHere = states
    .filter((state) => !known.has(keyOf(state)))
    .map(({ kind, name, state, uri, type, folder }) => ({
      kind,
      name,
      type: type ?? null,
      folder: folder ?? null,
      drift: state,
      uri: uri ?? null,
    }));
  return [...live.map(drifted), ...onlyHere].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }),
  );
}

/** The kinds that there is anything of. */
export function kindsOf(resources: readonly FactoryResource[]): Branch[] {
  return [...new Set(resources.map(({ kind }) => kind))].map((kind) => {
    const ofKind = resources.filter((resource) => resource.kind === kind);
    return {
      type: 'kind',
      kind,
      count: ofKind.length,
      changed: ofKind.filter(({ drift }) => drift !== undefined && drift !== 'same').length,
    };
  });
}

/** What a kind, or one of its Studio folders, holds: folders first. */
export function childrenOf(resources: readonly FactoryResource[], kind: string, path = ''): Branch[] {
  const prefix = path ? `${path}/` : '';
  const ofKind = resources.filter((resource) => resource.kind === kind);
  const below = ofKind.flatMap(({ folder }) =>
    folder && `${folder}/`.startsWith(prefix) && folder !== path ? [folder.slice(prefix.length).split('/')[0]!] : [],
  );
  const folders = [...new Set(below)].sort((a, b) => a.localeCompare(b, 'en'));
  return [
    ...folders.map((name): Branch => ({ type: 'folder', kind, path: prefix + name, name })),
    ...ofKind.filter(({ folder }) => (folder ?? '') === path).map((resource): Branch => ({ type: 'resource', resource })),
  ];
}

/** What a menu asks a resource about: words with spaces between them. */
export function contextOf({ kind, uri, drift, state }: FactoryResource): string {
  return [
    'resource',
    `kind-${kind}`,
    ...(uri ? ['here'] : []),
    ...(drift === 'onlyHere' ? [] : ['there']),
    ...(uri && drift && drift !== 'same' && drift !== 'onlyHere' ? ['differs'] : []),
    ...(kind === 'trigger' && state ? [state === 'Started' ? 'started' : 'stopped'] : []),
  ].join(' ');
}

/** What stands behind a resource's name. */
export function describeResource({ type, state, drift }: FactoryResource): string {
  return [type, state, drift && drift !== 'same' ? wordsOf(drift) : undefined].filter(Boolean).join(' · ');
}

/** What stands behind a run's pipeline. */
export function describeRun({ status, durationMs, start, invokedBy }: RecentRun, now: number): string {
  const ago = start ? agoText(now - Date.parse(start)) : '';
  return [status, durationMs === undefined ? '' : durationText(durationMs), ago, invokedBy?.name ? l10n.t('by {0}', invokedBy.name) : '']
    .filter(Boolean)
    .join(' · ');
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function agoText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) {
    return l10n.t('just now');
  }
  if (minutes < 60) {
    return l10n.t('{0} min ago', minutes);
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? l10n.t('{0} h ago', hours) : l10n.t('{0} days ago', Math.floor(hours / 24));
}

export const runLabel = ({ pipeline, status }: RecentRun): string => `${iconOf(status)} ${pipeline}`;
