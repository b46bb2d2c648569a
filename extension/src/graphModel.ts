// The server's graphs in the shape that the view draws, and what of a text belongs to which node: no editor is needed for it.
import * as l10n from '@vscode/l10n';
import type { Graph, NodeRun, TextRange } from '../webview/model';
import type { DryRunResult, FactoryGraphResult, PipelineGraphResult } from './protocol';
import { type ActivityState, durationText, iconOf } from './runText';

/** A pipeline as the view draws it. */
export function pipelineGraph({ name, nodes, branches, edges }: PipelineGraphResult): Graph {
  return {
    title: name,
    isFactory: false,
    nodes: nodes.map((node) => ({
      id: node.id,
      name: node.name,
      detail: node.type ?? '',
      shape: node.shape,
      branch: node.branch ?? undefined,
      isInactive: node.isInactive,
      isMissing: false,
      errors: node.errors,
      warnings: node.warnings,
      finding: node.finding ?? undefined,
      follows: node.uses.find(({ kind, uri }) => kind === 'pipeline' && uri)?.uri ?? undefined,
    })),
    branches,
    edges,
  };
}

/** A factory as the view draws it. */
export function factoryGraph({ name, nodes, edges }: FactoryGraphResult): Graph {
  return {
    title: name,
    isFactory: true,
    nodes: nodes.map((node) => ({
      id: node.id,
      name: node.name,
      detail: [node.type ?? node.kind, node.state].filter(Boolean).join(' · '),
      shape: node.kind,
      isInactive: false,
      isMissing: !node.uri,
      errors: node.errors,
      warnings: node.warnings,
      finding: node.finding ?? (node.uri ? undefined : l10n.t('Something refers to it, and no file declares it.')),
      uri: node.uri ?? undefined,
      follows: node.kind === 'pipeline' ? (node.uri ?? undefined) : undefined,
    })),
    branches: [],
    edges: edges.map(({ from, to }) => ({ from, to, conditions: [] })),
  };
}

/** The innermost activity around a place of the text; undefined outside of all. */
export function nodeAt(nodes: readonly { id: string; range: TextRange }[], place: TextRange['start']): string | undefined {
  const isBefore = (a: TextRange['start'], b: TextRange['start']) => a.line < b.line || (a.line === b.line && a.character <= b.character);
  return nodes
    .filter(({ range }) => isBefore(range.start, place) && isBefore(place, range.end))
    .reduce<{ id: string; range: TextRange } | undefined>(
      (inner, node) => (inner && isBefore(node.range.start, inner.range.start) ? inner : node),
      undefined,
    )?.id;
}

/** What stands at the nodes of a pipeline while its run is watched. */
export function nodeRuns(graph: Pick<PipelineGraphResult, 'uri' | 'nodes'>, activities: readonly ActivityState[]): NodeRun[] {
  return graph.nodes.flatMap(({ id, name }) => {
    const runs = activities.filter(({ activity, uri }) => uri === graph.uri && activity === name);
    const last = runs.at(-1);
    return last ? [{ id, status: worstOf(runs), icon: iconOf(worstOf(runs)), text: textOf(runs, last) }] : [];
  });
}

/** What a run without a cloud says of its activities, in the shape of a run that is watched. */
export const dryRunStates = (activities: DryRunResult['activities']): ActivityState[] =>
  activities.map(({ name, status, depth, iteration, startMs, endMs, activity }, index) => ({
    activityRunId: `dry run ${index}`,
    activity: name,
    status,
    depth,
    attempt: 0,
    durationMs: endMs - startMs,
    ...(iteration == null ? {} : { iteration }),
    ...(activity ? { uri: activity.uri } : {}),
  }));

/** Of several rounds what a person looks for: what goes on, then what failed. Of the attempts of one round only the last counts. */
function worstOf(runs: readonly ActivityState[]): string {
  const rounds = [...new Map(runs.map((run) => [roundOf(run), run.status])).values()];
  return rounds.find((status) => status === 'InProgress') ?? rounds.find((status) => status === 'Failed') ?? rounds.at(-1) ?? '';
}

const roundOf = ({ depth, iteration }: ActivityState) => `${depth}/${iteration ?? ''}`;

function textOf(runs: readonly ActivityState[], last: ActivityState): string {
  const rounds = new Set(runs.map(roundOf)).size;
  if (rounds > 1) {
    return l10n.t('{0} rounds', rounds);
  }
  // What was skipped has taken no time, and nothing is to be said of that.
  return last.durationMs ? durationText(last.durationMs) : '';
}
