// The editor's part of a deployment: the choice of a target, the plan that is said yes to before a factory in Azure is changed, progress of
// the whole and of each resource, cancel, the way back, and what the service refused on the file that it came from. The server is a scripted one.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at } from '../../extension/build/run.mjs';
import { openWorkbench } from './workbench.mjs';

const settings = { 'pipewright.server.path': at('tests', 'e2e', 'scriptedServer.mjs') };
const names = ['orders', 'refused', 'same', 'slow'];
let scratch;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(scratch, 'factory');
  await mkdir(folder);
  await Promise.all(names.map((name) => writeFile(path.join(folder, `${name}.pipeline.yaml`), 'activities: []\n')));
  workbench = await openWorkbench({ folder, scratch, settings });
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

test('the emulator is deployed to without a question', async () => {
  await workbench.openFile('orders.pipeline.yaml');
  assert.equal(await workbench.targetWhenShown('local'), 'local');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification('Deployed orders.pipeline.yaml to local.');
  await workbench.clearNotifications();
});

test('what the service refused is shown on its file until the file changes', async () => {
  await workbench.openFile('refused.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification('The service refused 1 of 2 resources.');
  await workbench.squiggle('error');
  await workbench.problemWith("invalid reference 'Nowhere'");
  await workbench.screenshot('deploy-refused');
  await workbench.goTo(1, 15);
  await workbench.type(' ');
  await workbench.noProblems();
  await workbench.clearNotifications();
});

test('a deployment that failed can be rolled back from there', async () => {
  await workbench.openFile('refused.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification('The service refused 1 of 2 resources.');
  await workbench.clickInNotification('Roll Back');
  await workbench.notificationInList('Put back as it was.');
  await workbench.screenshot('deploy-rolled-back');
  await workbench.clearNotifications();
});

test('a deployment shows its progress and can be cancelled', async () => {
  await workbench.openFile('slow.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification('linked service Storage');
  await workbench.screenshot('deploy-progress');
  await workbench.clickInNotification('Cancel');
  await workbench.notification('Cancelled: 1 of 2 resources deployed.');
  await workbench.clearNotifications();
});

/** The view of a deployment. */
const view = () => workbench.webview('header h1:has-text("Deploy"), header h1:has-text("Roll back")');
const resource = (frame, name) => frame.locator('details.resource', { has: frame.locator('.name', { hasText: new RegExp(`^${name}$`) }) });

/** Opens a file and asks for its deployment; gives the plan once it is there. */
async function planOf(name) {
  await workbench.focusTexts();
  await workbench.openFile(`${name}.pipeline.yaml`);
  await workbench.runCommand('Pipewright: Deploy');
  const frame = await view();
  await frame.locator('h1', { hasText: `${name}.pipeline.yaml` }).waitFor();
  return frame;
}

test('what would change in a factory in Azure is shown with its reasons before anything is done', async () => {
  // The panel of problems goes, so that there is room.
  await workbench.page.keyboard.press('Control+J');
  await workbench.page.setViewportSize({ width: 1500, height: 900 });
  await workbench.openFile('orders.pipeline.yaml');
  await workbench.clickTarget();
  await workbench.pick('prod');
  assert.equal(await workbench.targetWhenShown('prod'), 'prod');
  const frame = await planOf('orders');
  await resource(frame, 'clean').waitFor();
  assert.match(await frame.locator('h1').innerText(), /Deploy orders\.pipeline\.yaml to adf-orders-prod/);
  assert.match(await frame.locator('[role="status"]').innerText(), /1 to create, 1 to change/);
  assert.match(await frame.locator('.warn').innerText(), /connected to Git/);
  assert.deepEqual(await frame.locator('main h2').allInnerTexts(), ['To create (1)', 'To change (1)', 'Unchanged (1)']);
  assert.match(await resource(frame, 'clean').innerText(), /does not have it yet. Needed by pipeline orders/);
  await resource(frame, 'orders').locator('summary').click();
  const table = await resource(frame, 'orders').locator('table').first().innerText();
  assert.match(table, /properties\.description\s+As it was\s+As it is wanted/);
  assert.match(table, /\*{10}\s+\*{10}/);
  await workbench.screenshot('deploy-plan');
});

test('a resource is compared in the diff editor', async () => {
  const frame = await view();
  await resource(frame, 'orders').locator('button', { hasText: 'Compare' }).click();
  await workbench.shows('As it is wanted');
  await workbench.shows('As it was');
  await workbench.screenshot('deploy-changes');
  await workbench.page.keyboard.press('Control+F4');
  await workbench.runCommand('View: Close All Editors');
});

test('the whole factory is a choice, and so is what no file declares', async () => {
  const frame = await planOf('orders');
  await frame.locator('select').selectOption('factory');
  await frame.locator('h1', { hasText: 'Deploy the factory' }).waitFor();
  await frame.locator('label', { hasText: 'Delete what no file declares' }).click();
  await resource(frame, 'Nightly').waitFor();
  await workbench.screenshot('deploy-plan-deletes');
});

for (const [theme, name] of [
  ['Light Modern', 'deploy-plan-light'],
  ['Dark High Contrast', 'deploy-plan-high-contrast'],
  ['Light High Contrast', 'deploy-plan-high-contrast-light'],
  ['Dark Modern', 'deploy-plan-dark'],
]) {
  test(`the plan has the colours of ${theme}`, async () => {
    const frame = await view();
    if (!(await resource(frame, 'orders').evaluate((details) => details.open))) {
      await resource(frame, 'orders').locator('summary').click();
    }
    await workbench.chooseTheme(theme, frame);
    await workbench.screenshot(name);
  });
}

test('from the plan it is deployed, and the result has links and the way back', async () => {
  const frame = await planOf('orders');
  await resource(frame, 'clean').waitFor();
  await frame.locator('button.primary').click();
  await workbench.notification('Deployed orders.pipeline.yaml to prod.');
  await workbench.focusTexts();
  await workbench.clearNotifications();
  const done = await view();
  await done.locator('details.updated').waitFor();
  assert.match(await resource(done, 'orders').locator('summary').innerText(), /changed/);
  assert.match(await resource(done, 'clean').locator('summary').innerText(), /created/);
  await resource(done, 'orders').locator('summary').click();
  await resource(done, 'orders').locator('button', { hasText: 'Open in ADF Studio' }).waitFor();
  await done.locator('button', { hasText: 'Open journal' }).waitFor();
  await workbench.screenshot('deploy-done');
  await done.locator('button', { hasText: 'Roll back' }).click();
  assert.match(await workbench.dialog(), /Put adf-orders-prod back as it was/);
  await workbench.answerDialog('Roll Back');
  await workbench.notification('Put back as it was.');
  await (await view()).locator('h1', { hasText: 'Roll back the factory' }).waitFor();
  await workbench.focusTexts();
  await workbench.clearNotifications();
});

test('each resource tells how far it is, and a deployment is stopped from the view', async () => {
  const frame = await planOf('slow');
  await resource(frame, 'clean').waitFor();
  await frame.locator('h1').click();
  await workbench.page.keyboard.press('Control+Enter');
  await frame.locator('details.running').waitFor();
  assert.match(await resource(frame, 'clean').locator('summary').innerText(), /created/);
  assert.match(await resource(frame, 'slow').locator('summary').innerText(), /running/);
  assert.match(await frame.locator('[role="status"]').innerText(), /1 of 2 done. slow/);
  // The buttons of texts are not those of a view.
  await workbench.page.locator('.editor-group-container.active .editor-actions').waitFor();
  assert.equal(await workbench.page.locator('.editor-group-container.active .editor-actions [aria-label^="Run"]').count(), 0);
  await workbench.screenshot('deploy-running');
  await frame.locator('button', { hasText: 'Cancel' }).click();
  await workbench.notification('Cancelled: 1 of 2 resources deployed.');
  await resource(frame, 'slow').locator('.state', { hasText: 'not tried' }).waitFor();
  await workbench.focusTexts();
  await workbench.clearNotifications();
});

test('what the service refused is told at its resource', async () => {
  const frame = await planOf('refused');
  await resource(frame, 'clean').waitFor();
  await frame.locator('button.primary').click();
  await workbench.notification('The service refused 1 of 2 resources.');
  await frame.locator('details.failed[open] .alert', { hasText: "invalid reference 'Nowhere'" }).waitFor();
  await workbench.focusTexts();
  await workbench.clearNotifications();
  await workbench.screenshot('deploy-failed');
});

test('where nothing differs, there is nothing to say yes to', async () => {
  const frame = await planOf('same');
  await frame.locator('.empty', { hasText: 'adf-orders-prod is as the files want it' }).waitFor();
  assert.equal(await frame.locator('button.primary').count(), 0);
  await workbench.screenshot('deploy-nothing');
});

test('the emulator has a plan to look at, too', async () => {
  await workbench.focusTexts();
  await workbench.openFile('orders.pipeline.yaml');
  await workbench.clickTarget();
  await workbench.pick('local');
  await workbench.runCommand('Pipewright: Show Plan');
  const frame = await view();
  await frame.locator('h1', { hasText: 'to local (emulator)' }).waitFor();
  await resource(frame, 'orders').waitFor();
});

test('where only risks are asked about, one click deploys to a factory that was said yes to', async (t) => {
  const other = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(other, 'factory');
  await mkdir(folder);
  await Promise.all(['calm', 'orders'].map((name) => writeFile(path.join(folder, `${name}.pipeline.yaml`), 'activities: []\n')));
  const asking = { ...settings, 'pipewright.deploy.ask': 'risks', 'pipewright.target': 'prod' };
  const calm = await openWorkbench({ folder, scratch: other, settings: asking });
  t.after(async () => {
    await calm.close();
    await rm(other, { recursive: true, force: true });
  });
  await calm.openFile('calm.pipeline.yaml');
  await calm.targetWhenShown('prod');
  await calm.runCommand('Pipewright: Deploy');
  const first = await calm.webview('button.primary');
  await first.locator('h1', { hasText: 'Deploy calm.pipeline.yaml to adf-orders-prod' }).waitFor();
  await first.locator('button.primary').click();
  await calm.notification('Deployed calm.pipeline.yaml to prod.');
  await calm.clearNotifications();
  await calm.focusTexts();
  await calm.runCommand('Pipewright: Deploy');
  await calm.notification('Deployed calm.pipeline.yaml to prod.');
  await calm.clearNotifications();
  await calm.openFile('orders.pipeline.yaml');
  await calm.runCommand('Pipewright: Deploy');
  await (await calm.webview('button.primary')).locator('.warn', { hasText: 'connected to Git' }).waitFor();
});

test('validating a factory tells how many problems it has', async () => {
  await workbench.runCommand('Pipewright: Validate Factory');
  await workbench.notification('The factory has 2 errors and 1 warning in 3 files.');
  await workbench.clearNotifications();
});

test('nothing is deployed from a folder that is not trusted', async (t) => {
  const other = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(other, 'factory');
  await mkdir(folder);
  await writeFile(path.join(folder, 'orders.pipeline.yaml'), 'activities: []\n');
  const untrusted = await openWorkbench({ folder, scratch: other, settings, trust: false });
  t.after(async () => {
    await untrusted.close();
    await rm(other, { recursive: true, force: true });
  });
  await untrusted.openFile('orders.pipeline.yaml');
  await untrusted.targetWhenShown('local');
  await untrusted.runCommand('Pipewright: Deploy');
  await untrusted.notification('Pipewright deploys from trusted workspaces only.');
});
