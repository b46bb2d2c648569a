// The package for platforms that have none of their own: its server runs on the .NET of the machine, and where there is none it says what to install.
import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { universalVsixFile } from '../../extension/build/artifacts.mjs';
import { makeFactory, openWorkbench } from './workbench.mjs';

const files = { 'orders.pipeline.yaml': 'activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [B] }\n' };

async function open(t, prepare) {
  const made = await makeFactory(files);
  const workbench = await openWorkbench({ ...made, vsix: [universalVsixFile], prepare });
  t.after(async () => {
    await workbench.close();
    await rm(made.scratch, { recursive: true, force: true });
  });
  await workbench.openFile('orders.pipeline.yaml');
  return workbench;
}

test('its server runs on the .NET that is installed', async (t) => {
  const workbench = await open(t);
  await workbench.squiggle('error');
  await workbench.problemWith("'B'");
});

test('without a .NET that fits it says which one to install', async (t) => {
  const workbench = await open(t, async ({ extensions }) => {
    // A server that wants a .NET of a far future.
    const installed = (await readdir(extensions)).find((name) => name.startsWith('pipewright.pipewright-'));
    const file = path.join(extensions, installed, 'dist', 'server', 'pipewright.runtimeconfig.json');
    const settings = JSON.parse(await readFile(file, 'utf8'));
    settings.runtimeOptions.framework.version = '99.0.0';
    await writeFile(file, JSON.stringify(settings));
  });
  const told = await workbench.notification('.NET Runtime 99');
  assert.match(told, /Installed: \d+\.\d+\.\d+/);
  assert.match(told, /Get \.NET/);
  await workbench.screenshot('no-runtime');
});
