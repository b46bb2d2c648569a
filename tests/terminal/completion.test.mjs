// The completion scripts in their own shells, by pressing the tabulator.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { which } from '../../extension/build/run.mjs';
import { ensurePowerShell } from '../../extension/build/testTools.mjs';
import { hasTerminal, open } from './screen.mjs';

const shells = {
  bash: { program: () => which('bash'), start: '--norc --noprofile', load: 'source <(pipewright completion bash)' },
  zsh: { program: () => which('zsh'), start: '-f', load: 'autoload -U compinit; compinit -u -D; source <(pipewright completion zsh)' },
  fish: {
    program: () => which('fish'),
    start: '--no-config',
    // What it suggests by itself would be taken for what it completes.
    load: 'set -g fish_autosuggestion_enabled 0; pipewright completion fish | source',
  },
  powershell: {
    program: ensurePowerShell,
    start: '-NoLogo -NoProfile',
    load: 'pipewright completion powershell | Out-String | Invoke-Expression',
  },
};

const configuration = `targets:
  prod: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: rg, factory: adf-prod }
`;

let scratch;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'shells-'));
  await mkdir(path.join(scratch, 'bin'));
  await symlink(process.env.PIPEWRIGHT_SERVER, path.join(scratch, 'bin', 'pipewright'));
  await mkdir(path.join(scratch, 'factory'));
  await writeFile(path.join(scratch, 'factory', 'pipewright.yaml'), configuration);
  await writeFile(path.join(scratch, 'factory', 'nightly.pipeline.yaml'), 'activities: []\n');
});

after(() => rm(scratch, { recursive: true, force: true }));

for (const [name, shell] of Object.entries(shells)) {
  test(`${name} completes verbs, options, values, targets and files`, { skip: !hasTerminal && 'tmux is not installed' }, async (t) => {
    const program = await shell.program();
    if (!program) {
      t.skip(`${name} is not installed`);
      return;
    }
    const env = {
      HOME: scratch,
      PATH: `${path.join(scratch, 'bin')}:${process.env.PATH}`,
      DOTNET_ROLL_FORWARD: 'Major',
      PROMPT: '> ',
      PS1: '> ',
    };
    const screen = await open(`${program} ${shell.start}`, { cwd: path.join(scratch, 'factory'), env });
    t.after(() => screen.close());
    await screen.sees(/\S/);
    await screen.type(`${shell.load}; echo is''-ready`);
    await screen.press('Enter');
    await screen.sees(/^is-ready/m);
    for (const [typed, completed] of [
      ['pipewright valid', /pipewright validate\b/],
      ['pipewright validate . --fail', /--fail-on\b/],
      ['pipewright validate . --output sar', /--output sarif\b/],
      ['pipewright plan . --target pro', /--target prod\b/],
      ['pipewright validate night', /validate (\.\/)?nightly\.pipeline\.yaml/],
      // Of several, shells show all, some of them when asked twice.
      ['pipewright explain PW410', /PW410\d/],
    ]) {
      await screen.type(typed);
      await screen.sees(new RegExp(typed.replaceAll(/[.*+]/g, '\\$&')));
      await screen.press('Tab');
      if (typed.startsWith('pipewright explain')) {
        await screen.press('Tab');
      }
      await screen.sees(completed);
      await screen.press('C-c');
      await screen.press('C-u');
      await screen.type(name === 'powershell' ? 'Clear-Host' : 'clear');
      await screen.press('Enter');
      await screen.sees(/^(?![^]*pipewright)/);
    }
  });
}

test('every shell that has a script is tried', () => assert.deepEqual(Object.keys(shells).sort(), ['bash', 'fish', 'powershell', 'zsh']));
