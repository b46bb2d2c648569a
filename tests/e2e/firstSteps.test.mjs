// The first five minutes: a factory is taken into an empty folder, and a new pipeline begins with a whole one.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { openWorkbench } from './workbench.mjs';

const factory = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DataFactory/factories/local';
let folder;
let scratch;
let emulator;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  folder = path.join(scratch, 'harbour');
  await mkdir(folder);
  emulator = await startEmulator(path.join(scratch, 'emulator'));
  const body = JSON.stringify({ properties: { activities: [{ name: 'Call', type: 'Wait', typeProperties: { waitTimeInSeconds: 2 } }] } });
  const address = `${emulator.address}${factory}/pipelines/tell?api-version=2018-06-01`;
  const put = await fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
  assert.equal(put.status, 200);
  workbench = await openWorkbench({ folder, scratch, settings: emulatorSettings(emulator.address) });
});

after(async () => {
  await workbench?.close();
  emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
});

test('a factory is taken into an empty folder', async () => {
  await workbench.page.locator('.activitybar .action-label[aria-label^="Pipewright"]').waitFor();
  await workbench.runCommand('Pipewright: Import a Factory From Azure...');
  await workbench.pick('local');
  await workbench.pick('YAML specs');
  await workbench.notification('local is here');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pipeline.yaml'));
  assert.deepEqual(
    files.map((name) => path.basename(name)),
    ['tell.pipeline.yaml'],
  );
  assert.match(await readFile(path.join(folder, files[0]), 'utf8'), /waitTimeInSeconds: 2/);
  await workbench.clearNotifications();
});

test('a new pipeline begins with a whole one', async () => {
  await workbench.runCommand('Pipewright: New Pipeline...');
  await workbench.answerInput('New pipeline', 'load_orders');
  await workbench.page.locator('.tab.active', { hasText: 'load_orders.pipeline.yaml' }).waitFor();
  await workbench.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
  await workbench.screenshot('new-pipeline');
});

test('the walkthrough shows the way', async () => {
  await workbench.page.keyboard.press('Escape');
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await workbench.pick('Pipelines of Azure Data Factory');
  await workbench.page.locator('.gettingStartedContainer', { hasText: 'See it as a graph' }).waitFor();
  await workbench.screenshot('walkthrough');
});
