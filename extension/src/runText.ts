// What a run looks like in words: no editor is needed for it.
import * as l10n from '@vscode/l10n';

/** The state of an activity, as the server tells it. */
export interface ActivityState {
  activityRunId: string;
  pipelineRunId?: string;
  activity: string;
  type?: string;
  status: string;
  start?: string;
  end?: string;
  depth: number;
  attempt: number;
  iteration?: number;
  durationMs?: number;
  input?: unknown;
  error?: { errorCode?: string; message?: string };
  output?: { runPageUrl?: string };
  uri?: string;
  range?: TextRange;
  errorRange?: TextRange;
}

export interface TextRange {
  start: { line: number; character: number };
  end: { line: number; character: number };
}

const icons: Record<string, string> = {
  Queued: '○',
  InProgress: '▶',
  Succeeded: '✓',
  Failed: '✗',
  Canceling: '◼',
  Cancelled: '◼',
  Skipped: '↷',
  Inactive: '–',
};

export const iconOf = (status: string): string => icons[status] ?? '•';

/** `800 ms`, `5.2 s`, `2 min 5 s`, `3 h 4 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (milliseconds < 1000) {
    return l10n.t('{0} ms', milliseconds);
  }
  if (seconds < 60) {
    return l10n.t('{0} s', (milliseconds / 1000).toFixed(1));
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? l10n.t('{0} min {1} s', minutes, seconds % 60) : l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** What stands behind an activity's line. All its runs are shown in one place: those of a loop, and those of each retry. */
export function lineText(runs: readonly ActivityState[]): string {
  const last = runs.at(-1);
  if (last === undefined) {
    return '';
  }
  const duration = last.durationMs === undefined ? '' : ` ${durationText(last.durationMs)}`;
  const rounds = new Set(runs.map(({ iteration, depth }) => `${depth}/${iteration ?? ''}`)).size;
  if (rounds > 1) {
    const counts = new Map<string, number>();
    runs.forEach(({ status }) => counts.set(status, (counts.get(status) ?? 0) + 1));
    return [...counts].map(([status, count]) => `${iconOf(status)} ${count}`).join('  ');
  }
  const attempt = last.attempt > 1 ? ` ${l10n.t('attempt {0}', last.attempt)}` : '';
  const error = last.error?.message ? `  ${last.error.errorCode}: ${firstLine(last.error.message)}` : '';
  return `${iconOf(last.status)}${attempt}${duration}${error}`;
}

/** A line of the output channel. */
export function outputText({ activity, status, depth, attempt, iteration, durationMs, error, output }: ActivityState): string {
  const round = iteration === undefined ? '' : ` [${iteration}]`;
  const again = attempt > 1 ? ` attempt ${attempt}` : '';
  const duration = durationMs === undefined ? '' : ` in ${durationText(durationMs)}`;
  const page = output?.runPageUrl ? ` ${output.runPageUrl}` : '';
  const failure = error?.message ? `: ${error.errorCode}: ${error.message}` : '';
  return `${'  '.repeat(depth + 1)}${iconOf(status)} ${activity}${round}${again} ${status}${duration}${page}${failure}`;
}

const firstLine = (text: string) => text.split(/\r?\n/, 1)[0]?.slice(0, 160) ?? '';
