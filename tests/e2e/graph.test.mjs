// The graph beside the text, as a person sees it: it follows the text and the cursor, leads back to the text, is reached by keys alone, and shows a run.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at } from '../../extension/build/run.mjs';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { openWorkbench } from './workbench.mjs';

const pipeline = `description: What a harbour does with the orders of a day
parameters:
  day: { type: string, defaultValue: "2024-05-01" }
activities:
  - name: List stores
    type: Lookup
    dataset: { referenceName: AzureSqlQuery, parameters: { database: control } }
    source: { type: AzureSqlSource, sqlReaderQuery: "select name from stores" }
    firstRowOnly: false
  - name: For each store
    type: ForEach
    dependsOn: [List stores]
    items: "@createArray('north', 'south')"
    activities:
      - name: Copy orders
        type: Copy
        inputs: [{ referenceName: SalesTable, parameters: { schema: dbo, table: orders } }]
        outputs: [{ referenceName: BronzeParquet, parameters: { source: sales, entity: orders, date: "@pipeline().parameters.day" } }]
        source: { type: SqlServerSource }
        sink: { type: ParquetSink, storeSettings: { type: AzureBlobFSWriteSettings }, formatSettings: { type: ParquetWriteSettings } }
      - name: Clean orders
        type: DatabricksNotebook
        dependsOn: [Copy orders]
        linkedServiceName: Databricks
        notebookPath: /Shared/clean
      - name: Keep what is odd
        type: Wait
        dependsOn: { Clean orders: Failed }
        waitTimeInSeconds: 1
  - name: Is it month end
    type: IfCondition
    dependsOn: { For each store: Completed }
    expression: "@equals(1, 1)"
    ifTrueActivities:
      - name: Close the month
        type: ExecutePipeline
        pipeline: close_month
        waitOnCompletion: true
      - { name: Wait for the books, type: Wait, waitTimeInSeconds: 1, dependsOn: [Close the month] }
    ifFalseActivities:
      - { name: Nothing to close, type: Wait, waitTimeInSeconds: 1 }
  - { name: Archive, type: Wait, state: Inactive, onInactiveMarkAs: Succeeded, waitTimeInSeconds: 1, dependsOn: [Is it month end] }
  - name: Tell the harbour
    type: Wait
    dependsOn: { For each store: [Failed, Skipped] }
    waitTimeInSeconds: 1
`;
const file = 'load_day.pipeline.yaml';
/** The line, from 1, that holds a text. */
const lineOf = (text) => pipeline.split('\n').findIndex((line) => line.includes(text)) + 1;
const widen = {
  key: 'Control+Alt+W',
  command: 'vscode.setEditorLayout',
  args: { orientation: 0, groups: [{ size: 0.3 }, { size: 0.7 }] },
};
let folder;
let scratch;
let emulator;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  folder = path.join(scratch, 'medallion');
  await cp(at('samples', 'medallion'), folder, { recursive: true });
  await writeFile(path.join(folder, 'pipelines', file), pipeline);
  const child = 'activities:\n  - { name: Close, type: Wait, waitTimeInSeconds: 2 }\n';
  await writeFile(path.join(folder, 'pipelines', 'close_month.pipeline.yaml'), child);
  emulator = await startEmulator(path.join(scratch, 'emulator'));
  workbench = await openWorkbench({
    folder,
    scratch,
    settings: { ...emulatorSettings(emulator.address), 'workbench.colorTheme': 'Light Modern' },
    prepare: ({ userData }) =>
      writeFile(
        path.join(userData, 'User', 'keybindings.json'),
        JSON.stringify([{ ...widen, key: widen.key.toLowerCase().replace('control', 'ctrl') }]),
      ),
  });
});

after(async () => {
  await workbench?.close();
  emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
});

const node = (graph, name) => graph.locator(`.node[data-id="${name}"]`);
/** Gives the graph most of the window: by a key of its own, as what is dragged on a busy machine stays at the mouse when a view takes the release. */
async function widenGraph() {
  await workbench.page.keyboard.press(widen.key);
  await workbench.page.waitForFunction(() => {
    const [texts, graph] = [...document.querySelectorAll('.editor-group-container')].map((group) => group.offsetWidth);
    return graph > 2 * texts;
  });
}

/** Gives the pipeline's text the focus, with its tab: a key that is pressed in a view may come to nothing. */
async function openText() {
  await workbench.page.locator('.tab', { hasText: file }).first().click();
  await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor();
}
/** The ids of the graph's nodes, once the one that is named is there. */
async function namesOf(graph, name) {
  await node(graph, name).waitFor();
  return graph.locator('.node').evaluateAll((nodes) => nodes.map((element) => element.getAttribute('data-id')));
}

test('a pipeline is shown beside its text, with boxes, branches and conditions', async () => {
  await workbench.page.setViewportSize({ width: 1680, height: 860 });
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await workbench.openFile(file);
  await workbench.runCommand('Pipewright: Show Graph');
  const graph = await workbench.webview('.graph');
  const names = await namesOf(graph, 'For each store');
  assert.ok(names.length >= 4, names.join());
  assert.match(await node(graph, 'For each store').getAttribute('aria-label'), /^For each store, ForEach, open/);
  await graph.locator('.edge.failed .pill').first().waitFor();
  await workbench.screenshot('graph-light');
});

