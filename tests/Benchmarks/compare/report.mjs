// The measured tables as text, and their place in docs/performance.md: between two marks that this script looks for.
import { readFileSync, writeFileSync } from 'node:fs';
import { pipewright } from './servers.mjs';
import { percentile } from './measure.mjs';

const begin = '<!-- measured: npm run compare -->';
const end = '<!-- end of what is measured -->';

const figures = [
  ['start to `initialize`', 'ms', (r) => r.initialize],
  ['start to first findings', 'ms', (r) => r.firstDiagnostics],
  ['edit to findings, median', 'ms', (r) => at(r.editToDiagnostics, 0.5)],
  ['edit to findings, p99', 'ms', (r) => at(r.editToDiagnostics, 0.99)],
  ['edit to completion, median', 'ms', (r) => at(r.editToCompletion, 0.5)],
  ['edit to completion, p99', 'ms', (r) => at(r.editToCompletion, 0.99)],
  ['hover, median', 'ms', (r) => at(r.hover, 0.5)],
  ['outline, median', 'ms', (r) => at(r.outline, 0.5)],
  ['memory at the end', 'MiB', (r) => r.memory?.now],
];

const at = (times, p) => (Array.isArray(times) ? percentile(times, p) : (times?.failure ?? null));

/** Numbers as people read them: two digits that count. */
const show = (value) =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'string'
      ? 'fails'
      : value >= 10
        ? Math.round(value).toLocaleString('en')
        : value.toFixed(1);

const ratio = (ours, theirs) =>
  typeof ours === 'number' && typeof theirs === 'number'
    ? `${theirs / ours >= 10 ? Math.round(theirs / ours) : (theirs / ours).toFixed(1)}×`
    : '—';

function documentTable(results, form) {
  const rows = results.documents.filter((r) => r.form === form);
  const sizes = [...new Set(rows.map((r) => r.size))];
  const of = (size, isOurs) => rows.find((r) => r.size === size && (r.server === pipewright.name) === isOurs);
  const head = `| | ${sizes.map((s) => `${s.toLocaleString('en')} lines`).join(' | ')} |\n| --- |${' --- |'.repeat(sizes.length)}`;
  const lines = figures.map(([title, unit, read]) => {
    const cells = sizes.map((size) => {
      const [ours, theirs] = [of(size, true), of(size, false)].map((r) => (r.failure ? r.failure : read(r)));
      return `${show(ours)} / ${show(theirs)} (${ratio(ours, theirs)})`;
    });
    return `| ${title}, ${unit} | ${cells.join(' | ')} |`;
  });
  return `Pipewright / ${rows.find((r) => r.server !== pipewright.name).server} (ratio):\n\n${head}\n${lines.join('\n')}`;
}

/** By which power a cost grows from the smallest to the largest: 1 is linear. */
function exponent(points) {
  const usable = points.filter(([, y]) => typeof y === 'number' && y > 0);
  if (usable.length < 2) {
    return '—';
  }

  const xs = usable.map(([x]) => Math.log(x));
  const ys = usable.map(([, y]) => Math.log(y));
  const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const slope = xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i] - my), 0) / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  return slope.toFixed(2);
}

function growthTable(results) {
  const rows = Object.keys({ spec: 0, git: 0 }).flatMap((form) =>
    figures.map(([title, , read]) => {
      const of = (isOurs) =>
        results.documents
          .filter((r) => r.form === form && !r.failure && (r.server === pipewright.name) === isOurs)
          .map((r) => [r.size, read(r)]);
      return `| ${title}, ${form} form | ${exponent(of(true))} | ${exponent(of(false))} |`;
    }),
  );
  return `| cost, by the number of lines | Pipewright | the other |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

function factoryTable(results) {
  const head =
    '| resources | start to all findings | memory then | edit to all findings that it changes, median / p99 | 500 files checked out | memory at the end | processor time in 5 idle seconds |\n| --- | --- | --- | --- | --- | --- | --- |';
  const lines = results.factories.map(
    (f) =>
      `| ${f.count.toLocaleString('en')} | ${show(f.cold)} ms | ${show(f.memory?.now)} MiB | ${show(f.edit.p50)} / ${show(f.edit.p99)} ms | ${show(f.checkout)} ms | ${show(f.memoryAfter?.now)} MiB | ${show(f.idle)} ms |`,
  );
  return `${head}\n${lines.join('\n')}\n\nStart to all findings grows with the power ${exponent(results.factories.map((f) => [f.count, f.cold]))} of the number of resources.`;
}

/** Prints the tables, and puts them in their place in a document. */
export function writeReport(results, file) {
  const corpus = results.corpus
    ? `Real pipelines, one after the other, each from opening it to its findings (${results.corpus.files} files): ${Object.entries(
        results.corpus.servers,
      )
        .map(([name, r]) => `${name} ${show(r.total ?? r.failure)} ms`)
        .join(', ')}.`
    : '';
  const text = [
    `Measured on ${results.machine}.`,
    '### A pipeline in the spec form',
    documentTable(results, 'spec'),
    '### A pipeline in the Git form',
    documentTable(results, 'git'),
    corpus,
    '### How cost grows',
    'The power of the size that it grows with; 1 is linear, 0 is not at all.',
    growthTable(results),
    '### A whole factory',
    factoryTable(results),
  ]
    .filter(Boolean)
    .join('\n\n');
  console.log(text);
  if (file) {
    const document = readFileSync(file, 'utf8');
    const [from, to] = [document.indexOf(begin) + begin.length, document.indexOf(end)];
    writeFileSync(file, `${document.slice(0, from)}\n\n${text}\n\n${document.slice(to)}`);
  }
}
