// The editor's part of a deployment: the choice of a target, the question before a factory in Azure is changed, progress, cancel, and
// what the service refused on the file that it came from. The server is a scripted one.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at } from '../../extension/build/run.mjs';
import { openWorkbench } from './workbench.mjs';

const settings = { 'pipewright.server.path': at('tests', 'e2e', 'scriptedServer.mjs') };
const names = ['orders', 'refused', 'slow'];
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

test('a factory in Azure is changed only after a yes', async () => {
  await workbench.openFile('orders.pipeline.yaml');
  await workbench.clickTarget();
  await workbench.pick('prod');
  assert.equal(await workbench.targetWhenShown('prod'), 'prod');
  await workbench.runCommand('Pipewright: Deploy');
  const question = await workbench.dialog();
  assert.match(question, /orders\.pipeline\.yaml .* adf-orders-prod/);
  assert.match(question, /1 to create, 1 to change/);
  assert.match(question, /update pipeline orders/);
  assert.match(question, /connected to Git/);
  await workbench.screenshot('deploy-question');
  await workbench.answerDialog('Cancel');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.answerDialog('Show Changes');
  await workbench.shows('As it is wanted');
  await workbench.shows('As it was');
  await workbench.screenshot('deploy-changes');
  await workbench.openFile('orders.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.answerDialog('Deploy');
  await workbench.notification('Deployed orders.pipeline.yaml to prod.');
  await workbench.clearNotifications();
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