test('a click leads to the text, and the cursor in the text to the node', async () => {
  const graph = await workbench.webview('.graph');
  await node(graph, 'Copy orders').click();
  await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  await workbench.lineWith('Copy orders');
  await graph.locator('.node.selected').waitFor();
  await openText();
  await workbench.goTo(lineOf('name: For each store'), 10);
  await graph.locator('.node.selected[data-id="For each store"]').waitFor();
});

test('typing changes the graph at once, and a broken text leaves the last good one', async () => {
  await openText();
  await workbench.openFile('ingest_tables.pipeline.yaml');
  const graph = await workbench.webview('.graph .node[data-id="ForEachTable"]');
  const before = await namesOf(graph, 'ForEachTable');
  const place = await node(graph, 'ListTables').boundingBox();
  await workbench.goTo(6, 12);
  await workbench.page.keyboard.insertText('\n- { name: Pause first, type: Wait, waitTimeInSeconds: 1 }');
  assert.equal((await namesOf(graph, 'Pause first')).length, before.length + 1);
  const stays = await node(graph, 'ListTables').boundingBox();
  assert.ok(Math.abs(stays.x - place.x) < 40 && Math.abs(stays.y - place.y) < 120, JSON.stringify([place, stays]));
  await workbench.page.keyboard.press('Backspace');
  await graph.locator('.note.shown').waitFor();
  assert.equal((await namesOf(graph, 'Pause first')).length, before.length + 1);
  await workbench.screenshot('graph-broken-text');
  await workbench.page.keyboard.insertText('}');
  await graph.locator('.note:not(.shown)').waitFor({ state: 'attached' });
});

test('keys alone go from node to node and to the text', async () => {
  const graph = await workbench.webview('.graph');
  await workbench.runCommand('View: Focus Right Editor Group');
  await graph.locator('.node[tabindex="0"]').focus();
  await workbench.page.keyboard.press('Home');
  const first = await graph.locator('.node:focus').getAttribute('data-id');
  await workbench.page.keyboard.press('ArrowRight');
  const second = await graph.locator('.node:focus').getAttribute('data-id');
  assert.notEqual(second, first);
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  await workbench.lineWith(second);
  await graph.locator('input[type=search]').fill('copy');
  await graph.locator('.node.not-found').first().waitFor();
  await graph.locator('input[type=search]').fill('');
});

test('a run is shown at the nodes', async () => {
  await openText();
  let graph = await workbench.webview('.graph');
  await workbench.targetWhenShown('local');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runPipeline({ day: '2024-05-02' });
  graph = await workbench.webview('.graph');
  await graph.locator('.node.run').first().waitFor();
  await workbench.notification('The run of load_day');
  await workbench.clearNotifications();
  await node(graph, 'List stores').and(graph.locator('.run-succeeded')).waitFor();
  assert.match(await node(graph, 'Copy orders').getAttribute('aria-label'), /Succeeded 2 rounds$/);
  await workbench.goTo(lineOf('name: Copy orders'), 14);
  await widenGraph();
  await graph.locator('button', { hasText: 'Fit' }).click();
  await workbench.screenshot('graph-run');
});

for (const [format, begins] of [
  ['SVG', '<svg xmlns='],
  ['PNG', '\x89PNG'],
]) {
  test(`the graph is saved as ${format}`, async () => {
    const graph = await workbench.webview('.graph');
    await graph.locator('button', { hasText: format }).click();
    await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: /^(OK|Save)$/ }).click();
    await workbench.notification('The graph is in');
    const saved = await readFile(path.join(folder, `load_day.${format.toLowerCase()}`), 'latin1');
    assert.ok(saved.startsWith(begins) && saved.length > 4000, saved.slice(0, 40));
    await openText();
    await workbench.clearNotifications();
  });
}

test('the factory is shown as a graph of its own', async () => {
  await openText();
  await workbench.runCommand('Pipewright: Show Graph of the Factory');
  const graph = await workbench.webview('.kinds button');
  const names = await namesOf(graph, 'pipeline/medallion');
  assert.ok(names.includes('trigger/nightly'), names.join());
  await graph.locator('.kinds button', { hasText: 'linkedService' }).click();
  await graph.locator('.node[data-id^="linkedService/"]').first().waitFor({ state: 'detached' });
  await workbench.screenshot('graph-factory');
});

for (const [theme, name] of [
  ['Dark Modern', 'graph-dark'],
  ['Dark High Contrast', 'graph-high-contrast'],
]) {
  test(`it has the colours of ${theme}`, async () => {
    await openText();
    await workbench.chooseTheme(theme);
    await openText();
    await workbench.runCommand('Pipewright: Show Graph');
    await widenGraph();
    const graph = await workbench.webview('.graph .node[data-id="For each store"]');
    await graph.locator('button', { hasText: 'Fit' }).click();
    // A theme comes to a view a moment later than to the window.
    await graph.waitForFunction(() => {
      const colours = getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3);
      return Math.max(...colours.map(Number)) < 60;
    });
    await workbench.screenshot(name);
  });
}
