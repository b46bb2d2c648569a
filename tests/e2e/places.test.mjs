// Where VS Code lets an extension do less: a folder that is not trusted, and one that is on no disk. Texts are understood all the same, and nothing
// is sent anywhere.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { vsixFile } from '../../extension/build/artifacts.mjs';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { packStandIn } from './standIns.mjs';
import { makeFactory, openWorkbench } from './workbench.mjs';

const spec = `activities:
  - name: Pause
    type: Wait
    waitTimeInSeconds: 1
  - name: Call
    type: ExecutePipeline
    dependsOn: [Pase]
    pipeline: elsewhere
    waitOnCompletion: true
  - name: Last
    type: Wait
    dependsOn: [Pause]
    
`;
const git = `{
  "name": "call",
  "properties": {
    "activities": [
      { "name": "Pause", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 }, "dependsOn": [{ "activity": "Nobody", "dependencyConditions": ["Succeeded"] }] }
    ]
  }
}
`;
const files = { 'pipewright.yaml': '', 'orders.pipeline.yaml': spec, 'pipeline/call.json': git };

/** What is proposed at the end of the spec, which an activity begins. */
async function proposals(workbench) {
  await workbench.goTo(13, 5);
  await workbench.openSuggestions();
  const row = workbench.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'waitTimeInSeconds' });
  await row.first().waitFor();
  await workbench.page.keyboard.press('Escape');
}

test('in a folder that is not trusted texts are completed and checked, and no factory is asked', async (t) => {
  const { scratch, folder } = await makeFactory(files);
  const emulator = await startEmulator(path.join(scratch, 'emulator'));
  const workbench = await openWorkbench({
    folder,
    scratch,
    settings: { ...emulatorSettings(emulator.address), 'pipewright.live.enabled': 'always' },
    trust: false,
  });
  t.after(async () => {
    await workbench.close();
    emulator.stop();
    await rm(scratch, { recursive: true, force: true });
  });
  await workbench.openFile('orders.pipeline.yaml');
  await workbench.targetWhenShown('local');
  const problems = await workbench.problemWith('Pase');
  assert.ok(
    problems.some((problem) => problem.includes('elsewhere')),
    problems.join('\n'),
  );
  await proposals(workbench);
  for (const [command, told] of [
    ['Pipewright: Deploy', 'Pipewright deploys from trusted workspaces only.'],
    ['Pipewright: Run', 'Pipewright runs pipelines from trusted workspaces only.'],
    ['Pipewright: Show Changes', 'Pipewright asks factories and signs in from trusted workspaces only.'],
    ['Pipewright: Read the Factory', 'Pipewright asks factories and signs in from trusted workspaces only.'],
  ]) {
    await workbench.runCommand(command);
    await workbench.notification(told);
    await workbench.clearNotifications();
  }
  await workbench.screenshot('restricted-mode');
  const answer = await fetch(`${emulator.address}/_emulator/requests`);
  const asked = (await answer.json()).value.filter(({ path: address }) => address.startsWith('/subscriptions/'));
  assert.deepEqual(asked, []);
});

test('in a folder that is on no disk what is open is understood by itself', async (t) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const workspace = path.join(scratch, 'memory.code-workspace');
  const inMemory = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/factory/${name}`, text]));
  await writeFile(
    workspace,
    JSON.stringify({ folders: [{ uri: 'memory:/factory', name: 'factory' }], settings: { 'stand-in.memory': inMemory } }),
  );
  const memory = await packStandIn('memory', scratch);
  const workbench = await openWorkbench({ folder: workspace, scratch, vsix: [vsixFile, memory] });
  t.after(async () => {
    await workbench.close();
    await rm(scratch, { recursive: true, force: true });
  });
  const row = (name) => workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  await row('orders.pipeline.yaml').dblclick();
  await workbench.page.locator('.tab.active', { hasText: 'orders.pipeline.yaml' }).waitFor();
  // The misspelt dependency is told, the pipeline that may be in another file is not.
  const problems = await workbench.problemWith('Pase');
  assert.ok(!problems.some((problem) => problem.includes('elsewhere')), problems.join('\n'));
  await proposals(workbench);
  await row('pipeline').click();
  await row('call.json').dblclick();
  await workbench.problemWith('Nobody');
  assert.equal(await workbench.page.locator('.codelens-decoration', { hasText: 'Deploy' }).count(), 0);
  await workbench.screenshot('virtual-workspace');
});
