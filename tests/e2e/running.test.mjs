// A run as a person sees it: parameters are asked for, each activity's state stands at its line, and the end is told. What only the factory
// has is brought into the repository.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { openWorkbench } from './workbench.mjs';

const hello = `parameters:
  seconds: { type: int, defaultValue: 1 }
activities:
  - name: Pause
    type: Wait
    waitTimeInSeconds: "@pipeline().parameters.seconds"
  - name: Look up
    type: Lookup
    dependsOn: [Pause]
    dataset: Orders
    source: { type: ParquetSource }
`;
const broken = `activities:
  - name: Give up
    type: Fail
    message: There is no harbour
    errorCode: "404"
`;
const typed = `parameters:
  day: { type: string }
  count: { type: int, defaultValue: 3 }
  share: { type: float, defaultValue: 0.5 }
  full: { type: bool, defaultValue: true }
  key: { type: secureString }
  stores: { type: array, defaultValue: [north, south] }
  options: { type: object, defaultValue: { compress: true } }
activities:
  - { name: Pause, type: Wait, waitTimeInSeconds: "@pipeline().parameters.count" }
`;
const factory = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DataFactory/factories/local';
let folder;
let scratch;
let emulator;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  folder = path.join(scratch, 'harbour');
  await mkdir(folder);
  const files = {
    'pipewright.yaml': '',
    'hello.pipeline.yaml': hello,
    'broken.pipeline.yaml': broken,
    'typed.pipeline.yaml': typed,
    'never.pipeline.yaml': 'activities: []\n',
    'Orders.dataset.yaml': 'type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n',
    'Lake.linkedService.yaml': 'type: AzureBlobFS\nurl: https://harbour.dfs.core.windows.net/\n',
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  emulator = await startEmulator(path.join(scratch, 'emulator'));
  workbench = await openWorkbench({ folder, scratch, settings: emulatorSettings(emulator.address) });
});

after(async () => {
  await workbench?.close();
  emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
});

test('a pipeline that has not run has a panel that says what to do', async () => {
  await workbench.openFile('never.pipeline.yaml');
  await workbench.targetWhenShown('local');
  await workbench.runCommand('Pipewright: Show Run');
  const chart = await workbench.webview('.hint');
  await chart.locator('.hint', { hasText: 'There is no run to show.' }).waitFor();
  await workbench.screenshot('run-none');
  await chart.locator('button', { hasText: 'Run…' }).click();
  const form = await workbench.runForm();
  await form.locator('main', { hasText: 'This pipeline takes no parameters.' }).waitFor();
  await workbench.screenshot('run-form-empty');
  await form.locator('button', { hasText: 'Cancel' }).click();
  await workbench.focusTexts();
});

test('a run asks for parameters and is followed to its end', async () => {
  await workbench.openFile('hello.pipeline.yaml');
  await workbench.targetWhenShown('local');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runPipeline({ seconds: '20' });
  await workbench.notification('The run of hello succeeded.');
  await workbench.screenshot('run-succeeded');
  await workbench.clearNotifications();
});

