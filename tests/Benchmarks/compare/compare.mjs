// Measures this language server beside those that people use now, with the same client on the same documents in one run, and writes
// docs/performance.md's tables. `npm run compare`; `npm run compare -- --quick` for a look, `-- --budget MS` for more or less time
// for each figure, `-- --sizes 100,1000` for other documents.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(join(here, 'node_modules'))) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
}

const { forms, pipewright, root } = await import('./servers.mjs');
const { measure, measureFiles } = await import('./measure.mjs');
const { measureFactory } = await import('./factory.mjs');
const { gitText, marked, specText } = await import('./texts.mjs');
const { writeReport } = await import('./report.mjs');

const isQuick = process.argv.includes('--quick');
const option = (name) => process.argv[process.argv.indexOf(name) + 1 || process.argv.length];
const sizes = option('--sizes')?.split(',').map(Number) ?? (isQuick ? [100, 1_000] : [100, 1_000, 11_000, 50_000]);
const effort = isQuick ? { rounds: 8, budget: 2_000 } : { rounds: 50, budget: Number(option('--budget') ?? 20_000) };
const folder = mkdtempSync(join(tmpdir(), 'pipewright-compare-'));
const results = {
  machine: `${cpus().length} cores of ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
  documents: [],
  corpus: null,
  factories: [],
};

try {
  mkdirSync(join(folder, 'one', 'pipeline'), { recursive: true });
  for (const [name, form] of Object.entries(forms)) {
    for (const size of sizes) {
      const document = marked(form.isJson ? gitText(size) : specText(size), form.isJson);
      for (const kind of [pipewright, form.peer]) {
        results.documents.push({
          form: name,
          size,
          server: kind.name,
          ...(await tried(() => measure(kind, form, document, join(folder, 'one'), effort))),
        });
        console.error(`${name} ${size} ${kind.name}`);
      }
    }
  }

  const corpus = process.env.PIPEWRIGHT_CORPUS;
  if (corpus && existsSync(corpus)) {
    const files = corpusFiles(corpus).slice(0, isQuick ? 20 : 400);
    results.corpus = { files: files.length, servers: {} };
    for (const kind of [pipewright, forms.git.peer]) {
      results.corpus.servers[kind.name] = await tried(() => measureFiles(kind, forms.git, files, join(folder, 'one')));
    }
  }

  for (const count of isQuick ? [500] : [500, 1_000, 2_000, 5_000]) {
    const where = join(folder, `factory${count}`);
    mkdirSync(where);
    results.factories.push({ count, ...(await measureFactory(pipewright, where, count, effort)) });
    console.error(`factory of ${count}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

mkdirSync(join(root, 'artifacts'), { recursive: true });
writeFileSync(join(root, 'artifacts', isQuick ? 'compare-quick.json' : 'compare.json'), JSON.stringify(results, null, 2));
writeReport(results, isQuick ? null : join(root, 'docs', 'performance.md'));

/** A server that fails at something is shown as such; the comparison goes on. */
async function tried(action) {
  try {
    return await action();
  } catch (error) {
    return { failure: error.message.split('\n')[0] };
  }
}

function corpusFiles(corpus) {
  const pipelines = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter(
    (e) => e.isFile() && e.name.endsWith('.json') && /pipeline$/.test(e.parentPath),
  );
  return pipelines.map((e) => readFileSync(join(e.parentPath, e.name), 'utf8'));
}
