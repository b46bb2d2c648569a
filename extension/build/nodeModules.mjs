// Installs the npm packages that package-lock.json names, when node_modules does not hold exactly them.
import { existsSync, readFileSync } from 'node:fs';
import { at, npm, run, say } from './run.mjs';

/** Runs `npm ci` when node_modules is missing or is not what package-lock.json says. */
export async function ensureNodeModules() {
  if (isCurrent()) {
    return;
  }
  say('installing npm packages');
  const [command, ...first] = npm;
  await run(command, [...first, 'ci'], { quiet: true });
}

function isCurrent() {
  const installed = at('node_modules', '.package-lock.json');
  if (!existsSync(installed)) {
    return false;
  }
  const wanted = Object.entries(packagesOf(at('package-lock.json'))).filter(([folder]) => folder !== '');
  const there = packagesOf(installed);
  // An optional package of another platform is rightly absent.
  return wanted.every(([folder, { version, optional }]) => there[folder]?.version === version || (optional && !there[folder]));
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
