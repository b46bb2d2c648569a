// A run as rows of a chart, in plain values: which row stands below which, and where its bar begins and ends.
import * as l10n from '@vscode/l10n';

/** A run of a pipeline: the one that is shown, or one that it has called. */
export interface ShownRun {
  runId: string;
  pipeline: string;
  status: string;
  start?: string;
  end?: string;
  durationMs?: number;
  message?: string;
  depth: number;
  parameters?: unknown;
}

/** What an activity has done: one attempt in one round. */
export interface ShownActivity {
  activityRunId: string;
  pipelineRunId?: string;
  activity: string;
  type?: string;
  status: string;
  start?: string;
  end?: string;
  durationMs?: number;
  attempt: number;
  iteration?: number;
  depth: number;
  input?: unknown;
  output?: unknown;
  error?: { errorCode?: string; message?: string; failureType?: string; target?: string };
  /** Whether there is a text to go to. */
  hasText: boolean;
}

/** What the extension tells the view. */
export type ToRunView =
  | {
      type: 'show';
      title: string;
      source: string;
      rootId: string | undefined;
      monitor: string | undefined;
      runs: ShownRun[];
      activities: ShownActivity[];
      problem?: string;
    }
  | { type: 'history'; runs: { runId: string; label: string }[] };

/** What the view tells the extension. */
export type FromRunView =
  | { type: 'ready' }
  | { type: 'cancel' }
  | { type: 'rerun' }
  | { type: 'again' }
  | { type: 'run' }
  | { type: 'open'; key: string }
  | { type: 'link'; address: string }
  | { type: 'choose'; runId: string };

export interface Row {
  key: string;
  depth: number;
  /** What is done, and how it ended. */
  name: string;
  detail: string;
  status: string;
  /** Milliseconds since 1970; absent for what has not begun. */
  start?: number;
  /** Absent for what goes on. */
  end?: number;
  durationMs?: number;
  activity?: ShownActivity;
  run?: ShownRun;
}

const timeOf = (text: string | undefined) => (text ? Date.parse(text) : undefined);

/** The rows of a run from above: each activity, and below one that has called a pipeline what that did. */
export function rowsOf(runs: readonly ShownRun[], activities: readonly ShownActivity[], rootId: string | undefined): Row[] {
  const root = runs.find(({ runId }) => runId === rootId) ?? runs.find(({ depth }) => depth === 0);
  const ofRun = (runId: string | undefined) =>
    activities
      .filter(({ pipelineRunId }) => pipelineRunId === runId)
      .sort((a, b) => (timeOf(a.start) ?? Infinity) - (timeOf(b.start) ?? Infinity) || a.attempt - b.attempt);
  const shown = new Set<string>();
  const below = (runId: string | undefined, depth: number): Row[] =>
    ofRun(runId).flatMap((activity) => {
      const called = runs.find((run) => run.runId !== runId && !shown.has(run.runId) && names(activity.output, run.runId));
      if (called) {
        shown.add(called.runId);
      }
      return [activityRow(activity, depth), ...(called ? [runRow(called, depth + 1), ...below(called.runId, depth + 2)] : [])];
    });
  const top = root ? [runRow(root, 0)] : [];
  if (root) {
    shown.add(root.runId);
  }
  const rows = [...top, ...below(root?.runId ?? rootId, top.length)];
  // What was called by something that has not said so.
  const others = runs
    .filter(({ runId }) => !shown.has(runId))
    .flatMap((run) => (shown.add(run.runId), [runRow(run, 1), ...below(run.runId, 2)]));
  return [...rows, ...others];
}

/** Whether an output names a run, as that of a call does. */
const names = (output: unknown, runId: string): boolean =>
  typeof output === 'object' && output !== null && Object.values(output).includes(runId);

function activityRow(activity: ShownActivity, depth: number): Row {
  const { activityRunId, attempt, iteration, type, status, durationMs } = activity;
  // What a loop does stands below it.
  const inside = iteration === undefined ? 0 : 1;
  const detail = [
    type,
    iteration === undefined ? '' : l10n.t('round {0}', iteration + 1),
    attempt > 1 ? l10n.t('attempt {0}', attempt) : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    key: `${activityRunId}/${attempt}`,
    depth: depth + inside,
    name: activity.activity,
    detail,
    status,
    activity,
    ...timesOf(activity),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function runRow(run: ShownRun, depth: number): Row {
  const { runId, pipeline, status, durationMs } = run;
  return {
    key: runId,
    depth,
    name: pipeline,
    detail: l10n.t('run'),
    status,
    run,
    ...timesOf(run),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function timesOf({ start, end, durationMs }: { start?: string; end?: string; durationMs?: number }): { start?: number; end?: number } {
  const begin = timeOf(start);
  const finish = timeOf(end) ?? (begin !== undefined && durationMs !== undefined && end !== undefined ? begin + durationMs : undefined);
  return { ...(begin === undefined ? {} : { start: begin }), ...(finish === undefined ? {} : { end: finish }) };
}

/** The stretch of time that a chart shows. */
export interface Scale {
  start: number;
  end: number;
}

/** From the first beginning to the last end; to `now` where something goes on. At least a second. */
export function scaleOf(rows: readonly Row[], now: number): Scale {
  const starts = rows.flatMap(({ start }) => (start === undefined ? [] : [start]));
  const start = starts.length > 0 ? Math.min(...starts) : now;
  const ends = rows.flatMap(({ start: began, end }) => (began === undefined ? [] : [end ?? now]));
  return { start, end: Math.max(start + 1000, ...ends) };
}

/** Where a bar begins and how long it is, in hundredths of the chart; undefined for what has not begun. What takes no time can be seen, too. */
export function barOf({ start, end }: Row, scale: Scale, now: number): { left: number; width: number } | undefined {
  if (start === undefined) {
    return undefined;
  }
  const length = scale.end - scale.start;
  const left = Math.min(99.4, (100 * (start - scale.start)) / length);
  return { left, width: Math.max(0.6, Math.min(100 - left, (100 * ((end ?? now) - start)) / length)) };
}

/** Round times for the chart's axis, at most so many: milliseconds from its start. */
export function ticksOf({ start, end }: Scale, most = 6): number[] {
  const length = end - start;
  const steps = [
    100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000,
    21_600_000, 43_200_000,
  ];
  const step = steps.find((candidate) => length / candidate <= most) ?? 86_400_000 * Math.ceil(length / most / 86_400_000);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}

/** The addresses that an activity's output leads to: of a notebook its run in the workspace. */
export function linksOf(output: unknown): string[] {
  const values = typeof output === 'object' && output !== null ? Object.values(output) : [];
  return [...new Set(values.filter((value): value is string => typeof value === 'string' && /^https:\/\/[^\s"'<>]+$/.test(value)))];
}
