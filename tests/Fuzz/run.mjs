// `npm run fuzz` and `npm run soak`: the long runs, and the table of them in docs/reliability.md. Words are names of suites and options of the program.
import { main } from '../../extension/build/main.mjs';
import { at, outcome } from '../../extension/build/run.mjs';
import { writeTable } from './report.mjs';

const results = at('tests', 'Fuzz', 'results');

await main(async () => {
  const { code } = await outcome('dotnet', [
    'run',
    '-c',
    'Release',
    '--project',
    at('tests', 'Fuzz'),
    '--',
    ...process.argv.slice(2),
    '--results',
    results,
  ]);
  await writeTable();
  process.exitCode = code;
});
