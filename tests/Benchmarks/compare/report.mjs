// The measured tables as text and the plots as pictures, and their places: docs/images, and docs/performance.md between marks.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aimsTable } from './aims.mjs';
import { factoryFigures, figures, median, pointsOf, ratio, show, showRatio } from './figures.mjs';
import { draw } from './plots.mjs';
import { forms, pipewright } from './servers.mjs';
import { exponent, percentile } from './statistics.mjs';

const marks = { all: '<!-- measured: npm run compare -->', parts: '<!-- measured: npm run compare -- parts -->' };
const end = '<!-- end of what is measured -->';

const nameOfForm = { spec: 'spec form', git: 'Git form' };

const titles = {
  'first-findings': 'Start to first findings',
  'edit-to-findings': 'Edit to findings',
  'edit-to-completion': 'Edit to completion',
  hover: 'Hover',
  outline: 'Outline',
  memory: 'Memory after all of that and six seconds of rest',
  'factory-start': 'A factory, from start to all findings',
  'factory-edit': 'A factory, from an edit to all findings that it changes',
  'factory-checkout': 'A factory, a tenth of its files checked out',
  'factory-memory': 'A factory, memory',
};

const rowsOf = (results, form, server) => results.documents.filter((r) => r.form === form && r.server === server.name);

function documentTable(results, form) {
  const theirs = rowsOf(results, form, forms[form].peer);
  const ours = rowsOf(results, form, pipewright).filter((r) => theirs.length === 0 || theirs.some((t) => t.size === r.size));
  const sizes = ours.map((r) => r.size).sort((a, b) => a - b);
  const cells = (read) =>
    sizes.map((size) => {
      const [our, their] = [ours, theirs].map((rows) => rows.find((r) => r.size === size)).map((r) => (r ? (r.failure ?? read(r)) : null));
      return `${show(our)} / ${show(their)} (${showRatio(ratio(our, their))})`;
    });
  const head = `| Pipewright / ${forms[form].peer.name} (ratio) | ${sizes.map((s) => `${s.toLocaleString('en')} lines`).join(' | ')} |`;
  const lines = figures.map(({ title, unit, read }) => `| ${title}, ${unit} | ${cells(read).join(' | ')} |`);
  const reasons = failures([...ours, ...theirs]);
  return `${head}\n| --- |${' --- |'.repeat(sizes.length)}\n${lines.join('\n')}${reasons.length > 0 ? `\n\nWhat fails, and why: ${reasons.join('; ')}.` : ''}`;
}

/** Why something could not be measured: of a whole document, or of one thing that was asked. */
function failures(rows) {
  const names = { editToDiagnostics: 'edit to findings', editToCompletion: 'edit to completion' };
  return rows.flatMap((row) => {
    const of = `${row.server} in ${row.size.toLocaleString('en')} lines`;
    const parts = Object.entries(row).filter(([, value]) => value?.failure);
    return row.failure ? [`${of} (${row.failure})`] : parts.map(([part, { failure }]) => `${names[part] ?? part} of ${of} (${failure})`);
  });
}

const showPower = (value) => (value === null ? '—' : value === 0 ? 'does not grow' : value.toFixed(2));

function growthTable(results) {
  const servers = (form) => [pipewright, forms[form].peer];
  const shown = Object.keys(forms).filter((form) => rowsOf(results, form, pipewright).length > 0);
  const head = shown.flatMap((form) => servers(form).map((s) => `${s.name}, ${nameOfForm[form]}`));
  const lines = figures.map(({ title, read }) => {
    const cells = shown.flatMap((form) =>
      servers(form).map((server) => showPower(exponent(pointsOf(rowsOf(results, form, server), read)))),
    );
    return `| ${title} | ${cells.join(' | ')} |`;
  });
  return `| by the number of lines | ${head.join(' | ')} |\n| --- |${' --- |'.repeat(head.length)}\n${lines.join('\n')}`;
}

function factoryTable({ factories }) {
  const rows = factories.filter((f) => !f.failure).sort((a, b) => a.size - b.size);
  const head = `| resources | ${rows.map((f) => f.size.toLocaleString('en')).join(' | ')} | grows with the power |`;
  const lines = factoryFigures.map(
    (f) =>
      `| ${f.title}, ${f.unit} | ${rows.map((r) => show(f.read(r))).join(' | ')} | ${f.plot ? showPower(exponent(pointsOf(rows, f.read))) : ''} |`,
  );
  return `${head}\n| --- |${' --- |'.repeat(rows.length + 1)}\n${lines.join('\n')}`;
}

function corpusTable({ corpus }) {
  const lines = Object.entries(forms).flatMap(([form, { peer }]) =>
    [pipewright, peer].flatMap((server) => {
      const r = corpus[form]?.[server.name];
      const cells = r?.times
        ? [show(median(r.times)), show(percentile(r.times, 0.99)), show(r.times.reduce((a, b) => a + b, 0)), show(r.memory?.now)]
        : [r?.failure ? 'fails' : '—', '—', '—', '—'];
      return r ? [`| ${corpus[form].files} files, ${nameOfForm[form]} | ${server.name} | ${cells.join(' | ')} |`] : [];
    }),
  );
  return `| | | each, median, ms | each, p99, ms | all, ms | memory, MiB |\n| --- | --- | --- | --- | --- | --- |\n${lines.join('\n')}`;
}

