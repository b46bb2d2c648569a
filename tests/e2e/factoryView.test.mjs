// The factory view as a person sees it: what differs from the files, a trigger that is started, what only the factory has, and a run as a chart.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { openWorkbench } from './workbench.mjs';

const load = `folder: { name: Loads/Daily }
parameters:
  day: { type: string, defaultValue: "2024-05-01" }
activities:
  - { name: Pause, type: Wait, waitTimeInSeconds: 4 }
  - name: For each store
    type: ForEach
    dependsOn: [Pause]
    items: "@createArray('north', 'south')"
    activities:
      - { name: Copy orders, type: Wait, waitTimeInSeconds: 3 }
  - name: Tell
    type: ExecutePipeline
    dependsOn: [For each store]
    pipeline: tell
    waitOnCompletion: true
  - { name: Give up, type: Fail, message: There is no harbour, errorCode: "404", dependsOn: [Tell] }
`;
const factory = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DataFactory/factories/local';
let scratch;
let emulator;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(scratch, 'harbour');
  await mkdir(folder);
  const files = {
    'pipewright.yaml': '',
    'load.pipeline.yaml': load,
    'tell.pipeline.yaml': 'activities:\n  - { name: Call, type: Wait, waitTimeInSeconds: 2 }\n',
    'Orders.dataset.yaml': 'type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n',
    'Lake.linkedService.yaml': 'type: AzureBlobFS\nurl: https://harbour.dfs.core.windows.net/\n',
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  emulator = await startEmulator(path.join(scratch, 'emulator'));
  const schedule = { recurrence: { frequency: 'Day', interval: 1, startTime: '2024-01-01T00:00:00Z' } };
  await put('linkedservices/Vault', { type: 'AzureKeyVault', typeProperties: { baseUrl: 'https://harbour.vault.azure.net/' } });
  await put('linkedservices/Lake', { type: 'AzureBlobFS', typeProperties: { url: 'https://elsewhere.dfs.core.windows.net/' } });
  await put('pipelines/tell', { activities: [{ name: 'Call', type: 'Wait', typeProperties: { waitTimeInSeconds: 2 } }] });
  await put('triggers/Nightly', {
    type: 'ScheduleTrigger',
    typeProperties: schedule,
    pipelines: [{ pipelineReference: { referenceName: 'tell', type: 'PipelineReference' } }],
  });
  await put('integrationRuntimes/OnPremises', { type: 'SelfHosted' });
  workbench = await openWorkbench({ folder, scratch, settings: emulatorSettings(emulator.address) });
});

after(async () => {
  await workbench?.close();
  emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
});

async function put(place, properties) {
  const address = `${emulator.address}${factory}/${place}?api-version=2018-06-01`;
  const answer = await fetch(address, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ properties }),
  });
  assert.equal(answer.status, 200, `${place}: ${await answer.text()}`);
}

/** A row of the tree by its label. */
const row = (label) =>
  workbench.page
    .locator('.sidebar .monaco-list-row')
    .filter({ has: workbench.page.locator('.label-name', { hasText: new RegExp(`^${label}$`) }) });

/** Opens entries of the tree until one shows that is below them: a tree that is drawn anew under the mouse takes no click, and a click too many would close what is open. */
async function openRows(names, shown) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    for (const name of names) {
      if ((await row(name).getAttribute('aria-expanded')) !== 'true') {
        await row(name).click();
      }
    }
    const isThere = await row(shown)
      .waitFor({ timeout: 5000 })
      .then(
        () => true,
        () => false,
      );
    if (isThere) {
      return;
    }
  }
  await row(shown).waitFor();
}

test('what differs between the files and the factory is told at each resource', async () => {
  await workbench.openFile('load.pipeline.yaml');
  await workbench.targetWhenShown('local');
  await workbench.runCommand('View: Show Pipewright');
  await openRows(['Pipelines', 'Linked services', 'Triggers', 'Integration runtimes'], 'Vault');
  assert.match(await row('Vault').innerText(), /AzureKeyVault · only there/);
  assert.match(await row('Lake').innerText(), /differs/);
  assert.match(await row('Nightly').innerText(), /ScheduleTrigger · Stopped/);
  // Where ADF Studio will show it.
  await openRows(['Loads'], 'Daily');
  await openRows(['Daily'], 'load');
  assert.match(await row('load').innerText(), /only here/);
  await workbench.screenshot('factory-view');
});

