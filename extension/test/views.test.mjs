// What the views show, in plain values: the factory's tree, the graph of a text, the rows of a run.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

async function load(...parts) {
  const bundle = await build({ entryPoints: [at('extension', ...parts)], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
}
const tree = await load('src', 'factoryTree.ts');
const model = await load('src', 'graphModel.ts');
const gantt = await load('webview', 'gantt.ts');

const live = [
  { kind: 'pipeline', name: 'load', folder: 'daily/orders', uri: 'file:///load' },
  { kind: 'pipeline', name: 'Archive' },
  { kind: 'trigger', name: 'nightly', type: 'ScheduleTrigger', state: 'Started' },
];
const states = [
  { kind: 'pipeline', name: 'Load', state: 'changedHere', uri: 'file:///load' },
  { kind: 'pipeline', name: 'archive', state: 'onlyThere' },
  { kind: 'dataset', name: 'orders', state: 'onlyHere', uri: 'file:///orders' },
  { kind: 'trigger', name: 'nightly', state: 'same', uri: 'file:///nightly' },
];

test('the factory and the files are one list, each resource once', () => {
  const merged = tree.mergeResources(live, states);
  assert.deepEqual(
    merged.map(({ kind, name, drift }) => `${kind} ${name} ${drift}`),
    ['pipeline Archive onlyThere', 'pipeline load changedHere', 'dataset orders onlyHere', 'trigger nightly same'],
  );
  assert.equal(merged.find(({ name }) => name === 'nightly').uri, 'file:///nightly');
  assert.deepEqual(
    tree.mergeResources(live, []).map(({ drift }) => drift),
    [undefined, undefined, undefined],
  );
});

test('kinds say how many they are and how many differ', () => {
  assert.deepEqual(
    tree.kindsOf(tree.mergeResources(live, states)).map(({ kind, count, changed }) => `${kind} ${count} ${changed}`),
    ['pipeline 2 2', 'dataset 1 1', 'trigger 1 0'],
  );
});

test("a kind holds ADF Studio's folders, then what is in none", () => {
  const show = (branches) => branches.map((branch) => (branch.type === 'folder' ? `${branch.path}/` : branch.resource.name));
  const resources = [...live, { kind: 'pipeline', name: 'a', folder: 'daily' }, { kind: 'pipeline', name: 'b', folder: 'dailyish' }];
  assert.deepEqual(show(tree.childrenOf(resources, 'pipeline')), ['daily/', 'dailyish/', 'Archive']);
  assert.deepEqual(show(tree.childrenOf(resources, 'pipeline', 'daily')), ['daily/orders/', 'a']);
  assert.deepEqual(show(tree.childrenOf(resources, 'pipeline', 'daily/orders')), ['load']);
});

for (const [resource, context] of [
  [{ kind: 'pipeline', uri: 'x', drift: 'changedHere' }, 'resource kind-pipeline here there differs'],
  [{ kind: 'pipeline', uri: 'x', drift: 'same' }, 'resource kind-pipeline here there'],
  [{ kind: 'pipeline', uri: 'x', drift: 'onlyHere' }, 'resource kind-pipeline here'],
  [{ kind: 'dataset', drift: 'onlyThere' }, 'resource kind-dataset there'],
  [{ kind: 'trigger', uri: 'x', state: 'Started' }, 'resource kind-trigger here there started'],
  [{ kind: 'trigger', state: 'Stopped' }, 'resource kind-trigger there stopped'],
]) {
  test(`a menu is asked about '${context}'`, () => assert.equal(tree.contextOf({ name: 'n', ...resource }), context));
}

test('every difference has a letter of its own', () => {
  const drifts = ['changedHere', 'changedThere', 'changedBoth', 'differs', 'onlyHere', 'onlyThere'];
  assert.equal(new Set(drifts.map((drift) => tree.badgeOf(drift).badge)).size, drifts.length);
  assert.equal(tree.badgeOf('same'), undefined);
  assert.equal(tree.badgeOf(undefined), undefined);
});

for (const [kind, title] of [
  ['pipeline', 'Pipelines'],
  ['linkedService', 'Linked services'],
  ['integrationRuntime', 'Integration runtimes'],
  ['dataflow', 'Data flows'],
]) {
  test(`${kind} is called ${title}`, () => assert.equal(tree.titleOf(kind), title));
}

for (const [milliseconds, text] of [
  [10, 'just now'],
  [5 * 60_000, '5 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [72 * 3_600_000, '3 days ago'],
]) {
  test(`${milliseconds} ms is ${text}`, () => assert.equal(tree.agoText(milliseconds), text));
}

test('a run says how it ended, when, and who began it', () => {
  const run = {
    runId: '1',
    pipeline: 'load',
    status: 'Failed',
    durationMs: 61_000,
    start: '2024-05-01T10:00:00Z',
    invokedBy: { name: 'nightly' },
  };
  assert.equal(tree.describeRun(run, Date.parse('2024-05-01T10:05:00Z')), 'Failed · 1 min 1 s · 5 min ago · by nightly');
});

const range = (a, b, c, d) => ({ start: { line: a, character: b }, end: { line: c, character: d } });
const nodes = [
  { id: 'Each', range: range(1, 2, 9, 0) },
  { id: 'In', range: range(4, 6, 6, 20) },
];
for (const [line, character, id] of [
  [0, 0, undefined],
  [1, 1, undefined],
  [1, 2, 'Each'],
  [4, 6, 'In'],
  [6, 20, 'In'],
  [6, 21, 'Each'],
  [9, 1, undefined],
]) {
  test(`the cursor at ${line}:${character} is in ${id}`, () => assert.equal(model.nodeAt(nodes, { line, character }), id));
}

test('a call leads to the graph of the pipeline that it calls, as far as that is in the files', () => {
  const node = { id: 'Call', name: 'Call', type: 'ExecutePipeline', shape: 'pipeline', isInactive: false, errors: 0, warnings: 0 };
  const make = (uses) => model.pipelineGraph({ name: 'p', nodes: [{ ...node, uses }], branches: [], edges: [] }).nodes[0].follows;
  assert.equal(
    make([
      { kind: 'dataset', name: 'd', uri: 'file:///d' },
      { kind: 'pipeline', name: 'c', uri: 'file:///c' },
    ]),
    'file:///c',
  );
  assert.equal(make([{ kind: 'pipeline', name: 'c' }]), undefined);
});

test('what no file declares is missing in the graph of a factory', () => {
  const graph = model.factoryGraph({
    name: 'f',
    nodes: [{ id: 'a', kind: 'dataset', name: 'a', errors: 0, warnings: 0 }],
    edges: [{ from: 'a', to: 'a', count: 1 }],
  });
  assert.equal(graph.nodes[0].isMissing, true);
  assert.match(graph.nodes[0].finding, /no file declares it/);
  assert.deepEqual(graph.edges[0].conditions, []);
});

const run = (activity, status, more = {}) => ({
  activityRunId: `${activity}-${more.iteration ?? 0}`,
  activity,
  status,
  depth: 0,
  attempt: 1,
  uri: 'file:///p',
  ...more,
});
for (const [name, activities, status, text] of [
  ['one', [run('A', 'Succeeded', { durationMs: 1500 })], 'Succeeded', '1.5 s'],
  ['a second attempt', [run('A', 'Failed'), run('A', 'Succeeded', { attempt: 2, durationMs: 10 })], 'Succeeded', '10 ms'],
  ['two rounds', [run('A', 'Failed', { iteration: 0 }), run('A', 'Succeeded', { iteration: 1 })], 'Failed', '2 rounds'],
  ['rounds that go on', [run('A', 'Failed', { iteration: 0 }), run('A', 'InProgress', { iteration: 1 })], 'InProgress', '2 rounds'],
]) {
  test(`a node shows ${name}`, () => {
    const [shown] = model.nodeRuns(
      {
        uri: 'file:///p',
        nodes: [
          { id: 'a', name: 'A' },
          { id: 'b', name: 'B' },
        ],
      },
      [...activities, run('B', 'Failed', { uri: 'file:///q' })],
    );
    assert.deepEqual([shown.id, shown.status, shown.text], ['a', status, text]);
  });
}

test('a node shows what it came to in a dry run', () => {
  const states = model.dryRunStates([
    { depth: 0, name: 'A', status: 'Succeeded', startMs: 1000, endMs: 3500, activity: { uri: 'file:///p' } },
    { depth: 0, name: 'B', status: 'Skipped', startMs: 3500, endMs: 3500, iteration: null, activity: { uri: 'file:///p' } },
    { depth: 1, name: 'A', status: 'Failed', startMs: 0, endMs: 0, activity: { uri: 'file:///q' } },
  ]);
  const nodes = ['A', 'B', 'C'].map((name) => ({ id: name, name }));
  const shown = model.nodeRuns({ uri: 'file:///p', nodes }, states);
  assert.deepEqual(
    shown.map(({ id, status, text }) => [id, status, text]),
    [
      ['A', 'Succeeded', '2.5 s'],
      ['B', 'Skipped', ''],
    ],
  );
});

const time = (seconds) => new Date(Date.UTC(2024, 4, 1, 10, 0, seconds)).toISOString();
const runs = [
  { runId: 'R', pipeline: 'parent', status: 'Succeeded', start: time(0), end: time(20), durationMs: 20_000, depth: 0 },
  { runId: 'C', pipeline: 'child', status: 'Succeeded', start: time(6), end: time(10), depth: 1 },
  { runId: 'D', pipeline: 'lost', status: 'Succeeded', depth: 1 },
];
const activities = [
  { activityRunId: '3', pipelineRunId: 'R', activity: 'After', status: 'Queued', attempt: 1, depth: 0 },
  {
    activityRunId: '2',
    pipelineRunId: 'R',
    activity: 'Call',
    status: 'Succeeded',
    start: time(5),
    end: time(11),
    attempt: 1,
    depth: 0,
    output: { pipelineRunId: 'C' },
  },
  { activityRunId: '1', pipelineRunId: 'R', activity: 'Before', status: 'Succeeded', start: time(1), end: time(4), attempt: 1, depth: 0 },
  { activityRunId: '4', pipelineRunId: 'C', activity: 'Inside', status: 'InProgress', start: time(7), attempt: 2, iteration: 0, depth: 1 },
];

test('rows are in the order in which things began, what was called below the call', () => {
  const rows = gantt.rowsOf(runs, activities, 'R');
  assert.deepEqual(
    rows.map(({ name, depth }) => `${'.'.repeat(depth)}${name}`),
    ['parent', '.Before', '.Call', '..child', '....Inside', '.After', '.lost'],
  );
  assert.equal(rows[4].detail, 'round 1 · attempt 2');
});

test('a bar is where its time is; what goes on ends now, what has not begun has none', () => {
  const rows = gantt.rowsOf(runs, activities, 'R');
  const now = Date.parse(time(20));
  const scale = gantt.scaleOf(rows, now);
  assert.deepEqual(
    [scale.start, scale.end].map((at) => new Date(at).toISOString()),
    [time(0), time(20)],
  );
  assert.deepEqual(gantt.barOf(rows[1], scale, now), { left: 5, width: 15 });
  assert.deepEqual(gantt.barOf(rows[4], scale, now), { left: 35, width: 65 });
  assert.equal(gantt.barOf(rows[5], scale, now), undefined);
  const late = gantt.scaleOf([], now);
  assert.equal(late.end - late.start, 1000);
});

for (const [length, ticks] of [
  [1000, [0, 200, 400, 600, 800, 1000]],
  [60_000, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]],
  [86_400_000 * 30, [0, 5, 10, 15, 20, 25, 30].map((days) => days * 86_400_000)],
]) {
  test(`an axis of ${length} ms has round times`, () => assert.deepEqual(gantt.ticksOf({ start: 5, end: 5 + length }), ticks));
}

test('addresses of an output are links, other texts are not', () => {
  assert.deepEqual(
    gantt.linksOf({
      runPageUrl: 'https://adb-1.azuredatabricks.net/?o=1#job/2',
      other: 'javascript:alert(1)',
      text: 'see https://x',
      count: 1,
    }),
    ['https://adb-1.azuredatabricks.net/?o=1#job/2'],
  );
  assert.deepEqual(gantt.linksOf(undefined), []);
});
