// What a person sees: colours, and bars that are gone when the work is done.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startEmulator } from '../arm-client/emulator.mjs';
import { hasTerminal, open } from './screen.mjs';

const skip = !hasTerminal && 'tmux is not installed';
const count = 12;
const program = process.env.PIPEWRIGHT_SERVER;
let scratch;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-terminal-'));
  await writeFile(path.join(scratch, 'pipewright.yaml'), '');
  for (let i = 0; i < count; i++) {
    await writeFile(path.join(scratch, `p${i}.pipeline.yaml`), 'activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n');
  }
});

after(() => rm(scratch, { recursive: true, force: true }));

/** A command in a terminal, and what is on the screen when it has ended. */
async function start(t, command, env) {
  const screen = await open(`bash --norc --noprofile -c '${command}; echo "ended with $?"; read'`, { cwd: scratch, env });
  t.after(() => screen.close());
  return { ...screen, ends: () => screen.sees(/ended with \d+/) };
}

const deploy = (emulator) => `${program} deploy . --target local --endpoint ${emulator.address} --parallel 1 --yes`;

async function slowEmulator(t) {
  const emulator = await startEmulator('--latency', '250');
  t.after(() => emulator.close());
  return emulator;
}

test('a deployment draws a bar below its lines, and nothing of it stays', { skip }, async (t) => {
  const screen = await start(t, deploy(await slowEmulator(t)));
  const during = await screen.sees(/created Pipeline[^]*Deploying to local \d+\/12 /);
  assert.match(during, /━/);
  const after = await screen.ends();
  assert.match(after, /ended with 0/);
  assert.equal(after.match(/^created Pipeline p\d+$/gm)?.length, count, after);
  assert.match(after, /^12 deployed to local/m);
  assert.doesNotMatch(after, /━|Deploying to local/);
});

for (const [title, more, env] of [
  ['with --quiet', ' --quiet', {}],
  ['on a dumb terminal', '', { TERM: 'dumb' }],
  ['where standard error is a file', ' 2> error.txt', {}],
]) {
  test(`${title} nothing is drawn`, { skip }, async (t) => {
    // Through a file of the terminal's, all that was ever drawn is seen.
    const command = deploy(await slowEmulator(t)) + more;
    const screen = await start(t, `script -q -e -c "${command}" typescript.txt`, env);
    assert.match(await screen.ends(), /ended with 0/);
    const all = await readFile(path.join(scratch, 'typescript.txt'), 'utf8');
    assert.equal(all.match(/created Pipeline p\d+/g)?.length, count);
    assert.doesNotMatch(all, /━|Deploying to/);
    if (more.includes('error.txt')) {
      assert.doesNotMatch(await readFile(path.join(scratch, 'error.txt'), 'utf8'), /\u001b/);
    }
  });
}

test('an interrupted deployment leaves a whole terminal', { skip }, async (t) => {
  const screen = await start(t, `trap : INT; ${deploy(await slowEmulator(t))}`);
  await screen.sees(/Deploying to local/);
  await screen.press('C-c');
  const after = await screen.ends();
  assert.doesNotMatch(after, /━/);
  assert.match(after, /not attempted|ended with 130/);
});

test('findings and plans are in colours on a terminal, and only there', { skip }, async (t) => {
  await writeFile(
    path.join(scratch, 'wrong.pipeline.yaml'),
    'activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n',
  );
  t.after(() => rm(path.join(scratch, 'wrong.pipeline.yaml')));
  const red = /\u001b\[31merror/;
  const coloured = await start(t, `${program} validate .`);
  assert.match(await coloured.sees(/ended with 1/, '-e'), red);
  for (const [command, env] of [
    [`${program} validate .`, { NO_COLOR: '1' }],
    [`${program} validate .`, { TERM: 'dumb' }],
    [`${program} validate . | cat`, {}],
  ]) {
    const plain = await start(t, command, env);
    const screen = await plain.sees(/ended with/, '-e');
    assert.match(screen, /error PW4101/);
    assert.doesNotMatch(screen, red);
  }
  const forced = await start(t, `${program} validate . | cat`, { FORCE_COLOR: '1' });
  assert.match(await forced.sees(/ended with/, '-e'), red);
});
