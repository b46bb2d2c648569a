// Skips a build step whose inputs have not changed since it last ran.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { at, root } from './run.mjs';

const notInputs = new Set(['bin', 'obj', 'node_modules', 'dist', 'TestResults']);

/**
 * Runs `step` when one of `outputs` is missing, or the contents of `inputs` (files, or folders with all below them) or the `options`
 * differ from those of the last run. Paths are relative to the repository.
 */
export async function unlessUpToDate({ name, inputs, outputs, options = '' }, step) {
  const stamp = at('artifacts', 'stamps', name);
  const hash = await fingerprint(inputs, options);
  if (outputs.every((output) => existsSync(at(output))) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) {
    return;
  }
  await step();
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, hash);
}

async function fingerprint(inputs, options) {
  const hash = createHash('sha256').update(options);
  for (const input of inputs) {
    for (const file of await filesOf(at(input))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesOf(place) {
  if (!existsSync(place)) {
    return [];
  }
  if ((await stat(place)).isFile()) {
    return [place];
  }
  const entries = await readdir(place, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => !notInputs.has(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => (entry.isDirectory() ? filesOf(path.join(place, entry.name)) : [path.join(place, entry.name)])),
  );
  return nested.flat();
}
