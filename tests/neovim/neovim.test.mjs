// The server under a client with nothing of ours in it: the one built into Neovim.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { serverFile } from '../../extension/build/artifacts.mjs';
import { at, outcome, which } from '../../extension/build/run.mjs';
import { fileURLToPath } from 'node:url';

const orders = at('tests', 'editors', 'orders.pipeline.yaml');
const script = fileURLToPath(new URL('drive.lua', import.meta.url));
const neovim = which('nvim');

const nightly = `activities:
  - { name: RunOrders, type: ExecutePipeline, pipeline: orders, waitOnCompletion: true }
`;

test(
  'Neovim shows a mistake, mends it, finds its way, renames, lays out and completes',
  { skip: neovim ? false : 'Neovim is not installed' },
  async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'pipewright-neovim-'));
    t.after(() => rm(folder, { recursive: true }));
    await copyFile(orders, path.join(folder, 'orders.pipeline.yaml'));
    await writeFile(path.join(folder, 'nightly.pipeline.yaml'), nightly);
    const env = { PIPEWRIGHT_SERVER: serverFile, FACTORY: folder, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder };
    const { code, output } = await outcome(neovim, ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${script}`], {
      env,
      quiet: true,
    });
    assert.equal(code, 0, output);
    const report = JSON.parse(output.split('\n').find((line) => line.startsWith('{')));

    assert.equal(report.broken.length, 1, JSON.stringify(report.broken));
    assert.equal(report.broken[0].text, 'CopyOrder');
    assert.match(report.broken[0].message, /CopyOrder/);
    assert.match(report.broken[0].code, /^PW4\d{3}$/);
    assert.deepEqual(report.pulled, [report.broken[0].code]);
    assert.equal(report.line, '    dependsOn: [CopyOrders]');
    assert.deepEqual(report.mended, []);

    assert.deepEqual(report.definition, [3]);
    assert.deepEqual(report.references, [3, 8]);
    assert.deepEqual(report.highlights, [3, 8]);
    assert.match(report.hover, /waitTimeInSeconds/);
    assert.match(report.signature, /^concat\(/);
    assert.deepEqual(report.symbols, ['CopyOrders', 'CleanOrders', 'PublishOrders']);
    assert.deepEqual(report.callers, ['nightly']);
    assert.deepEqual(report.found, ['CleanOrders']);
    assert.deepEqual(report.hints, ['3 activities']);
    assert.deepEqual(report.lenses, ['Deploy']);
    for (const many of ['folds', 'links', 'tokens', 'selections']) {
      assert.ok(report[many] > 1, `${many}: ${report[many]}`);
    }

    assert.equal(report.old, undefined);
    assert.equal(report.formatted, '  - name: PublishOrders');
    assert.deepEqual(report.completion.toSorted(), ['CleanOrders', 'ImportOrders']);
    assert.equal(report.accepted, `    dependsOn: [${report.first}`);
  },
);

test('the settings for Neovim in docs/editors.md are Lua', { skip: neovim ? false : 'Neovim is not installed' }, async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pipewright-neovim-'));
  t.after(() => rm(folder, { recursive: true }));
  const blocks = (await readFile(at('docs', 'editors.md'), 'utf8'))
    .split('```lua\n')
    .slice(1)
    .map((text) => text.split('\n```')[0]);
  assert.equal(blocks.length, 2);
  for (const text of blocks) {
    const file = path.join(folder, 'settings.lua');
    await writeFile(file, text);
    const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `lua assert(loadfile(${JSON.stringify(file)}))`, '-c', 'qa!'];
    const { output } = await outcome(neovim, args, { quiet: true });
    assert.equal(output.trim(), '');
  }
});
