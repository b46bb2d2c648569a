// `npm run measure:vscode`: how long the extension takes to start, and how long it takes from a text on the screen to its first finding, beside what
// the usual YAML language server takes for the same text on the same machine. Measured in windows that were just opened, as many as are asked for.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { buildArtifacts, vsixFile } from '../../extension/build/artifacts.mjs';
import { at } from '../../extension/build/run.mjs';
import { packStandIn } from './standIns.mjs';
import { openWorkbench } from './workbench.mjs';

const rounds = Number(process.argv[2] ?? 5);
const first = 'ingest_tables.pipeline.yaml';
const second = 'load_warehouse.pipeline.yaml';
const schema = at('schemas', 'published', 'spec', 'pipeline.schema.json');

/** Each with what is installed and how it is called in the list of what runs. */
const contestants = [
  { title: 'Pipewright', name: 'Pipewright', vsix: async () => [vsixFile], settings: {} },
  {
    title: 'yaml-language-server',
    name: 'YAML (stand-in)',
    vsix: async (scratch) => [await packStandIn('yaml', scratch)],
    settings: { 'yaml.schemas': { [schema]: '*.pipeline.yaml' }, 'yaml.schemaStore.enable': false },
  },
];

/** A copy of the sample whose pipelines end in a list that is not closed: a mistake that both see without knowing anything of pipelines. */
async function makeSample(scratch) {
  const folder = path.join(scratch, 'medallion');
  await cp(at('samples', 'medallion'), folder, { recursive: true });
  for (const name of [first, second]) {
    const file = path.join(folder, 'pipelines', name);
    await writeFile(file, `annotations: [a\n${await readFile(file, 'utf8')}`);
  }
  return folder;
}

/** Opens a file and gives the milliseconds between its text and its first finding being on the screen. */
async function timeOf(workbench, name) {
  const { page } = workbench;
  await page.evaluate(() => {
    const seen = (globalThis.seen = {});
    const look = () => {
      const shows = (selector) =>
        [...document.querySelectorAll(`.editor-instance ${selector}`)].some(
          (element) => element.textContent !== '' || element.clientWidth > 0,
        );
      seen.finding ??= shows('.squiggly-error') ? performance.now() : undefined;
      if (seen.isWaiting && !seen.text && shows('.view-line')) {
        seen.text = performance.now();
      }
      if (!seen.finding || !seen.text) {
        requestAnimationFrame(look);
      }
    };
    look();
  });
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill(`"${name}"`);
  const row = page.locator('.quick-input-list .monaco-list-row .label-name').getByText(name, { exact: true }).first();
  await row.waitFor();
  await page.evaluate((tab) => {
    const wait = () => {
      const isOpen = [...document.querySelectorAll('.tab.active')].some((element) => element.textContent.includes(tab));
      if (isOpen) {
        globalThis.seen.isWaiting = true;
      } else {
        requestAnimationFrame(wait);
      }
    };
    wait();
  }, name);
  await row.click();
  await page.waitForFunction(() => globalThis.seen.text && globalThis.seen.finding);
  return page.evaluate(() => globalThis.seen.finding - globalThis.seen.text);
}

/** What VS Code says that loading the code and calling `activate` took, in milliseconds. */
async function activationOf(workbench, name) {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: name });
  await workbench.page.locator('.runtime-extensions-editor .monaco-list-row').first().waitFor();
  for (let tries = 0; tries < 20 && (await row.count()) === 0; tries++) {
    await workbench.page.locator('.runtime-extensions-editor .monaco-list').first().hover();
    await workbench.page.mouse.wheel(0, 300);
    await workbench.page.waitForTimeout(200);
  }
  return Number(/Activation: (\d+)ms/.exec(await row.first().innerText())[1]);
}

async function measure({ name, vsix, settings }) {
  const scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-measure-'));
  const workbench = await openWorkbench({ folder: await makeSample(scratch), scratch, settings, vsix: await vsix(scratch) });
  try {
    const cold = await timeOf(workbench, first);
    // What is on the screen already is no finding of the next text.
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    const warm = await timeOf(workbench, second);
    return { cold, warm, activation: await activationOf(workbench, name) };
  } finally {
    await workbench.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const told = (values) => `${Math.round(median(values))} (${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))})`;

await buildArtifacts();
const results = new Map(contestants.map(({ title }) => [title, []]));
for (let round = 0; round < rounds; round++) {
  // In turns, so that what else the machine does meets all alike.
  for (const contestant of contestants) {
    const result = await measure(contestant);
    results.get(contestant.title).push(result);
    console.error(contestant.title, result);
  }
}
console.log(`${cpus().length} cores, ${rounds} windows each; milliseconds, the middle one (from the least to the most)\n`);
console.log('| | activation | text to first finding, in a new window | in a window that is in use |\n| --- | --- | --- | --- |');
for (const [title, all] of results) {
  const columns = ['activation', 'cold', 'warm'].map((name) => told(all.map((result) => result[name])));
  console.log(`| ${[title, ...columns].join(' | ')} |`);
}
process.exit(0);