/** The pictures: their names, and SVG. */
function drawAll(results) {
  const pictures = {};
  for (const plot of new Set(figures.map((f) => f.plot).filter(Boolean))) {
    const shown = figures.filter((f) => f.plot === plot);
    const panels = Object.keys(forms).map((form) => ({
      title: `a pipeline in the ${nameOfForm[form]}`,
      x: 'lines',
      y: shown[0].unit,
      series: shown.flatMap((f, i) =>
        // Of the others only the median, to keep the picture clear.
        [pipewright, ...(i === 0 ? [forms[form].peer] : [])].map((server) => ({
          name: nameOfLine(server.name, f, pointsOf(rowsOf(results, form, server), f.read), i),
          points: pointsOf(rowsOf(results, form, server), f.read),
          colour: server === pipewright ? 0 : 1,
          isDashed: i > 0,
        })),
      ),
    }));
    addPicture(pictures, plot, panels);
  }

  for (const plot of new Set(factoryFigures.map((f) => f.plot).filter(Boolean))) {
    const shown = factoryFigures.filter((f) => f.plot === plot);
    const series = shown.map((f, i) => {
      const points = pointsOf(results.factories, f.read);
      const name = plot === 'factory-memory' ? f.title : i > 0 ? 'p99' : shown.length > 1 ? 'median' : 'Pipewright';
      return { name: `${name}: ${inWords(exponent(points))}`, points, colour: 0, isDashed: i > 0 };
    });
    addPicture(pictures, plot, [{ title: '', x: 'resources', y: shown[0].unit, series }]);
  }

  return pictures;
}

function addPicture(pictures, plot, panels) {
  const drawable = panels.map((p) => ({ ...p, series: p.series.filter((s) => s.points.length > 1) })).filter((p) => p.series.length > 0);
  if (drawable.length > 0) {
    pictures[`growth-${plot}.svg`] = { title: titles[plot], svg: draw(titles[plot], drawable) };
  }
}

const inWords = (power) => (power ? `size^${power.toFixed(2)}` : 'does not grow');

const nameOfLine = (server, figure, points, i) => `${server}${i > 0 ? ', p99' : ''}: ${inWords(exponent(points))}`;

/**
 * Prints the tables, and puts them and the pictures in their places. What has not been measured keeps what it says.
 * @param parts What is said of the parts; null for nothing.
 * @param docs The folder of the documentation; null for leaving it alone: pictures are put into `plots` then.
 */
export function writeReport(results, parts, docs, plots) {
  const texts = { parts };
  if (results.documents.length + results.factories.length > 0) {
    const pictures = drawAll(results);
    const images = docs ? join(docs, 'images') : plots;
    mkdirSync(images, { recursive: true });
    Object.entries(pictures).forEach(([name, { svg }]) => writeFileSync(join(images, name), svg));
    texts.all = allText(results, pictures);
  }

  Object.values(texts).forEach((text) => text && console.log(text));
  if (docs) {
    const file = join(docs, 'performance.md');
    writeFileSync(
      file,
      Object.entries(marks).reduce(
        (page, [part, mark]) => (texts[part] ? between(page, mark, texts[part]) : page),
        readFileSync(file, 'utf8'),
      ),
    );
  }
}

function between(page, mark, text) {
  const from = page.indexOf(mark) + mark.length;
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(page.indexOf(end, from))}`;
}

function allText(results, pictures) {
  const shown = Object.keys(forms).filter((form) => rowsOf(results, form, pipewright).length > 0);
  return [
    `Measured on ${results.machine}.`,
    '### What is aimed at',
    aimsTable(results),
    ...shown.flatMap((form) => [`### A pipeline in the ${nameOfForm[form]}`, documentTable(results, form)]),
    ...(Object.keys(results.corpus).length > 0
      ? ['### Real files', 'Of all kinds and sizes, one after the other, each from opening it to its findings:', corpusTable(results)]
      : []),
    ...(results.factories.length > 0
      ? [
          '### A whole factory',
          'Half of it pipelines of ten activities. The edit is in a dataset that twenty open pipelines use, and changes what is found in all of them.',
          factoryTable(results),
        ]
      : []),
    '### How cost grows',
    'The power of the size that a cost grows with, 1 is in proportion: the *k* of *c + b · sizeᵏ*, fitted to all sizes by least squares of the relative errors, where *c* is a fixed part. What at the ' +
      'largest size is less than twice what it is at the smallest is said not to grow. In the pictures both axes are logarithmic, and the dotted line is what grows in proportion.',
    ...(shown.length > 0 ? [growthTable(results)] : []),
    ...Object.entries(pictures).map(([name, { title }]) => `![${title}, by size](images/${name})`),
  ].join('\n\n');
}
