// Parts of the server, each measured by itself with what memory it takes: what BenchmarkDotNet has found, as tables.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './servers.mjs';

const folderOf = (isQuick) => join(root, 'artifacts', isQuick ? 'benchmarks-quick' : 'benchmarks');

/** In the order in which they are shown. */
const titles = {
  EditorBenchmarks: 'What an editor asks for',
  CompletionBenchmarks: 'Completion, in a factory of few files and of many',
  ExpressionBenchmarks: 'The 480 expressions of a pipeline of 120 activities, against the parse of its text',
  NavigationBenchmarks: "Finding one's way in a factory of 5,000 resources",
  WorkspaceBenchmarks: 'Paths of notebooks from a Databricks workspace that is being read anew meanwhile, by the entries of the folder',
};

/** Runs all of them, with few repetitions. */
export function measureParts({ isQuick }) {
  const what = ['--filter', '*', '--job', isQuick ? 'dry' : 'short', '--artifacts', folderOf(isQuick)];
  execFileSync('dotnet', ['run', '-c', 'Release', '--project', join(root, 'tests', 'Benchmarks'), '--', ...what], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
}

/** Tables of what was measured last; null if nothing was. */
export function partsText({ isQuick }) {
  const folder = join(folderOf(isQuick), 'results');
  const reports = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('-report-full.json')) : [];
  const found = reports.flatMap((f) => JSON.parse(readFileSync(join(folder, f))).Benchmarks);
  const tables = Object.entries(titles).flatMap(([type, title]) => {
    const rows = found.filter((b) => b.Type === type && b.Statistics);
    return rows.length > 0 ? [`${title}:\n\n${table(rows)}`] : [];
  });
  return tables.length > 0
    ? `Times and memory of one call; ratios to the yardstick, the first line of each table.\n\n${tables.join('\n\n')}`
    : null;
}

/** A row for each thing that is measured, with columns for each set of parameters. */
function table(rows) {
  const sets = [...new Set(rows.map((r) => r.Parameters))];
  const names = [...new Set(rows.map((r) => r.MethodTitle))];
  const yardstick = names.find((name) => /YamlDotNet alone|the yardstick/.test(name));
  const of = (name, set) => rows.find((r) => r.MethodTitle === name && r.Parameters === set);
  const head = sets.flatMap((set) => {
    const [name, value] = set.split('=');
    const suffix = set ? `, ${/^\d+$/.test(value) ? `${Number(value).toLocaleString('en')} ${name.toLowerCase()}` : value}` : '';
    return [`time${suffix}`, 'ratio', 'memory', 'ratio'];
  });
  const lines = names.map((name) => {
    const cells = sets.flatMap((set) => {
      const [row, base] = [of(name, set), of(yardstick, set)];
      return row ? [time(row), ratio(row, base, (r) => r.Statistics.Mean), memory(row), ratio(row, base, bytes)] : ['—', '—', '—', '—'];
    });
    return `| ${name.replace(/^'|'$/g, '')} | ${cells.join(' | ')} |`;
  });
  return `| | ${head.join(' | ')} |\n| --- |${' --- |'.repeat(head.length)}\n${lines.join('\n')}`;
}

const bytes = (row) => row.Memory.BytesAllocatedPerOperation;

const time = (row) => inUnits(row.Statistics.Mean, ['ns', 'µs', 'ms', 's'], 1000);

const memory = (row) => inUnits(bytes(row), ['B', 'KiB', 'MiB'], 1024);

const ratio = (row, base, read) => (base && read(base) > 0 ? digits(read(row) / read(base)) : '—');

function inUnits(value, units, step) {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(value, 1)) / Math.log(step))));
  return `${digits(value / step ** power)} ${units[power]}`;
}

/** Two digits that count. */
const digits = (value) =>
  value >= 10 || value === 0 ? Math.round(value).toLocaleString('en') : value >= 0.1 ? value.toFixed(1) : value.toPrecision(1);
