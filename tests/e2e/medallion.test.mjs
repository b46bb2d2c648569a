// From an opened file to a deployed pipeline, as a person sees it: a mistake is shown, mended with a completion, and deployed to the
// emulator, where Microsoft's own client finds it.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DataFactoryManagementClient } from '@azure/arm-datafactory';
import { at } from '../../extension/build/run.mjs';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { openWorkbench } from './workbench.mjs';

const subscription = '00000000-0000-0000-0000-000000000000';
let scratch;
let emulator;
let workbench;
let mistake;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(scratch, 'medallion');
  await cp(at('samples', 'medallion'), folder, { recursive: true });
  mistake = await misspellDependency(folder);
  emulator = await startEmulator(path.join(scratch, 'emulator'));
  workbench = await openWorkbench({ folder, scratch, settings: emulatorSettings(emulator.address) });
});

after(async () => {
  await workbench?.close();
  emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
});

/** Writes a name that no activity has into the first dependency that a pipeline of the sample has; tells where. */
async function misspellDependency(folder) {
  for (const file of (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pipeline.yaml')).toSorted()) {
    const lines = (await readFile(path.join(folder, file), 'utf8')).split('\n');
    const index = lines.findIndex((line) => /dependsOn: \[\w+\]/.test(line));
    if (index >= 0) {
      const [, start, right] = /^(.*dependsOn: \[)(\w+)\]/.exec(lines[index]);
      const wrong = `${right}Quickly`;
      lines[index] = lines[index].replace(`[${right}]`, `[${wrong}]`);
      await writeFile(path.join(folder, file), lines.join('\n'));
      const pipeline = path.basename(file, '.pipeline.yaml');
      return { file: path.basename(file), pipeline, line: index + 1, column: start.length + 1, wrong, right };
    }
  }
  throw new Error('no pipeline of the sample has a dependency on one activity');
}

test('a misspelt dependency is underlined', async () => {
  await workbench.openFile(mistake.file);
  await workbench.goTo(mistake.line, mistake.column);
  await workbench.squiggle('error');
  await workbench.problemWith(mistake.wrong);
  await workbench.screenshot('medallion-mistake');
});

test('a completion puts it right', async () => {
  await workbench.goTo(mistake.line, mistake.column);
  await workbench.remove(mistake.wrong.length);
  await workbench.openSuggestions();
  await workbench.screenshot('medallion-completion');
  await workbench.acceptSuggestion(mistake.right);
  await workbench.noProblems();
});

test("the pipeline is deployed, and Microsoft's client reads it back", async () => {
  await workbench.targetWhenShown('local');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.screenshot('medallion-deployed');
  await workbench.noProblems();

  const { activities } = await azure().pipelines.get('local', 'local', mistake.pipeline);
  const dependencies = activities.flatMap(({ dependsOn }) => dependsOn ?? []).map(({ activity }) => activity);
  assert.ok(dependencies.includes(mistake.right), JSON.stringify(dependencies));
  assert.ok(!dependencies.includes(mistake.wrong));
});

/** Microsoft's client, pointed at the emulator; it rightly refuses to send a token over plain HTTP, so it sends none. */
function azure() {
  const credential = { getToken: async () => ({ token: 'none', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const client = new DataFactoryManagementClient(credential, subscription, { endpoint: emulator.address, allowInsecureConnection: true });
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  return client;
}
