// Runs other programs for the build scripts. Built-in modules only: these scripts start before anything is installed.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The repository's folder. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../../..');

/** A path inside the repository. */
export const at = (...parts) => path.join(root, ...parts);

/** The npm command beside the running Node, as the program and its first arguments: on Windows npm is a script that needs a shell. */
export const npm = process.platform === 'win32' ? ['cmd.exe', '/c', 'npm'] : ['npm'];

/** A failure that the reader can act on: shown without a stack. */
export class Stop extends Error {}

/** Says what is being done, on stderr, so that stdout stays for results. */
export function say(text) {
  process.stderr.write(`pipewright: ${text}\n`);
}

/**
 * Runs a program to its end with its output shown; with `quiet`, shown only when it fails.
 * Throws {@link Stop} when it can't start or its exit code is not 0.
 */
export async function run(command, args, { cwd = root, env = {}, quiet = false } = {}) {
  const { code, output } = await outcome(command, args, { cwd, env, quiet });
  if (code !== 0) {
    throw new Stop(`${quiet ? output : ''}\`${[path.basename(command), ...args].join(' ')}\` ended with code ${code}`);
  }
}

/** Runs a program to its end and gives its exit code (-1 when it can't start or is killed) and, with `quiet`, what it wrote. */
export function outcome(command, args, { cwd = root, env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    // The programs' own output goes to stderr as well: a caller that reads our stdout wants our result only.
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2];
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: -1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** The path of a program on PATH, or null. */
export function which(name) {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const found = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((file) => path.join(folder, file)));
  return found.find(isExecutable) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
