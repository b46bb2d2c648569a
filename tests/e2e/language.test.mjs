// VS Code in German: the palette, questions, and the words of a view.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeFactory, openWorkbench } from './workbench.mjs';

let scratch;
let workbench;

before(async () => {
  const made = await makeFactory({
    'pipewright.yaml': '',
    'orders.pipeline.yaml': 'activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1 }\n',
  });
  scratch = made.scratch;
  workbench = await openWorkbench({ ...made, language: 'de' });
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

test('commands and messages are German', async () => {
  await workbench.openFile('orders.pipeline.yaml');
  await workbench.targetWhenShown('Kein Ziel');
  await workbench.runCommand('Pipewright: Ziel wählen');
  await workbench.notification('Es gibt noch kein Ziel');
  await workbench.clearNotifications();
});

test('a view is German', async () => {
  await workbench.runCommand('Pipewright: Graph zeigen');
  const graph = await workbench.webview('.graph .node[data-id="A"]');
  assert.equal(await graph.locator('input[type=search]').getAttribute('placeholder'), 'Suchen');
  assert.equal(await graph.locator('html').getAttribute('lang'), 'de');
  await graph.locator('button', { hasText: 'Einpassen' }).waitFor();
  await workbench.screenshot('german');
});
