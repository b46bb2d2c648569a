// `npm start`: VS Code on the sample, with the extension, and the emulator as target `local`. With `--no-open` it opens nothing and only
// prints the addresses. Ctrl-C stops all of it; the emulator's state stays in .pipewright/.
import { spawn } from 'node:child_process';
import { buildArtifacts } from './artifacts.mjs';
import { main } from './main.mjs';
import { at, say, which } from './run.mjs';
import { emulatorSettings, openDesktop, profileIn, startCodeServer, startEmulator, writeSettings } from './vscode.mjs';

const opens = !process.argv.includes('--no-open');
const folder = at('samples', 'medallion');
const profile = profileIn(at('.cache', 'vscode'));
const running = [];

await main(async () => {
  process.once('exit', stopAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(0));
  }
  await buildArtifacts();
  const emulator = await startEmulator(at('.pipewright', 'emulator'));
  running.push(emulator);
  await writeSettings(profile, emulatorSettings(emulator.address));
  console.log(`Emulator: ${emulator.address}`);

  const desktop = opens ? which('code') : null;
  if (desktop) {
    say('opening VS Code; closing its window stops the emulator');
    await openDesktop(desktop, { folder, profile });
    process.exit(0);
  }
  const vscode = await startCodeServer({ folder, profile });
  running.push(vscode);
  console.log(`VS Code: ${vscode.address}`);
  if (opens) {
    openBrowser(vscode.address);
  }
});

function stopAll() {
  running.splice(0).forEach(({ stop }) => stop());
}

/** Opens the user's browser where there is a desktop to open it on; else the printed address is all there is. */
function openBrowser(address) {
  const hasDesktop = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const opener = { darwin: 'open', linux: 'xdg-open' }[process.platform];
  if (hasDesktop && opener && which(opener)) {
    spawn(opener, [address], { stdio: 'ignore', detached: true }).unref();
  }
}
