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

test('a run asks for parameters and is followed to its end', async () => {
  await workbench.openFile('hello.pipeline.yaml');
  await workbench.targetWhenShown('local');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runCommand('Pipewright: Run');
  await workbench.pick('Run what is deployed');
  await workbench.answerInput('seconds', '20');
  await workbench.notification('The run of hello succeeded.');
  await workbench.screenshot('run-succeeded');
  await workbench.clearNotifications();
});

test('a run that fails says why', async () => {
  await workbench.openFile('broken.pipeline.yaml');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runCommand('Pipewright: Run');
  await workbench.pick('Run what is deployed');
  await workbench.notification('There is no harbour');
  await workbench.screenshot('run-failed');
  await workbench.clearNotifications();
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
