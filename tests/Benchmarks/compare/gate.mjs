// Holds the server as it is now against its build of the commit before, both measured in turns in one run, and fails where it has become slower or larger.
//
//   npm run gate                       the files as they are, against the last commit with other sources
//   npm run gate -- v1.2.0             against another commit
//     --before FILE --after FILE       executables that are there already
//     --bound 1.25                     the ratio from which on it is a regression
//     --quick                          few rounds, for a look
//
// What is slower in one round is measured once more; only what is slower in both is a regression, so that noise is none.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(join(here, 'node_modules', 'echarts'))) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
}

const { buildOf, commitBefore, currentBuild } = await import('./builds.mjs');
const { writeFactory } = await import('./factory.mjs');
const { measure, measureStarts } = await import('./measure.mjs');
const { forms, pipewright } = await import('./servers.mjs');
const { median, percentile } = await import('./statistics.mjs');
const { gitText, marked, specText } = await import('./texts.mjs');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    before: { type: 'string' },
    after: { type: 'string' },
    bound: { type: 'string', default: '1.25' },
    quick: { type: 'boolean', default: false },
  },
});
const bound = Number(options.bound);
/** Turns are taken as before, after, after, before: what the machine does more of as time goes by falls on both. */
const turns = (options.quick ? 'ABBAABBA' : 'ABBAABBAABBA').split('');
const effort = options.quick
  ? { starts: 6, rounds: 6, letters: 10, budget: 2_000 }
  : { starts: 20, rounds: 15, letters: 25, budget: 4_000 };

/** A difference that nobody can see is none, whatever its ratio. */
const least = { ms: 0.3, MiB: 2 };

const documents = [
  { name: '1,100 lines of the spec form', form: forms.spec, text: specText(1_100) },
  { name: '11,000 lines of the spec form', form: forms.spec, text: specText(11_000) },
  { name: '11,000 lines of the Git form', form: forms.git, text: gitText(11_000) },
];
const figures = [
  ['edit to findings', 'ms', (r) => quarter(r.editToDiagnostics)],
  ['edit to completion', 'ms', (r) => quarter(r.editToCompletion)],
  ['processor time of all of that', 'ms', (r) => r.processorTime],
  ['memory', 'MiB', (r) => r.memory?.now],
];
const resources = 1_000;

/** Of each life the lower quartile, which work of others reaches less than the median. */
const quarter = (times) => (Array.isArray(times) ? percentile(times, 0.25) : null);

const builds = {
  A: { ...pipewright, name: 'before', command: options.before ?? (await buildOf(positionals[0] ?? commitBefore())) },
  B: { ...pipewright, name: 'after', command: options.after ?? (await currentBuild()) },
};
if (loadavg()[0] > cpus().length) {
  console.error(`Others use this machine (load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores): what is found slower may not be.`);
}

const folder = mkdtempSync(join(tmpdir(), 'pipewright-gate-'));
try {
  const first = await round();
  console.log(table(first));
  const slower = first.filter(isRegression);
  const confirmed = slower.length === 0 ? [] : again(slower, await round(slower));
  console.log(
    slower.length === 0
      ? '\nNothing has become slower or larger.'
      : `\nMeasured once more, ${confirmed.length} of ${slower.length} are confirmed.`,
  );
  if (confirmed.length > 0) {
    console.log(table(confirmed));
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Measures all; or, for a second look, only what `wanted` has something of. */
async function round(wanted = null) {
  const rows = [];
  for (const { name, form, text } of documents.filter((d) => !wanted || wanted.some((w) => w.of === d.name))) {
    console.error(name);
    const document = marked(text, form.isJson);
    const { before, after } = await measureStarts([builds.A, builds.B], form, document, prepared('one'), effort);
    rows.push(row(name, 'start to initialize', 'ms', { A: before.initialize ?? [], B: after.initialize ?? [] }));
    rows.push(row(name, 'start to first findings', 'ms', { A: before.firstDiagnostics ?? [], B: after.firstDiagnostics ?? [] }));
    const lives = await inTurns((kind) => measure(kind, form, document, prepared('one'), effort));
    rows.push(...figures.map(([title, unit, read]) => row(name, title, unit, { A: lives.A.map(read), B: lives.B.map(read) })));
  }

  const name = `a factory of ${resources.toLocaleString('en')} resources`;
  if (!wanted || wanted.some((w) => w.of === name)) {
    console.error(name);
    const where = prepared('factory');
    writeFactory(where, resources);
    rows.push(row(name, 'validate', 'ms', await inTurns((kind) => validate(kind, where))));
  }

  return rows;
}

async function inTurns(action) {
  const found = { A: [], B: [] };
  for (const turn of turns) {
    found[turn].push(await action(builds[turn]));
  }

  return found;
}

function prepared(name) {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
}

function validate(kind, where) {
  const started = performance.now();
  try {
    execFileSync(kind.command, ['validate', where, '--output', 'json'], { stdio: 'ignore' });
  } catch (error) {
    // The factory has mistakes, which is told by 1.
    if (error.status !== 1) {
      throw error;
    }
  }

  return performance.now() - started;
}

/** The ratio is the less of that of the medians and that of the minima: work of others makes single turns slower, never quicker. */
function row(of, title, unit, { A, B }) {
  const [before, after] = [A, B].map((values) => values.filter((v) => typeof v === 'number'));
  if (before.length < Math.max(A.length, 1) || after.length < Math.max(B.length, 1)) {
    return { of, title, unit, before: null, after: null, ratio: after.length < before.length ? Infinity : 1 };
  }

  const ratio = Math.min(median(after) / median(before), Math.min(...after) / Math.min(...before));
  return { of, title, unit, before: median(before), after: median(after), ratio };
}

function isRegression({ before, after, unit, ratio }) {
  return ratio > bound && (before === null || after - before > least[unit]);
}

function again(slower, second) {
  return second.filter((row) => isRegression(row) && slower.some((s) => s.of === row.of && s.title === row.title));
}

function table(rows) {
  const number = (value) => (value === null ? 'fails' : value.toFixed(1));
  const lines = rows.map(
    (r) =>
      `| ${r.of} | ${r.title}, ${r.unit} | ${number(r.before)} | ${number(r.after)} | ${r.ratio.toFixed(2)}${isRegression(r) ? ' **slower**' : ''} |`,
  );
  return `| | | before | after | ratio |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}`;
}
