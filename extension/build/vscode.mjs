// Starts what `npm start` and the end-to-end tests look at: the emulator, and VS Code with the extension and settings of its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { emulatorFile, vsixFile } from './artifacts.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { outcome, run, Stop } from './run.mjs';

/** A VS Code that shows the files and us, and nothing that gets in the way. */
const calmSettings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** User settings that make the emulator the target `local`. */
export const emulatorSettings = (endpoint) => ({
  'pipewright.targets': [{ name: 'local', endpoint }],
  'pipewright.target': 'local',
});

/**
 * Starts the emulator with its state in a folder.
 * @returns {Promise<{address: string, stop: () => void}>} once it listens
 */
export async function startEmulator(stateFolder) {
  const child = start(emulatorFile, ['--port', '0', '--state', stateFolder], ['ignore', 'pipe', 'inherit']);
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.process.stdout }).once('line', resolve);
    child.process.once('exit', (code) => reject(new Stop(`the emulator ended with code ${code}`)));
    child.process.once('error', reject);
  });
  return { address: address.trim(), stop: child.stop };
}

/** Folders of a VS Code of our own, so that the user's own settings and extensions stay as they are. */
export const profileIn = (folder) => ({ userData: path.join(folder, 'user'), extensions: path.join(folder, 'extensions') });

/** Arguments that make VS Code, either kind, use the profile. */
export const profileArguments = ({ userData, extensions }) => ['--user-data-dir', userData, '--extensions-dir', extensions];

/** Writes the profile's user settings: the calm ones and these. */
export async function writeSettings({ userData }, settings) {
  const folder = path.join(userData, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), `${JSON.stringify({ ...calmSettings, ...settings }, null, 2)}\n`);
}

/**
 * Starts VS Code in the browser with our extension, or with those of `vsix`, on a folder or a `.code-workspace` file.
 * @param {{folder: string, profile: object, trust?: boolean, vsix?: string[], prepare?: () => Promise<void>}} options `prepare` runs once all is
 *   installed
 * @returns {Promise<{address: string, stop: () => void}>} once the address answers
 */
export async function startCodeServer({ folder, profile, trust = true, vsix = [vsixFile], prepare }) {
  const { node, script } = await ensureCodeServer();
  // Inside another VS Code's terminal these variables would make code-server talk to that one.
  const env = { VSCODE_IPC_HOOK_CLI: '', VSCODE_IPC_HOOK: '', ELECTRON_RUN_AS_NODE: '' };
  const wanted = vsix.flatMap((file) => ['--install-extension', file]);
  await run(node, [script, ...profileArguments(profile), ...wanted, '--force'], { quiet: true, env });
  await prepare?.();
  const port = await freePort();
  const quiet = [
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(trust ? ['--disable-workspace-trust'] : []),
  ];
  // No password: the address is on the loopback interface only.
  const args = [script, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet, ...profileArguments(profile), folder];
  const child = start(node, args, ['ignore', 'ignore', 'pipe'], env);
  let errors = '';
  child.process.stderr.on('data', (text) => (errors += text));
  await answers(`http://127.0.0.1:${port}/healthz`, () => child.process.exitCode !== null && errors);
  const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return { address: `http://127.0.0.1:${port}/?${kind}=${encodeURI(folder)}`, stop: child.stop };
}

/** Opens the desktop's VS Code; resolves when its window is closed. */
export async function openDesktop(code, { folder, profile }) {
  await run(code, [...profileArguments(profile), '--install-extension', vsixFile, '--force'], { quiet: true });
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  await outcome(code, [...profileArguments(profile), ...asRoot, '--disable-workspace-trust', '--new-window', '--wait', folder]);
}

/** A program in a process group of its own, so that stopping it stops what it started. */
function start(command, args, stdio, env = {}) {
  const child = spawn(command, args, { stdio, env: { ...process.env, ...env }, detached: process.platform !== 'win32' });
  const stop = () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    }
  };
  return { process: child, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until the address answers; `dead` tells that it never will, and why. */
async function answers(address, dead) {
  for (let tries = 0; tries < 600; tries++) {
    const ended = dead();
    if (ended !== false) {
      throw new Stop(`VS Code in the browser did not start: ${ended}`);
    }
    const reply = await fetch(address).catch(() => undefined);
    if (reply?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Stop(`nothing answers at ${address}`);
}
