// The two builds of the server that are held against each other: of the files as they are, and of a commit before them.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildServer, buildServerOf, serverFile } from '../../../extension/build/artifacts.mjs';
import { root } from '../../../extension/build/run.mjs';

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }).trim();

/** What the server is made of; a change of anything else makes no other build. */
const sources = ['server', 'schemas', 'docs/rules', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig'];

/** Compiling takes minutes, so what was compiled of a commit is kept. */
const keptFile = (commit) => join(root, 'artifacts', 'gate', commit, 'pipewright');

/** The last commit whose sources differ from the files as they are. */
export function commitBefore() {
  const isClean = git('status', '--porcelain', '--', ...sources) === '';
  return isClean ? git('log', '-1', '--skip=1', '--format=%H', '--', ...sources) : git('rev-parse', 'HEAD');
}

/** The executable of the files as they are. */
export async function currentBuild() {
  await buildServer();
  if (git('status', '--porcelain', '--', ...sources) === '') {
    keep(git('rev-parse', 'HEAD'), serverFile);
  }

  return serverFile;
}

/** The executable of a commit. @param name Whatever names a commit for Git. */
export async function buildOf(name) {
  const commit = git('log', '-1', '--format=%H', name, '--', ...sources);
  const file = keptFile(commit);
  if (!existsSync(file)) {
    const folder = mkdtempSync(join(tmpdir(), 'pipewright-gate-'));
    try {
      const archive = join(folder, 'sources.tar');
      execFileSync('git', ['archive', '--output', archive, commit], { cwd: root });
      execFileSync('tar', ['-xf', 'sources.tar'], { cwd: folder });
      const built = join(folder, 'built');
      await buildServerOf(folder, built);
      keep(commit, built);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  return file;
}

function keep(name, built) {
  const file = keptFile(git('log', '-1', '--format=%H', name, '--', ...sources));
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(built, file);
}
