// The server under Emacs, with the settings that docs/editors.md gives.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { serverFile } from '../../extension/build/artifacts.mjs';
import { at, outcome, which } from '../../extension/build/run.mjs';

const emacs = which('emacs');
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

const orders = at('tests', 'editors', 'orders.pipeline.yaml');

/** The lines of a block in a page, by what stands behind its fence. */
async function block(page, fence) {
  const lines = (await readFile(at(page), 'utf8')).split('\n');
  const start = lines.indexOf(`\`\`\`${fence}`) + 1;
  assert.notEqual(start, 0, `${page} has no block \`\`\`${fence}`);
  return lines.slice(start, lines.indexOf('```', start)).join('\n');
}

/** Lets Emacs carry a script out in a folder with a pipeline, and gives the JSON that the script prints. */
async function drive(t, script, settings) {
  const folder = await mkdtemp(path.join(tmpdir(), 'pipewright-emacs-'));
  t.after(() => rm(folder, { recursive: true }));
  await copyFile(orders, path.join(folder, 'orders.pipeline.yaml'));
  await writeFile(path.join(folder, 'settings.el'), await block('docs/editors.md', settings));
  await symlink(process.env.PIPEWRIGHT_SERVER ?? serverFile, path.join(folder, 'pipewright'));
  const env = {
    PATH: `${folder}${path.delimiter}${process.env.PATH}`,
    FACTORY: folder,
    SETTINGS: path.join(folder, 'settings.el'),
    XDG_CACHE_HOME: folder,
  };
  const { code, output } = await outcome(emacs, ['--batch', '-l', here(script)], { env, quiet: true });
  assert.equal(code, 0, output);
  return JSON.parse(output.split('\n').find((line) => line.startsWith('{')));
}

/** Why a client can't be tried here; false if it can. */
async function missing(library) {
  if (!emacs) {
    return 'Emacs is not installed';
  }
  const look = `(progn (package-initialize) (kill-emacs (if (and (locate-library "${library}") (locate-library "yaml-mode")) 0 1)))`;
  const { code } = await outcome(emacs, ['--batch', '--eval', look], { quiet: true });
  return code === 0 ? false : `Emacs has no ${library}, or no yaml-mode`;
}

test('Eglot shows a mistake, mends it, finds its way, renames, lays out and completes', { skip: await missing('eglot') }, async (t) => {
  const report = await drive(t, 'eglot.el', 'elisp eglot');
  assert.equal(report.server, 'pipewright');
  assert.match(report.finding, /PW4101.*CopyOrder/);
  assert.equal(report.place, 'CopyOrder');
  assert.equal(report.actions[0], "Change to 'CopyOrders'");
  assert.equal(report.mended, '    dependsOn: [CopyOrders]');
  assert.equal(report.definition, 3);
  assert.equal(report.references, 2);
  assert.match(report.hover, /waitTimeInSeconds/);
  assert.ok(report.outline.includes('orders'), report.outline);
  assert.equal(report.renamed, '    dependsOn: [ImportOrders]');
  assert.deepEqual(report.completion, ['CleanOrders', 'ImportOrders']);
  assert.equal(report.formatted, '    type: Wait');
});

test('lsp-mode shows a mistake and what mends it', { skip: await missing('lsp-mode') }, async (t) => {
  const report = await drive(t, 'lspMode.el', 'elisp lsp-mode');
  assert.equal(report.code, 'PW4101');
  assert.equal(report.line, 8);
  assert.ok(report.actions.includes("Change to 'CopyOrders'"), report.actions);
  assert.match(report.hover, /waitTimeInSeconds/);
});
