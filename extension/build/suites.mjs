// Runs one test suite each and reads its counts from what the test runner reports, never from its prose.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { emulatorFile, serverFile } from './artifacts.mjs';
import { at, outcome } from './run.mjs';

const solution = 'LanguageServer.sln';
const results = at('artifacts', 'test-results');

/** Counts of a suite that is one check: it holds or it doesn't. */
const oneCheck = (holds) => ({ passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0 });

/** A suite that is one program which must end well. */
function check(name, command, ...args) {
  return { name, run: async () => oneCheck((await outcome(command, args)).code === 0) };
}

/** A check that runs a tool of node_modules. */
const toolCheck = (name, script, ...args) => check(name, process.execPath, at('node_modules', script), ...args);

/**
 * The test projects of .NET, one a suite; what they share is built once, before the first.
 * @returns {{name: string, run: () => Promise<{passed: number, failed: number, skipped: number}>}[]}
 */
function dotnetSuites() {
  let built;
  const projects = readdirSync(at('tests')).filter((folder) => existsSync(at('tests', folder, `${folder}.csproj`)));
  return projects
    .filter((project) => project.endsWith('.Tests'))
    .map((project) => ({
      name: `tests/${project}`,
      run: async () => {
        built ??= outcome('dotnet', ['build', solution, '-v', 'quiet', '-nologo']);
        return (await built).code === 0 ? dotnetTest(project) : oneCheck(false);
      },
    }));
}

async function dotnetTest(project) {
  const report = path.join(results, `${project}.trx`);
  await rm(report, { force: true });
  const args = ['test', `tests/${project}`, '--no-build', '-nologo', '-v', 'quiet', '--logger', `trx;LogFileName=${report}`];
  const { code } = await outcome('dotnet', [...args, '--blame-hang-timeout', '10m', '--blame-hang-dump-type', 'none']);
  const counters = /<Counters ([^>]*)>/.exec(await textOf(report))?.[1] ?? '';
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  return settle(code, { passed: count('passed'), failed: count('failed'), skipped: count('total') - count('executed') });
}

/** The long runs at a size that fits: each looks for mistakes for some seconds. `npm run fuzz` and `npm run soak` go on for long. */
function fuzzSuite() {
  return {
    name: 'tests/Fuzz',
    run: async () => {
      const build = await outcome('dotnet', ['build', 'tests/Fuzz', '-v', 'quiet', '-nologo']);
      if (build.code !== 0) {
        return oneCheck(false);
      }
      const { code, output } = await outcome('dotnet', ['run', '--no-build', '--project', 'tests/Fuzz', '--', '--brief'], { quiet: true });
      process.stderr.write(output);
      const [, passed, failed, skipped] = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output) ?? [0, 0, 0, 0];
      return settle(code, { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) });
    },
  };
}

/** A folder of tests for Node's own runner. */
function nodeSuite(folder) {
  return {
    name: folder,
    run: async () => {
      await mkdir(results, { recursive: true });
      const report = path.join(results, `${folder.replaceAll('/', '-')}.tap`);
      const reporter = (name, destination) => [`--test-reporter=${name}`, `--test-reporter-destination=${destination}`];
      const args = [...reporter('spec', 'stderr'), ...reporter('tap', report)];
      const env = { PIPEWRIGHT_SERVER: serverFile, PIPEWRIGHT_EMULATOR: emulatorFile };
      const { code } = await outcome(process.execPath, ['--test', ...args, ...testFiles(folder)], { env });
      const text = await textOf(report);
      const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
      return settle(code, { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') });
    },
  };
}

const testFiles = (folder) =>
  readdirSync(at(folder))
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => at(folder, file));

const textOf = async (file) => (existsSync(file) ? readFile(file, 'utf8') : '');

/** A runner that failed without a failed test, or that ran no test at all, has failed. */
function settle(code, counts) {
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  return counts.failed === 0 && (code !== 0 || ranNothing) ? { ...counts, failed: 1 } : counts;
}

const nodeFolders = [
  'extension/test',
  'tests/schemas',
  'tests/arm-client',
  'tests/databricks-client',
  'tests/ci',
  'tests/terminal',
  'tests/release',
  'tests/neovim',
  'tests/emacs',
  'tests/e2e',
];

/** Every suite, in the order in which they run: the quick and the basic ones first. */
export function allSuites() {
  return [
    toolCheck(
      'formatting of scripts',
      'prettier/bin/prettier.cjs',
      '--check',
      '--no-error-on-unmatched-pattern',
      'extension',
      'tests/**/*.mjs',
      'package.json',
    ),
    check('formatting of C#', 'dotnet', 'format', 'whitespace', solution, '--verify-no-changes', '--no-restore'),
    toolCheck('types of the extension', 'typescript/bin/tsc', '-p', 'extension'),
    toolCheck('types of its views', 'typescript/bin/tsc', '-p', 'extension/webview'),
    ...dotnetSuites(),
    check('table of the long runs', process.execPath, at('tests', 'Fuzz', 'report.mjs'), '--check'),
    fuzzSuite(),
    ...nodeFolders.filter((folder) => existsSync(at(folder))).map(nodeSuite),
  ];
}