/** Clicks an action of an entry, which shows it as long as the mouse is above: a list that is drawn anew meanwhile forgets that. */
async function clickAction(entry, label) {
  for (let attempt = 1; ; attempt++) {
    await workbench.page.mouse.move(0, 0);
    await entry.hover();
    try {
      await entry.locator(`.action-label[aria-label^="${label}"]`).click({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

test('a trigger is started once that is agreed to', async () => {
  await clickAction(row('Nightly'), 'Start Trigger');
  assert.match(await workbench.dialog(), /Start the trigger Nightly in local/);
  await workbench.answerDialog('Start');
  await workbench.page.waitForFunction(() =>
    [...document.querySelectorAll('.sidebar .monaco-list-row')].some((line) => /Nightly.*Started/s.test(line.innerText)),
  );
  const answer = await fetch(`${emulator.address}${factory}/triggers/Nightly?api-version=2018-06-01`);
  assert.equal((await answer.json()).properties.runtimeState, 'Started');
});

/** Takes an entry of a row's menu until a text is shown: VS Code may lose a click that comes while the menu is opening. */
async function chooseInMenu(name, label, text) {
  const entry = workbench.page.locator('.context-view .action-label', { hasText: label });
  const shown = workbench.page.locator('.view-line', { hasText: text }).first();
  for (let tries = 0; tries < 4; tries++) {
    await row(name).click({ button: 'right' });
    await entry.hover();
    await workbench.page.waitForTimeout(500);
    await entry.click();
    const isShown = await shown.waitFor({ timeout: 8000 }).then(
      () => true,
      () => false,
    );
    if (isShown) {
      return;
    }
    await workbench.page.keyboard.press('Escape');
  }
  await shown.waitFor();
}

test('what only the factory has is brought in from its menu', async () => {
  await chooseInMenu('Vault', 'Bring Into Repository', 'harbour.vault.azure.net');
});

test('a run is a chart with what failed and why', async () => {
  await workbench.openFile('load.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runPipeline({ day: '2024-05-02' });
  await workbench.notification('There is no harbour');
  await workbench.clickInNotification('Show Run');
  const view = await workbench.webview('.row');
  await view.locator('.state.failed').waitFor();
  await view.locator('.row[aria-label^="Give up, Fail, Failed"]').waitFor();
  assert.match(await view.locator('.error').innerText(), /404: There is no harbour/);
  assert.equal(await view.locator('.row[aria-label^="Copy orders"]').count(), 2);
  await view.locator('.row[aria-label^="tell, run"]').waitFor();
  await workbench.page.setViewportSize({ width: 1680, height: 860 });
  await workbench.screenshot('run-panel');
  await view.locator('.row[aria-label^="Pause"]').click();
  await view.locator('.details pre', { hasText: 'waitTimeInSeconds' }).first().waitFor();
  await view.locator('button', { hasText: 'Rerun from failed' }).click();
  await view.locator('select option').nth(1).waitFor({ state: 'attached' });
});

test('a run is begun again with its values, from its panel and from the list of runs', async () => {
  const view = await workbench.webview('.row');
  await view.locator('button', { hasText: 'Run again' }).click();
  const form = await workbench.runForm();
  assert.equal(await form.locator('[data-name="day"]').inputValue(), '2024-05-02');
  assert.match(await form.locator('main').innerText(), /Values of the run/);
  await form.locator('button', { hasText: 'Cancel' }).click();
  await row('Recent runs').click();
  await clickAction(row('load').last(), 'Run Again');
  const again = await workbench.runForm();
  assert.equal(await again.locator('[data-name="day"]').inputValue(), '2024-05-02');
  await workbench.screenshot('run-again');
  await again.locator('button', { hasText: 'Cancel' }).click();
});
