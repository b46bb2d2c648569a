// Converting between the forms as a person sees it: what files come of it, what is not kept and what would be overwritten, before anything is written.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeFactory, openWorkbench } from './workbench.mjs';

const pipeline = (name) =>
  `${JSON.stringify({ name, properties: { activities: [{ name: 'Pause', type: 'Wait', typeProperties: { waitTimeInSeconds: 1 } }] } }, null, 2)}\n`;
const files = {
  'pipewright.yaml': '',
  'pipeline/load.json': pipeline('load'),
  'pipeline/tell.json': pipeline('tell'),
  'pipeline/tell.pipeline.yaml': '# Somebody has begun by hand\nactivities: []\n',
  'dataset/Orders.json': `${JSON.stringify({ name: 'Orders', properties: { type: 'Parquet', linkedServiceName: { referenceName: 'Lake', type: 'LinkedServiceReference' }, typeProperties: { location: { type: 'AzureBlobFSLocation', fileSystem: 'raw' } } } }, null, 2)}\n`,
  'linkedService/Lake.json': `${JSON.stringify({ name: 'Lake', properties: { type: 'AzureBlobFS', typeProperties: { url: 'https://harbour.dfs.core.windows.net/' } } }, null, 2)}\n`,
};
let folder;
let scratch;
let workbench;

before(async () => {
  ({ scratch, folder } = await makeFactory(files));
  workbench = await openWorkbench({ folder, scratch });
  await workbench.openFile('load.json');
  // The server is there.
  await workbench.targetWhenShown('No target');
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

const view = () => workbench.webview('header h1:has-text("Convert")');
const line = (frame, name) => frame.locator('li', { has: frame.locator('.path', { hasText: name }) });

async function open() {
  await workbench.runCommand('Pipewright: Convert to Other Form...');
  await workbench.pick('factory');
  const frame = await view();
  await line(frame, 'load').waitFor();
  return frame;
}

test('what a folder becomes is shown before anything is written', async () => {
  const frame = await open();
  assert.equal(await frame.locator('label', { hasText: 'Specs (YAML)' }).locator('input').isChecked(), true);
  assert.match(await line(frame, 'pipeline/load.pipeline.yaml').innerText(), /new.*of pipeline\/load\.json/s);
  assert.match(await line(frame, 'pipeline/tell.pipeline.yaml').innerText(), /there already, with another text/);
  assert.match(await frame.locator('main').innerText(), /In this form already: 1/);
  assert.match(await frame.locator('[role="status"]').innerText(), /To write: 3\. To delete: 3\. Left as they are: 1/);
  assert.equal(existsSync(path.join(folder, 'pipeline', 'load.pipeline.yaml')), false);
  await workbench.screenshot('convert-preview');
});

for (const [theme, name] of [
  ['Light Modern', 'convert-light'],
  ['Dark High Contrast', 'convert-high-contrast'],
  ['Light High Contrast', 'convert-high-contrast-light'],
  ['Dark Modern', 'convert-dark'],
]) {
  test(`the preview has the colours of ${theme}`, async () => {
    await workbench.chooseTheme(theme, await view());
    await workbench.screenshot(name);
  });
}

test('a file is compared with what it becomes, and with what it would overwrite', async () => {
  const frame = await view();
  await line(frame, 'load').locator('button[aria-label^="Compare:"]').click();
  await workbench.shows('waitTimeInSeconds: 1');
  await workbench.screenshot('convert-compare');
  await workbench.runCommand('View: Close Editor');
  await line(await view(), 'tell')
    .locator('button', { hasText: 'Compare with what is there' })
    .click();
  await workbench.shows('Somebody has begun by hand');
  await workbench.runCommand('View: Close Editor');
});

test('the other direction tells what JSON has no place for', async () => {
  const frame = await view();
  await frame.locator('label', { hasText: "ADF Studio's form" }).click();
  await frame.locator('.warn', { hasText: 'JSON has no place for the comment in line 1' }).waitFor();
  await line(frame, 'pipeline/tell.json').waitFor();
  await workbench.screenshot('convert-losses');
  await frame.locator('label', { hasText: 'Specs (YAML)' }).click();
  await line(frame, 'load').waitFor();
});

test('on a yes the files are written, and nothing is overwritten that nobody agreed to', async () => {
  const frame = await view();
  await frame.locator('h1').click();
  await workbench.page.keyboard.press('Control+Enter');
  await frame.locator('[role="status"]', { hasText: 'Written: 3. Deleted: 3.' }).waitFor();
  assert.match(await readFile(path.join(folder, 'pipeline', 'load.pipeline.yaml'), 'utf8'), /waitTimeInSeconds: 1/);
  assert.equal(existsSync(path.join(folder, 'pipeline', 'load.json')), false);
  assert.equal(existsSync(path.join(folder, 'pipeline', 'tell.json')), true);
  assert.match(await readFile(path.join(folder, 'pipeline', 'tell.pipeline.yaml'), 'utf8'), /by hand/);
  await workbench.screenshot('convert-done');
});

test('what is agreed to is overwritten', async () => {
  const frame = await view();
  await frame.locator('button', { hasText: 'Look again' }).click();
  await line(frame, 'tell').locator('.state').waitFor();
  assert.equal(await frame.locator('li').count(), 1);
  await frame.locator('label', { hasText: 'Overwrite files' }).click();
  await frame.locator('button.primary').click();
  await frame.locator('[role="status"]', { hasText: 'Written: 1. Deleted: 1.' }).waitFor();
  assert.match(await readFile(path.join(folder, 'pipeline', 'tell.pipeline.yaml'), 'utf8'), /waitTimeInSeconds: 1/);
  assert.equal(existsSync(path.join(folder, 'pipeline', 'tell.json')), false);
});

test('where all files have the form already, that is said', async () => {
  const frame = await view();
  await frame.locator('button', { hasText: 'Look again' }).click();
  await frame.locator('label', { hasText: 'Specs (YAML)' }).click();
  await frame.locator('.empty', { hasText: 'There is nothing to convert' }).waitFor();
});
