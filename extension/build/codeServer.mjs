// Sets up VS Code for the browser (code-server) in .cache/, once: the npm registry serves it without its native modules built.
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { forCodeServer, installMissing } from './debian.mjs';
import { at, npm, run, say, Stop } from './run.mjs';

/** code-server 4.139.1 is VS Code 1.139; it wants exactly this major version of Node. */
const version = '4.139.1';
const nodeMajor = 24;
const folder = at('.cache', 'code-server');
const ready = path.join(folder, `ready-${version}`);
const packageFolder = path.join(folder, 'node_modules', 'code-server');

/** The N-API modules of VS Code's server, which are built here against the headers of whichever Node is installed. */
const nativeModules = ['@vscode/spdlog', 'node-pty', '@vscode/native-watchdog', 'kerberos', '@vscode/deviceid', '@vscode/sqlite3'];

/** What starts VS Code in the browser: a Node executable and the script it runs. Installs it when it is missing. */
export async function ensureCodeServer() {
  const missing = await installMissing(forCodeServer);
  if (missing.length > 0) {
    throw new Stop(`VS Code in the browser needs ${missing.join(', ')}: please install them, or install VS Code with its \`code\` command`);
  }
  if (!existsSync(ready)) {
    await install();
  }
  const node = ownNodeFits ? process.execPath : path.join(folder, 'node_modules', nodePackage, 'bin', 'node');
  return { node, script: path.join(packageFolder, 'out', 'node', 'entry.js') };
}

/** The folder of VS Code's own extensions, which hold its grammars. */
export async function builtInExtensions() {
  await ensureCodeServer();
  return path.join(packageFolder, 'lib', 'vscode', 'extensions');
}

/** Node's binary as the npm registry serves it: one package a platform. The package `node` only runs a script that installs it. */
const nodePackage = `node-${process.platform}-${process.arch}`;
const ownNodeFits = Number(process.versions.node.split('.')[0]) === nodeMajor;

async function install() {
  say('setting up VS Code in the browser (a minute or two, once)');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Its own package, so that npm looks no further up; without scripts, which would download from elsewhere.
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const vscode = path.join(packageFolder, 'lib', 'vscode');
  const onlyFiles = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'];
  await inFolder(folder, 'install', ...onlyFiles, `code-server@${version}`, ...(ownNodeFits ? [] : [`${nodePackage}@${nodeMajor}`]));
  await inFolder(vscode, 'install', ...onlyFiles);
  for (const name of nativeModules) {
    await inFolder(vscode, 'rebuild', name);
  }
  await link('node_modules', path.join(vscode, 'node_modules.asar'));
  await link('code-linux.sh', path.join(vscode, 'bin', 'remote-cli', 'code-server'));
  await link('browser-linux.sh', path.join(vscode, 'bin', 'helpers', 'browser.sh'));
  await inFolder(path.join(vscode, 'extensions'), 'install', ...onlyFiles);
  await inFolder(folder, 'rebuild', 'argon2');
  await writeFile(ready, '');
}

/** A symbolic link that code-server's own install script would make. */
async function link(target, place) {
  await rm(place, { force: true });
  await symlink(target, place);
}

function inFolder(cwd, ...args) {
  const [command, ...first] = npm;
  return run(command, [...first, ...args], { cwd, quiet: true });
}
