// The hooks for pre-commit, in a real repository with the real pre-commit.
import assert from 'node:assert/strict';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { at, outcome, which } from '../../extension/build/run.mjs';

const skip = which('pre-commit') ? false : 'pre-commit is not installed';
const wrong = 'activities:\n  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }\n';
const untidy = 'activities:\n    - name:   A\n      type: Wait\n      waitTimeInSeconds: 1\n';

test('changed files are checked and laid out before a commit', { skip }, async (t) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-hooks-'));
  t.after(() => rm(scratch, { recursive: true, force: true }));
  const [hooks, root, bin] = ['hooks', 'root', 'bin'].map((name) => path.join(scratch, name));
  const who = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
  const env = { ...who, PATH: `${bin}:${process.env.PATH}`, PRE_COMMIT_HOME: path.join(scratch, 'cache'), HOME: scratch };
  const git = async (cwd, ...args) => {
    const result = await outcome('git', args, { cwd, env, quiet: true });
    assert.equal(result.code, 0, result.output);
    return result.output.trim();
  };
  await mkdir(bin);
  await symlink(process.env.PIPEWRIGHT_SERVER, path.join(bin, 'pipewright'));
  await mkdir(hooks);
  await copyFile(at('.pre-commit-hooks.yaml'), path.join(hooks, '.pre-commit-hooks.yaml'));
  await git(hooks, 'init', '--quiet');
  await git(hooks, 'add', '.');
  await git(hooks, 'commit', '--quiet', '-m', 'hooks');
  await cp(at('samples', 'medallion'), root, { recursive: true });
  const rev = await git(hooks, 'rev-parse', 'HEAD');
  const ids = ['pipewright-format', 'pipewright-validate', 'pipewright-test'].map((id) => `      - id: ${id}\n`).join('');
  await writeFile(path.join(root, '.pre-commit-config.yaml'), `repos:\n  - repo: ${hooks}\n    rev: ${rev}\n    hooks:\n${ids}`);
  await git(root, 'init', '--quiet');
  await git(root, 'add', '.');
  const check = () => outcome('pre-commit', ['run', '--color', 'never'], { cwd: root, env, quiet: true });
  const fine = await check();
  assert.equal(fine.code, 0, fine.output);
  assert.equal(fine.output.match(/Passed/g)?.length, 3, fine.output);
  await git(root, 'commit', '--quiet', '-m', 'sample', '--no-verify');

  await writeFile(path.join(root, 'pipelines', 'wrong.pipeline.yaml'), wrong);
  await writeFile(path.join(root, 'pipelines', 'untidy.pipeline.yaml'), untidy);
  await writeFile(path.join(root, 'notes.yaml'), 'not: ours\n');
  await git(root, 'add', '.');
  const { code, output } = await check();
  assert.equal(code, 1);
  assert.match(output, /pipelines\/wrong\.pipeline\.yaml:2:\d+ error PW4101/);
  assert.match(output, /files were modified by this hook/);
  assert.match(output, /in 2 files/);
  assert.match(await readFile(path.join(root, 'pipelines', 'untidy.pipeline.yaml'), 'utf8'), /^ {2}- name: A$/m);
});
