// Where the boxes of a graph stand, how one goes from box to box, and what an exported file says. What it looks like is for tests/e2e.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

async function load(...parts) {
  const bundle = await build({ entryPoints: [at('extension', ...parts)], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
}
const { labelOf, neighbourOf, placeAll, shiftOf } = await load('webview', 'layout.ts');
const { drawAll, pathOf, resolve, sentenceOf, shorten, svgText } = await load('webview', 'drawing.ts');
const { drawingStyle } = await load('webview', 'style.ts');

const node = (id, branch, more = {}) => ({
  id,
  name: id,
  detail: 'Wait',
  shape: 'control',
  branch,
  isInactive: false,
  isMissing: false,
  errors: 0,
  warnings: 0,
  ...more,
});
const edge = (from, to, ...conditions) => ({ from, to, conditions });

/** `A>B C` is A before B, and C beside them; `X[A>B|C]` holds two branches. */
const graphOf = (nodes, edges = [], branches = []) => ({ title: 'demo', isFactory: false, nodes, edges, branches });

const chain = graphOf(
  [node('A'), node('B'), node('C'), node('D')],
  [edge('A', 'B', 'Succeeded'), edge('A', 'C', 'Failed'), edge('B', 'D', 'Succeeded')],
);
const nested = graphOf(
  [node('A'), node('Each'), node('In 1', 'Each/'), node('In 2', 'Each/'), node('If', 'Each/'), node('T', 'If/true'), node('Z')],
  [edge('A', 'Each', 'Succeeded'), edge('In 1', 'In 2', 'Succeeded'), edge('In 2', 'If', 'Completed'), edge('Each', 'Z', 'Failed')],
  [
    { id: 'Each/', node: 'Each', label: '' },
    { id: 'If/true', node: 'If', label: 'true' },
    { id: 'If/false', node: 'If', label: 'false' },
  ],
);
const placed = (layout, id) => layout.nodes.find((found) => found.node.id === id);
const holds = (outer, inner) =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('what waits stands to the right of what it waits for', () => {
  const layout = placeAll(chain);
  for (const { edge } of layout.edges) {
    const [from, to] = [placed(layout, edge.from), placed(layout, edge.to)];
    assert.ok(from.x + from.width < to.x, `${edge.from} before ${edge.to}`);
  }
});

test('a container is around what it holds, in its branches, and nothing else overlaps', () => {
  const layout = placeAll(nested);
  for (const [outer, inner] of [
    ['Each', 'In 1'],
    ['Each', 'If'],
    ['If', 'T'],
  ]) {
    assert.ok(holds(placed(layout, outer), placed(layout, inner)), `${outer} holds ${inner}`);
  }
  const branch = (id) => layout.branches.find((found) => found.id === id);
  assert.ok(holds(branch('If/true'), placed(layout, 'T')));
  assert.ok(holds(placed(layout, 'If'), branch('If/false')));
  assert.equal(branch('If/false').isEmpty, true);
  assert.ok(!overlap(branch('If/true'), branch('If/false')));
  const top = ['A', 'Each', 'Z'].map((id) => placed(layout, id));
  top.forEach((a, i) => top.slice(i + 1).forEach((b) => assert.ok(!overlap(a, b), `${a.node.id} and ${b.node.id}`)));
  layout.nodes.forEach((box) => assert.ok(holds({ x: 0, y: 0, width: layout.width, height: layout.height }, box)));
});

test('edges end at the boxes that they belong to', () => {
  const layout = placeAll(nested);
  for (const { edge, points } of layout.edges) {
    const [from, to] = [placed(layout, edge.from), placed(layout, edge.to)];
    assert.ok(Math.abs(points[0].x - from.x - from.width) < 0.01 && Math.abs(points.at(-1).x - to.x) < 0.01, `${edge.from} to ${edge.to}`);
    assert.ok(points.at(-1).y >= to.y && points.at(-1).y <= to.y + to.height);
  }
});

test('a closed container is a box like any other', () => {
  const layout = placeAll(nested, new Set(['Each']));
  assert.deepEqual(layout.nodes.map((found) => found.node.id).toSorted(), ['A', 'Each', 'Z']);
  assert.equal(placed(layout, 'Each').isOpen, false);
  assert.equal(placed(layout, 'Each').isContainer, true);
  assert.equal(layout.branches.length, 0);
});

test('many that wait for nothing stand in rows, and circles are drawn', () => {
  const loose = placeAll(graphOf(Array.from({ length: 30 }, (_, i) => node(`N${i}`))));
  assert.ok(loose.width > 600 && loose.height < 600, `${loose.width} x ${loose.height}`);
  const circle = placeAll(
    graphOf(
      [node('A'), node('B')],
      [edge('A', 'B', 'Succeeded'), edge('B', 'A', 'Succeeded'), edge('A', 'A', 'Succeeded'), edge('A', 'Gone')],
    ),
  );
  assert.equal(circle.edges.length, 2);
  assert.equal(placeAll(graphOf([])).nodes.length, 0);
});

for (const [conditions, label] of [
  [['Succeeded'], ''],
  [[], ''],
  [['Failed'], 'Failed'],
  [['Failed', 'Skipped'], 'Failed or Skipped'],
]) {
  test(`${conditions.join() || 'a reference'} is labelled '${label}'`, () => assert.equal(labelOf(edge('A', 'B', ...conditions)), label));
}

test('what stays in the graph stays on the screen', () => {
  const before = placeAll(chain);
  const after = placeAll(graphOf([node('First'), ...chain.nodes], [edge('First', 'A', 'Succeeded'), ...chain.edges]));
  const shift = shiftOf(before, after);
  assert.ok(shift.x < 0);
  const still = chain.nodes.filter(({ id }) => Math.abs(placed(after, id).x + shift.x - placed(before, id).x) < 1);
  assert.ok(still.length >= 3, `${still.length} stay`);
  assert.deepEqual(shiftOf(before, placeAll(chain)), { x: 0, y: 0 });
  const kept = shiftOf(before, after, 'D');
  assert.equal(placed(after, 'D').x + kept.x, placed(before, 'D').x);
  assert.deepEqual(shiftOf(before, placeAll(graphOf([node('Other')]))), { x: 0, y: 0 });
});

for (const [from, direction, to] of [
  ['A', 'right', 'Each'],
  ['Each', 'left', 'A'],
  ['Each', 'right', 'Z'],
  ['Each', 'down', 'In 1'],
  ['In 1', 'right', 'In 2'],
  ['In 2', 'right', 'If'],
  ['If', 'down', 'T'],
  ['T', 'up', 'If'],
  ['A', 'left', undefined],
]) {
  test(`${direction} of ${from} is ${to}`, () => assert.equal(neighbourOf(placeAll(nested), from, direction), to));
}

test('every node is reached by arrow keys from the first', () => {
  const layout = placeAll(nested);
  const reached = new Set(['A']);
  for (const id of reached) {
    ['left', 'right', 'up', 'down'].map((direction) => neighbourOf(layout, id, direction)).forEach((next) => next && reached.add(next));
  }
  assert.equal(reached.size, layout.nodes.length);
});

test('a node says what it is, what it waits for and what is wrong', () => {
  const graph = graphOf(
    [node('A'), node('B', undefined, { errors: 1, warnings: 2, isInactive: true })],
    [edge('A', 'B', 'Failed', 'Skipped')],
  );
  const layout = placeAll(graph);
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const run = { id: 'B', status: 'Failed', icon: '✗', text: '2 s' };
  assert.equal(
    sentenceOf(placed(layout, 'B'), layout.edges, names, run),
    'B, Wait, after A failed or skipped, inactive, 1 error, 2 warnings, Failed 2 s',
  );
  assert.match(sentenceOf(placed(placeAll(nested), 'Each'), [], names), /^Each, Wait, open$/);
});

const marks = { runs: new Map() };
/** All elements of a drawing. */
const all = (drawn) => [drawn, ...drawn.children.filter((child) => typeof child !== 'string').flatMap(all)];

test('each outcome has a line of its own beside its colour, and a word', () => {
  const outcomes = ['Succeeded', 'Failed', 'Completed', 'Skipped'];
  const graph = graphOf(
    [node('A'), ...outcomes.map((name) => node(name))],
    outcomes.map((name) => edge('A', name, name)),
  );
  const edges = all(drawAll(placeAll(graph), marks)).filter(({ attributes }) => /^edge /.test(attributes.class ?? ''));
  const words = edges.map((drawn) =>
    all(drawn)
      .flatMap(({ children }) => children.filter((child) => typeof child === 'string'))
      .join(),
  );
  assert.deepEqual(words.toSorted(), ['', '● Completed', '✗ Failed', '↷ Skipped'].toSorted());
  const lines = ['failed', 'completed', 'skipped', 'mixed'].map((name) =>
    new RegExp(`\\.edge\\.${name} \\.line \\{([^}]*)\\}`).exec(drawingStyle)[1].replace(/stroke: [^;]*;/, ''),
  );
  assert.equal(new Set(lines).size, 4);
});

test('every node can be focused and has a name', () => {
  const nodes = all(drawAll(placeAll(nested), marks)).filter(({ attributes }) => attributes['data-id']);
  assert.equal(nodes.length, nested.nodes.length);
  for (const { attributes } of nodes) {
    assert.equal(attributes.role, 'button');
    assert.ok(attributes['aria-label'].length > 0);
  }
});

test('an exported file is XML of its own: odd names are escaped, no colour is left open', () => {
  const graph = graphOf([node('<b>&"\u0001', undefined, { finding: ']]>' })]);
  const text = svgText(placeAll(graph), { ...marks, selected: '<b>&"\u0001' }, 'a < b', drawingStyle, (name) =>
    name === '--vscode-charts-green' ? '#0f0' : '',
  );
  assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/);
  assert.ok(text.includes('<title>a &lt; b</title>'));
  assert.ok(text.includes('&lt;b&gt;&amp;&quot;'));
  assert.ok(!text.includes('var('));
  assert.ok(!text.includes('\u0001') && !text.includes('tabindex') && !text.includes('selected'));
  assert.ok(text.includes('#0f0'));
  assert.equal(text.match(/<g[ >]/g).length, text.match(/<\/g>/g).length);
});

for (const [style, expected] of [
  ['a: var(--x)', 'a: X'],
  ['a: var(--gone, #fff)', 'a: #fff'],
  ['a: var(--gone, var(--x, #000))', 'a: X'],
  ['a: var(--gone, var(--lost, rgba(1, 2, 3, 0.5)))', 'a: rgba(1, 2, 3, 0.5)'],
  ['a: var(--gone)', 'a: transparent'],
]) {
  test(`${style} is ${expected}`, () =>
    assert.equal(
      resolve(style, (name) => (name === '--x' ? 'X' : '')),
      expected,
    ));
}

const sevenEach = (text) => text.length * 7;

test('names are cut to their room, and lines leave and come in level', () => {
  assert.equal(shorten('Copy orders', 200, sevenEach), 'Copy orders');
  assert.equal(shorten('Copy orders of all stores', 70, sevenEach), 'Copy orde…');
  assert.equal(
    pathOf([
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ]),
    'M0 0C5 0 5 20 10 20',
  );
});

test('a large pipeline is laid out in a time that grows with its size, not with its square', () => {
  const make = (count) =>
    graphOf(
      Array.from({ length: count }, (_, i) => node(`N${i}`)),
      Array.from({ length: count - 1 }, (_, i) => edge(`N${Math.floor(i / 3)}`, `N${i + 1}`, i % 4 === 0 ? 'Failed' : 'Succeeded')),
    );
  const best = (graph) =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const start = performance.now();
        placeAll(graph);
        return performance.now() - start;
      }),
    );
  best(make(60));
  const [small, large] = [best(make(30)), best(make(120))];
  assert.ok(large / small < 16, `${large.toFixed(1)} ms for 120, ${small.toFixed(1)} ms for 30`);
});
