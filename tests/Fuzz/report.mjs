// Writes the table of the long runs in docs/reliability.md out of their result files; with `--check` only tells whether it is as they say.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { at } from '../../extension/build/run.mjs';

const page = at('docs', 'reliability.md');
const results = at('tests', 'Fuzz', 'results');
const [begin, end] = ['<!-- long runs: written by tests/Fuzz/report.mjs -->', '<!-- end of the long runs -->'];
const order = [
  'prefixes',
  'mutations',
  'edits',
  'expressions',
  'notebooks',
  'settings',
  'hostile',
  'frames',
  'messages',
  'cancellations',
  'soak',
];

/** The page with the table that the result files make. */
async function makePage() {
  const text = await readFile(page, 'utf8');
  const [head, rest] = text.split(begin);
  const [, tail] = rest.split(end);
  const files = (await readdir(results)).filter((file) => file.endsWith('.json'));
  const runs = await Promise.all(files.map(async (file) => JSON.parse(await readFile(at('tests', 'Fuzz', 'results', file), 'utf8'))));
  runs.sort((a, b) => order.indexOf(a.suite) - order.indexOf(b.suite));
  return [text, `${head}${begin}\n\n${table(runs)}\n\n${end}${tail}`];
}

function table(runs) {
  const rows = runs.map((run) => {
    const measures = Object.entries(run.measures).map(([name, value]) => `${name}: ${number(value)}`);
    return `| \`${run.suite}\` | ${run.what} | ${number(run.tries)} | ${run.findings} | ${[`${number(Math.round(run.seconds))} s`, ...measures].join('; ')} |`;
  });
  return ['| suite | one try, and what must hold | tries | findings | |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

const number = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

export async function writeTable() {
  await writeFile(page, (await makePage())[1]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [text, wanted] = await makePage();
  if (process.argv.includes('--check')) {
    process.exitCode = text === wanted ? 0 : 1;
  } else {
    await writeTable();
  }
}
