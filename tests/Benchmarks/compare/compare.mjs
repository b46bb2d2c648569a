// Measures this language server beside those that people use now, with the same client on the same documents in one run, and writes
// the tables and plots of docs/performance.md.
//
//   npm run compare                          everything
//   npm run compare -- spec git corpus factories   only these parts; what was measured of the others before stays
//   npm run compare -- parts                 parts of the server, each by itself, by BenchmarkDotNet; not one of everything
//   npm run compare -- report                measures nothing, writes tables and plots anew from what was measured last
//     --ours                                 this server only; what was measured of the others before stays
//     --sizes 100,1000  --resources 50,500   other documents and factories
//     --budget MS                            the most time for each figure
//     --quick                                a look: small sizes, few rounds, prints the tables and leaves docs/ alone
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(join(here, 'node_modules', 'echarts'))) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
}

const { forms, pipewright, root } = await import('./servers.mjs');
const { measure, measureFiles, measureStarts } = await import('./measure.mjs');
const { measureParts, partsText } = await import('./parts.mjs');
const { inSpecForm, readCorpus } = await import('./corpus.mjs');
const { measureFactory } = await import('./factory.mjs');
const { gitText, marked, specText } = await import('./texts.mjs');
const { writeReport } = await import('./report.mjs');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    ours: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    resources: { type: 'string' },
    budget: { type: 'string' },
  },
});
const everything = [...Object.keys(forms), 'corpus', 'factories'];
const parts = positionals.length === 0 ? everything : positionals;
const unknown = parts.find((part) => ![...everything, 'parts', 'report'].includes(part));
if (unknown) {
  throw new Error(`There is no part '${unknown}'. Parts are ${everything.join(', ')}, parts and report.`);
}

const numbers = (text) => text?.split(',').map(Number);
const sizes = numbers(options.sizes) ?? (options.quick ? [100, 300, 1_000] : [100, 300, 1_000, 3_000, 11_000, 30_000, 50_000]);
/** The others are measured on these, which is enough to see how they grow. */
const sizesOfPeers = numbers(options.sizes) ?? [100, 1_000, 11_000, 50_000];
const resources = numbers(options.resources) ?? (options.quick ? [50, 150] : [50, 150, 500, 1_500, 5_000]);
const budget = Number(options.budget ?? (options.quick ? 1_500 : 5_000));
const effort = options.quick ? { starts: 2, rounds: 8, letters: 20, budget } : { starts: 5, rounds: 50, letters: 150, budget };

const file = join(root, 'artifacts', options.quick ? 'compare-quick.json' : 'compare.json');
const results = {
  machine: null,
  documents: [],
  corpus: {},
  factories: [],
  ...(existsSync(file) && !options.quick ? JSON.parse(readFileSync(file)) : {}),
};
const folder = mkdtempSync(join(tmpdir(), 'pipewright-compare-'));
try {
  for (const part of parts.filter((p) => everything.includes(p))) {
    results.machine = `${cpus().length} cores of ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
    await (part in forms ? compareDocuments(part) : part === 'corpus' ? compareCorpus() : growFactories());
  }

  if (parts.includes('parts')) {
    say('parts of the server');
    measureParts({ isQuick: options.quick });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const ofParts = parts.some((p) => p === 'parts' || p === 'report') ? partsText({ isQuick: options.quick }) : null;
writeReport(results, ofParts, options.quick ? null : join(root, 'docs'), join(dirname(file), 'plots'));

async function compareDocuments(part) {
  const form = forms[part];
  const where = join(folder, 'one');
  mkdirSync(where, { recursive: true });
  for (const size of sizes) {
    const document = marked(form.isJson ? gitText(size) : specText(size), form.isJson);
    const servers = options.ours || !sizesOfPeers.includes(size) ? [pipewright] : [pipewright, form.peer];
    const starts = await measureStarts(servers, form, document, where, effort);
    for (const kind of servers) {
      say(`${part}, ${size} lines, ${kind.name}`);
      const measured = starts[kind.name].failure ? {} : await tried(() => measure(kind, form, document, where, effort));
      keep('documents', { form: part, size, lines: document.lineCount, server: kind.name, ...measured, ...starts[kind.name] });
    }
  }
}

async function compareCorpus() {
  const files = readCorpus(options.quick ? 20 : 200);
  if (!files) {
    say('PIPEWRIGHT_CORPUS names no folder, so nothing is measured on real factories');
    return;
  }

  const where = join(folder, 'real');
  mkdirSync(where);
  for (const [name, form] of Object.entries(forms)) {
    const ofForm = form.isJson ? files : inSpecForm(files);
    for (const kind of options.ours ? [pipewright] : [pipewright, form.peer]) {
      say(`${ofForm.length} real files, ${kind.name}`);
      results.corpus[name] = { ...results.corpus[name], files: ofForm.length };
      results.corpus[name][kind.name] = await tried(() => measureFiles(kind, form, ofForm, where));
    }
  }

  save();
}

async function growFactories() {
  for (const count of resources) {
    say(`a factory of ${count} resources`);
    const where = join(folder, `factory${count}`);
    mkdirSync(where);
    keep('factories', { size: count, ...(await tried(() => measureFactory(pipewright, where, count, effort))) });
    rmSync(where, { recursive: true, force: true });
  }
}

/** Takes the place of what was measured of the same before, and is kept at once: a run that is ended loses nothing. */
function keep(list, row) {
  results[list] = [...results[list].filter((r) => r.form !== row.form || r.size !== row.size || r.server !== row.server), row];
  save();
}

function save() {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(results, null, 1));
}

/** A server that fails at something is shown as such; the comparison goes on. */
async function tried(action) {
  try {
    return await action();
  } catch (error) {
    return { failure: error.message.split('\n')[0] };
  }
}

function say(text) {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}
