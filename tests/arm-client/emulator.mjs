// Starts the emulator, and points Microsoft's own client for Data Factory at it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import armDataFactory from '@azure/arm-datafactory';
import { emulatorFile } from '../../extension/build/artifacts.mjs';
import { at } from '../../extension/build/run.mjs';

export const subscription = '00000000-0000-0000-0000-000000000000';
const development = at('server', 'Emulator', 'bin', 'Debug', 'net10.0', 'pipewright-emulator.dll');

/** What was delivered, unless the caller names another; the development build where nothing was. */
function command() {
  const file = process.env.PIPEWRIGHT_EMULATOR ?? emulatorFile;
  return existsSync(file) ? [file] : ['dotnet', development];
}

/** An emulator on a free port; `admin` asks its own route, `close` ends it. */
export async function startEmulator(...args) {
  const [program, ...first] = command();
  const child = spawn(program, [...first, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const address = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    ended.then((code) => Promise.reject(new Error(`the emulator ended with code ${code}`))),
  ]);
  return {
    address,
    admin: async (method, path, body) => {
      const answer = await fetch(`${address}/_emulator/${path}`, { method, body: body && JSON.stringify(body) });
      const text = await answer.text();
      assert.ok(answer.ok, text);
      return text ? JSON.parse(text) : undefined;
    },
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

/** A client as Microsoft publishes it, but for the token, which it rightly refuses to send over plain HTTP. */
export function connect(address) {
  const credential = { getToken: () => assertNoToken() };
  const client = new armDataFactory.DataFactoryManagementClient(credential, subscription, {
    endpoint: address,
    allowInsecureConnection: true,
  });
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  return client;
}

function assertNoToken() {
  throw new Error('an emulator must never be sent a token');
}