test('a run that fails says why', async () => {
  await workbench.focusTexts();
  await workbench.openFile('broken.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runPipeline();
  await workbench.notification('There is no harbour');
  await workbench.screenshot('run-failed');
  await workbench.clearNotifications();
});

/** The form of the pipeline with a parameter of each type. */
async function openTyped() {
  await workbench.focusTexts();
  await workbench.openFile('typed.pipeline.yaml');
  await workbench.runCommand('Pipewright: Run');
  const form = await workbench.runForm();
  await form.locator('h1', { hasText: 'Run typed' }).waitFor();
  return form;
}
const field = (form, name) => form.locator(`[data-name="${name}"]`);
const problem = (form, name) => form.locator(`#field-${name}-wrong`);

test('each type has a field of its own with its default, and what is wrong is told at it', async () => {
  await workbench.page.setViewportSize({ width: 1500, height: 1000 });
  await workbench.focusTexts();
  await workbench.openFile('typed.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  const form = await openTyped();
  assert.equal(await field(form, 'count').inputValue(), '3');
  assert.equal(await field(form, 'full').isChecked(), true);
  assert.equal(await field(form, 'key').getAttribute('type'), 'password');
  assert.deepEqual(JSON.parse(await field(form, 'stores').inputValue()), ['north', 'south']);
  const status = form.locator('[role="status"]');
  await status.filter({ hasText: 'To be mended first: day, key' }).waitFor();
  // Nobody has had the time to give it.
  assert.equal(await problem(form, 'day').innerText(), '');
  await field(form, 'count').fill('many');
  await problem(form, 'count').filter({ hasText: 'takes a whole number' }).waitFor();
  assert.equal(await field(form, 'count').getAttribute('aria-invalid'), 'true');
  await field(form, 'stores').fill('["north", ');
  await problem(form, 'stores').filter({ hasText: 'This is no JSON: line 1, column 11' }).waitFor();
  await field(form, 'options').fill('[');
  await workbench.screenshot('run-form-problems');
  await field(form, 'day').focus();
  await workbench.page.keyboard.press('Control+Enter');
  await problem(form, 'day').filter({ hasText: 'has no value' }).waitFor();
  await form.waitForFunction(() => document.activeElement.dataset.name === 'day');
  for (const name of ['count', 'stores', 'options']) {
    await form.locator(`button[aria-label="Reset to default: ${name}"]`).click();
  }
  assert.equal(await field(form, 'count').inputValue(), '3');
  await status.filter({ hasText: 'To be mended first: day, key' }).waitFor();
});

test('the form has labels and descriptions, and is reached by keys alone', async () => {
  const form = await openTyped();
  const names = await form.locator('[data-name]').evaluateAll((controls) => controls.map((control) => control.labels[0]?.textContent));
  assert.deepEqual(names, ['day', 'count', 'share', 'full', 'key', 'stores', 'options']);
  const described = await form.locator('[data-name]').evaluateAll((controls) =>
    controls.every((control) =>
      control
        .getAttribute('aria-describedby')
        .split(' ')
        .every((id) => document.getElementById(id)),
    ),
  );
  assert.ok(described);
  await field(form, 'day').focus();
  await workbench.page.keyboard.press('Tab');
  await form.waitForFunction(() => document.activeElement.dataset.name === 'count');
});

for (const [theme, name] of [
  ['Light Modern', 'run-form-light'],
  ['Dark High Contrast', 'run-form-high-contrast'],
  ['Light High Contrast', 'run-form-high-contrast-light'],
  ['Dark Modern', 'run-form-dark'],
]) {
  test(`the form has the colours of ${theme}`, async () => {
    const form = await workbench.runForm();
    await field(form, 'count').fill('many');
    await problem(form, 'count').filter({ hasText: 'takes a whole number' }).waitFor();
    await workbench.chooseTheme(theme, form);
    await workbench.screenshot(name);
  });
}

test('the form stays as it is while another editor is in front', async () => {
  const form = await workbench.runForm();
  await field(form, 'day').fill('2024-05-02');
  await workbench.focusTexts();
  await workbench.openFile('hello.pipeline.yaml');
  assert.equal(await field(await openTyped(), 'day').inputValue(), '2024-05-02');
});

test('it runs by keys, and the next time has the values but for the secret', async () => {
  const form = await openTyped();
  await field(form, 'day').fill('2024-05-02');
  await field(form, 'count').fill('20');
  await field(form, 'key').fill('hush-hush');
  await field(form, 'stores').fill('["east"]');
  await field(form, 'full').uncheck();
  await form.locator('[role="status"]').filter({ hasText: 'can run with these values' }).waitFor();
  await field(form, 'options').focus();
  await workbench.page.keyboard.press('Control+Enter');
  const chart = await workbench.webview('.row');
  await chart.locator('h1', { hasText: 'typed' }).waitFor();
  await workbench.notification('The run of typed succeeded.');
  await workbench.clearNotifications();
  const runs = await fetch(`${emulator.address}${factory}/queryPipelineRuns?api-version=2018-06-01`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ lastUpdatedAfter: '2000-01-01T00:00:00Z', lastUpdatedBefore: '2100-01-01T00:00:00Z' }),
  });
  const { parameters } = (await runs.json()).value.find(({ pipelineName }) => pipelineName === 'typed');
  assert.deepEqual([parameters.day, String(parameters.count), JSON.parse(parameters.stores)], ['2024-05-02', '20', ['east']]);
  assert.equal(String(parameters.full).toLowerCase(), 'false');
  const again = await openTyped();
  assert.match(await again.locator('main').innerText(), /Values of the last time/);
  assert.equal(await field(again, 'day').inputValue(), '2024-05-02');
  assert.equal(await field(again, 'key').inputValue(), '');
  assert.equal(await field(again, 'full').isChecked(), false);
  await workbench.screenshot('run-form-again');
});

test('values are those of an earlier run, or all the defaults', async () => {
  const form = await workbench.runForm();
  await form.locator('button', { hasText: 'Reset all' }).click();
  assert.equal(await field(form, 'count').inputValue(), '3');
  await form.locator('button', { hasText: 'Values of an earlier run' }).click();
  const earlier = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'day: 2024-05-02' });
  await earlier.waitFor();
  assert.doesNotMatch(await earlier.innerText(), /hush/);
  await earlier.click();
  await form.waitForFunction(() => document.querySelector('[data-name="count"]').value === '20');
  await form.locator('button', { hasText: 'Cancel' }).click();
});

test('what only the factory has is brought into the repository', async () => {
  const body = JSON.stringify({ properties: { type: 'AzureKeyVault', typeProperties: { baseUrl: 'https://harbour.vault.azure.net/' } } });
  const address = `${emulator.address}${factory}/linkedservices/Vault?api-version=2018-06-01`;
  const put = await fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
  assert.equal(put.status, 200);
  await workbench.openFile('hello.pipeline.yaml');
  await workbench.runCommand('Pipewright: Bring Into Repository');
  await workbench.pick('Vault');
  await workbench.shows('harbour.vault.azure.net');
  await workbench.screenshot('brought-in');
});
