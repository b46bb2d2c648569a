// The form of a run, the view of a deployment and that of a conversion, in plain values.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

async function load(name) {
  const bundle = await build({ entryPoints: [at('extension', 'webview', name)], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
}
const form = await load('runFormModel.ts');
const deploy = await load('deployModel.ts');
const convert = await load('convertModel.ts');
const { fill } = await load('words.ts');

const fields = [
  { name: 'day', kind: 'text', required: true },
  { name: 'count', kind: 'integer', required: false, text: '3' },
  { name: 'key', kind: 'secret', required: true },
  { name: 'stores', kind: 'list', required: false, text: '[\n  "north"\n]' },
  { name: 'full', kind: 'boolean', required: false, text: 'true' },
];
const words = new Proxy({}, { get: (_, name) => `${String(name)}{0}` });

test('places of a text are filled in, and only these', () => {
  assert.equal(fill('{0} of {1}, {0} {2}', 'a', '{1}'), 'a of {1}, a ');
});

test('a field shows what is given, else its default, else nothing', () => {
  assert.deepEqual(
    fields.map((field) => form.textOf(field, { day: 'x', count: '7' })),
    ['x', '7', '', '[\n  "north"\n]', 'true'],
  );
});

for (const [what, entries, sent] of [
  ['what is given', { day: '1', count: '4' }, { day: '1', count: '4' }],
  ['an empty text', { day: '' }, { day: '' }],
  ['no number that was taken away', { day: '1', count: ' ' }, { day: '1' }],
  ['no empty JSON', { stores: '' }, {}],
  ['nothing that no field asks for', { colour: 'red' }, {}],
]) {
  test(`a run is given ${what}`, () => assert.deepEqual(form.toSend(fields, entries), sent));
}

test('a secret is kept nowhere and not sent to be checked, and a run has it', () => {
  const entries = { day: '1', key: 'hush' };
  assert.deepEqual(form.toKeep(fields, entries), { day: '1' });
  assert.deepEqual(form.withoutSecrets(fields, entries), { day: '1', key: '**********' });
  assert.deepEqual(form.withSecrets(fields, { day: '1', key: '**********' }, entries), { day: '1', key: 'hush' });
  assert.deepEqual(form.withSecrets(fields, { day: '1' }, { day: '1' }), { day: '1' });
});

for (const [what, parameters, entries] of [
  ['texts, whatever the case of the name', { Day: '2024', COUNT: '5' }, { day: '2024', count: '5' }],
  ['values that are no texts', { count: 5, stores: ['a'] }, { count: '5', stores: '["a"]' }],
  ['no default, however it is laid out', { count: '3', stores: '["north"]', full: 'True' }, {}],
  ['another value than the default', { full: 'False' }, { full: 'False' }],
  ['no secret', { key: 'hush' }, {}],
  ['nothing that the pipeline does not take any more', { colour: 'red' }, {}],
  ['nothing of a run without parameters', undefined, {}],
]) {
  test(`of an earlier run the form takes ${what}`, () => assert.deepEqual(form.entriesOf(fields, parameters), entries));
}

test('JSON is laid out, other texts stay', () => {
  assert.equal(form.laidOut('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(form.laidOut('{"a":'), '{"a":');
});

for (const [name, entries, hint] of [
  ['count', {}, 'isDefault{0}'],
  ['count', { count: '1' }, 'given{0}'],
  ['day', {}, 'noDefault{0}'],
  ['day', { day: '' }, 'emptyText{0}'],
  ['key', {}, 'noDefault{0} neverKept{0}'],
  ['key', { key: 'x' }, 'given{0} neverKept{0}'],
]) {
  test(`the hint of ${name} with ${JSON.stringify(entries)} is ${hint}`, () =>
    assert.equal(
      form.hintOf(
        words,
        fields.find((field) => field.name === name),
        entries,
      ),
      hint,
    ));
}

test('problems are in the order of the fields', () => {
  const problems = ['full', 'COUNT', 'colour', 'day'].map((name) => ({ name, message: '' }));
  assert.deepEqual(
    form.inOrder(fields, problems).map(({ name }) => name),
    ['colour', 'day', 'COUNT', 'full'],
  );
});

test('one sentence says what is to be mended', () => {
  assert.equal(form.statusOf(words, 'load', []), 'readyload');
  const problems = ['day', 'key', 'day'].map((name) => ({ name, message: '' }));
  assert.equal(form.statusOf(words, 'load', problems), 'toMendday, key');
});

const planned = [
  ['dataset', 'Orders', 'none'],
  ['pipeline', 'clean', 'create'],
  ['linkedService', 'Lake', 'update'],
  ['pipeline', 'load', 'update'],
  ['pipeline', 'tell', 'update'],
].map(([kind, name, action]) => ({ kind, name, action, properties: [], changedOutside: [], hasText: true, hasDiff: true }));

test('a plan is grouped by what is done, and within that by kind', () => {
  assert.deepEqual(
    deploy
      .groupsOf(planned)
      .map(({ action, kinds }) => [action, ...kinds.map(({ kind, resources }) => `${kind}: ${resources.map(({ name }) => name)}`)]),
    [
      ['create', 'pipeline: clean'],
      ['update', 'linkedService: Lake', 'pipeline: load,tell'],
      ['none', 'dataset: Orders'],
    ],
  );
});

test('a deployment begins with all that changes waiting, and each change is told of its resource', () => {
  let resources = deploy.withWaiting(planned);
  assert.deepEqual(
    resources.map(({ state }) => state),
    ['unchanged', 'waiting', 'waiting', 'waiting', 'waiting'],
  );
  assert.equal(deploy.hasChanged(resources), false);
  resources = deploy.withChange(resources, { kind: 'pipeline', name: 'CLEAN', state: 'created' });
  resources = deploy.withChange(resources, { kind: 'pipeline', name: 'load', state: 'failed', error: 'No', link: null });
  resources = deploy.withChange(resources, { kind: 'pipeline', name: 'tell', state: 'running' });
  assert.deepEqual(deploy.progressOf(resources), { done: 2, total: 4 });
  assert.equal(deploy.hasChanged(resources), true);
  assert.deepEqual([resources[3].state, resources[3].error, resources[3].link], ['failed', 'No', undefined]);
  const said = deploy.progressText({ progress: '{0}/{1} {2}' }, resources);
  assert.equal(said, '2/4 tell');
});

test('what no plan had comes last', () => {
  const resources = deploy.withChange([], { kind: 'trigger', name: 'Nightly', state: 'deleted', workspace: null });
  assert.deepEqual([resources[0].action, resources[0].state, resources[0].hasDiff], ['delete', 'deleted', false]);
  const notebooks = ['a.net', 'b.net'].reduce(
    (all, workspace) => deploy.withChange(all, { kind: 'notebook', name: '/x', state: 'created', workspace }),
    [],
  );
  assert.equal(notebooks.length, 2);
});

test('each state has a sign of its own beside its word', () => {
  const sign = (state, action = 'update') => deploy.signOf({ state, action });
  const signs = ['waiting', 'running', 'updated', 'failed', 'notAttempted', 'unchanged'].map((state) => sign(state));
  assert.equal(new Set(signs).size, signs.length);
  assert.deepEqual(
    ['create', 'update', 'delete', 'none'].map((action) => sign(undefined, action)),
    ['+', '~', '−', '='],
  );
  assert.equal(sign('dreaming'), '•');
});

for (const [value, text] of [
  ['a', 'a'],
  [1, '1'],
  [{ a: 1 }, '{"a":1}'],
  [undefined, 'none'],
  [null, 'none'],
  [false, 'false'],
]) {
  test(`${JSON.stringify(value)} is shown as ${text}`, () => assert.equal(deploy.valueText(value, 'none'), text));
}

const file = (name, state, source = `${name}.json`) => ({ uri: `${name}.yaml`, sourceUri: source, state });
const converted = [file('a', 'new'), file('b', 'differs'), file('c', 'same')];
for (const [what, wishes, write, kept, remove] of [
  ['overwrites nothing', { overwrites: false, deletesSources: true }, ['a'], ['b'], ['a.json', 'c.json']],
  ['overwrites what is agreed to', { overwrites: true, deletesSources: true }, ['a', 'b'], [], ['a.json', 'b.json', 'c.json']],
  ['leaves what it converts', { overwrites: true, deletesSources: false }, ['a', 'b'], [], []],
]) {
  test(`a conversion ${what}`, () => {
    const decided = convert.decide(converted, wishes);
    assert.deepEqual(
      decided.write.map(({ uri }) => uri),
      write.map((name) => `${name}.yaml`),
    );
    assert.deepEqual(
      decided.kept.map(({ uri }) => uri),
      kept.map((name) => `${name}.yaml`),
    );
    assert.deepEqual(decided.remove, remove);
  });
}

test('a file that only in part becomes another stays', () => {
  const two = [file('a', 'new', 'both.json'), file('b', 'differs', 'both.json')];
  assert.deepEqual(convert.decide(two, { overwrites: false, deletesSources: true }).remove, []);
  assert.deepEqual(convert.decide(two, { overwrites: true, deletesSources: true }).remove, ['both.json']);
});
