// What is shown of what was measured: names, units, and where each number is.
import { median, percentile } from './statistics.mjs';

const at = (p, times) => (Array.isArray(times) ? percentile(times, p) : (times?.failure ?? null));

/** Of one pipeline. `plot` names the picture that it is drawn in; those of the same name are drawn in one. */
export const figures = [
  { title: 'start to `initialize`', unit: 'ms', read: (r) => at(0.5, r.initialize) },
  { title: 'start to first findings', unit: 'ms', read: (r) => at(0.5, r.firstDiagnostics), plot: 'first-findings' },
  { title: 'edit to findings, median', unit: 'ms', read: (r) => at(0.5, r.editToDiagnostics), plot: 'edit-to-findings' },
  { title: 'edit to findings, p99', unit: 'ms', read: (r) => at(0.99, r.editToDiagnostics), plot: 'edit-to-findings' },
  { title: 'edit to completion, median', unit: 'ms', read: (r) => at(0.5, r.editToCompletion), plot: 'edit-to-completion' },
  { title: 'edit to completion, p99', unit: 'ms', read: (r) => at(0.99, r.editToCompletion), plot: 'edit-to-completion' },
  { title: 'hover, median', unit: 'ms', read: (r) => at(0.5, r.hover), plot: 'hover' },
  { title: 'outline, median', unit: 'ms', read: (r) => at(0.5, r.outline), plot: 'outline' },
  { title: 'memory after six seconds of rest', unit: 'MiB', read: (r) => r.memory?.now ?? null, plot: 'memory' },
];

/** Of a factory. */
export const factoryFigures = [
  { title: 'start to all findings', unit: 'ms', read: (f) => f.cold ?? null, plot: 'factory-start' },
  { title: 'memory then', unit: 'MiB', read: (f) => f.memory?.now ?? null, plot: 'factory-memory' },
  { title: 'edit to all findings that it changes, median', unit: 'ms', read: (f) => at(0.5, f.edit), plot: 'factory-edit' },
  { title: 'the same, p99', unit: 'ms', read: (f) => at(0.99, f.edit), plot: 'factory-edit' },
  { title: 'a tenth of the files checked out', unit: 'ms', read: (f) => f.checkout?.time ?? null, plot: 'factory-checkout' },
  { title: 'memory at the end', unit: 'MiB', read: (f) => f.memoryAfter?.now ?? null, plot: 'factory-memory' },
  { title: 'processor time in 5 idle seconds', unit: 'ms', read: (f) => f.idle ?? null },
];

/** Numbers as people read them: two digits that count. */
export const show = (value) =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'string'
      ? 'fails'
      : value >= 10 || value === 0
        ? Math.round(value).toLocaleString('en')
        : value.toFixed(1);

/** How many times as much theirs is as ours; null where one of them is not a number. */
export const ratio = (ours, theirs) => (typeof ours === 'number' && typeof theirs === 'number' ? theirs / ours : null);

export const showRatio = (value) => (value === null ? '—' : `${value >= 10 ? Math.round(value).toLocaleString('en') : value.toFixed(1)}×`);

/** Points of one figure, from small to large, without what failed. */
export const pointsOf = (rows, read) =>
  rows
    .map((row) => [row.size, row.failure ? null : read(row)])
    .filter(([, y]) => typeof y === 'number')
    .sort(([a], [b]) => a - b);

export { median };
