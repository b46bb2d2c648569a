// What verbs write for programs: held to the JSON Schemas that are published, to SARIF's and to JUnit's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { validateXML } from 'xmllint-wasm';
import { at } from '../../extension/build/run.mjs';
import { ensureJUnitSchema, findSarifSchema } from '../../extension/build/testTools.mjs';
import { startEmulator } from '../arm-client/emulator.mjs';

const folder = at('schemas', 'published', 'cli');
const ajv = new Ajv({ allErrors: true, strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
const validators = {};
const checked = new Set();
let scratch;

const wrong = `activities:
  - { name: A, type: Wait, waitTimeInSeconds: 1, dependsOn: [Aa] }
  - { name: B, type: Wait, waitTimeInSeconds: "@pipeline().parameters.none" }
`;
const failingTest = `pipeline: load
cases:
  it <fails>: { expect: { activities: { Wait: { status: Failed } }, variables: { none: 1 } } }
`;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-outputs-'));
  for (const file of await readdir(folder)) {
    validators[file.replace('.schema.json', '')] = ajv.compile(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
  }
});

after(() => rm(scratch, { recursive: true, force: true }));

/** Runs a verb; one that ends in another way than expected fails the test. */
function pipewright(code, args, { input = '', cwd = scratch } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.PIPEWRIGHT_SERVER, args, { cwd, stdio: 'pipe' });
    let [output, error] = ['', ''];
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (error += data));
    child.on('error', reject);
    child.on('close', (actual) =>
      actual === code ? resolve(output) : reject(new Error(`${args.join(' ')} ended with ${actual}:\n${output}${error}`)),
    );
    child.stdin.end(input);
  });
}

/** The schema takes the value, and none with a member more or, of those at the top, one less. */
function holds(schema, value) {
  const validate = validators[schema];
  assert.ok(validate(value), `${schema}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 500)}`);
  checked.add(schema);
  if (schema !== 'eval-request') {
    assert.ok(!validate({ ...value, surplus: 1 }), `${schema} takes anything`);
    const needed = validate.schema.required ?? [];
    needed.forEach((name) => assert.ok(!validate({ ...value, [name]: undefined }), `${schema} does without '${name}'`));
  }
  return value;
}

const lines = (text) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

async function write(name, files) {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(scratch, name, file)), { recursive: true });
    await writeFile(path.join(scratch, name, file), text);
  }
  return path.join(scratch, name);
}

test('validate', async () => {
  const root = await write('wrong', {
    'pipewright.yaml': 'colour: red\n',
    'a b.pipeline.yaml': wrong,
    'c.pipeline.yaml': 'activities: [\n',
  });
  const found = holds('validate', JSON.parse(await pipewright(1, ['validate', root, '--output', 'json'])));
  assert.ok(found.diagnostics.length >= 4 && found.diagnostics.some((d) => d.fixes.length > 0));
  holds('validate', JSON.parse(await pipewright(0, ['validate', at('samples', 'medallion'), '--output', 'json'])));
});

test('test and its coverage', async () => {
  const sample = JSON.parse(await pipewright(0, ['test', at('samples', 'medallion'), '--output', 'json', '--coverage', 'coverage.json']));
  assert.ok(holds('test', sample).summary.passed > 5);
  assert.ok(holds('coverage', JSON.parse(await readFile(path.join(scratch, 'coverage.json'), 'utf8'))).pipelines.length > 5);
  const root = await write('failing', {
    'load.pipeline.yaml': 'activities:\n  - { name: Wait, type: Wait, waitTimeInSeconds: 1 }\n',
    'load.pipeline-test.yaml': failingTest,
  });
  assert.ok(holds('test', JSON.parse(await pipewright(1, ['test', root, '--output', 'json']))).summary.failed === 1);
});

test('graph', async () => {
  const pipelines = (await readdir(at('samples', 'medallion', 'pipelines'))).filter((file) => file.endsWith('.pipeline.yaml'));
  for (const file of pipelines) {
    holds('graph', JSON.parse(await pipewright(0, ['graph', at('samples', 'medallion', 'pipelines', file), '--output', 'json'])));
  }
  holds('graph', JSON.parse(await pipewright(0, ['graph', at('samples', 'medallion'), '--output', 'json'])));
});

test('eval', async () => {
  const requests = [
    { expression: "@concat(item(), '/', variables('v'))", context: { item: 'a', variables: { v: 'b' }, now: '2026-01-01T00:00:00Z' } },
    { expression: '@div(1, 0)' },
    { expression: '@nothing()' },
    { expression: '@item()' },
    { expression: '@{' },
    { expression: '@createArray(1)[3]' },
    { expression: "@activity('A').output", context: { activities: { A: { output: { x: 1.5 }, status: 'Succeeded' } } } },
    { expression: { value: '@add(1, 2)', type: 'Expression' } },
  ];
  requests.forEach((request) => holds('eval-request', request));
  const answers = lines(
    await pipewright(0, ['eval'], { input: requests.map((request) => `${JSON.stringify(request)}\n`).join('') + 'x\n' }),
  );
  answers.forEach((answer) => holds('eval', answer));
  assert.deepEqual(
    answers.map((answer) => answer.error?.code ?? 'value'),
    [
      'value',
      'DivideByZero',
      'FunctionNotDefined',
      'FunctionNotExpected',
      'SyntaxError',
      'IndexOutOfBounds',
      'value',
      'value',
      'InvalidRequest',
    ],
  );
});

test('plan, deploy, status, run, watch and rollback', async (t) => {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const root = path.join(scratch, 'deployed');
  await cp(at('samples', 'medallion'), root, { recursive: true });
  const whole = (verb, ...more) => [verb, root, '--target', 'local', '--endpoint', emulator.address, '--output', 'json', ...more];
  const planned = holds('plan', JSON.parse(await pipewright(0, whole('plan', '--delete'))));
  assert.ok(planned.summary.create > 20, JSON.stringify(planned.summary));
  const deployed = holds('deploy', JSON.parse(await pipewright(0, whole('deploy', '--yes'))));
  assert.equal(deployed.results.length, planned.summary.create + planned.summary.update);
  holds('status', JSON.parse(await pipewright(0, whole('status'))));

  // Something that differs, something that only the factory has, and something that it refuses.
  await write('deployed', {
    'Broken.integrationRuntime.yaml': 'type: SelfHosted\n',
    'wait.pipeline.yaml': 'activities:\n  - { name: W, type: Wait, waitTimeInSeconds: 1 }\n',
  });
  const factory = `${emulator.address}/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DataFactory/factories/local`;
  const put = (resource, body) =>
    fetch(`${factory}/${resource}?api-version=2018-06-01`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  assert.ok((await put('integrationRuntimes/Broken', { properties: { type: 'Managed' } })).ok);
  assert.ok((await put('pipelines/extra', { properties: { activities: [] } })).ok);
  const states = holds('status', JSON.parse(await pipewright(0, whole('status'))));
  assert.ok(states.resources.some((r) => r.state === 'onlyThere') && states.resources.some((r) => r.state === 'onlyHere'));
  assert.ok(holds('plan', JSON.parse(await pipewright(0, whole('plan', '--delete')))).changes.some((c) => c.action === 'delete'));
  const failed = holds('deploy', JSON.parse(await pipewright(4, whole('deploy', '--yes', '--rollback-on-failure'))));
  assert.ok(failed.rollback && failed.results.some((r) => r.error && r.line === 1));
  await rm(path.join(root, 'Broken.integrationRuntime.yaml'));

  const file = path.join(root, 'wait.pipeline.yaml');
  const of = (verb, ...more) => [verb, file, '--target', 'local', '--endpoint', emulator.address, '--output', 'json', ...more];
  await pipewright(0, of('deploy', '--yes'));
  const events = lines(await pipewright(0, of('run', '--watch')));
  events.forEach((event) => holds('run', event));
  assert.deepEqual([...new Set(events.map((event) => event.event))].sort(), ['activity', 'run', 'started']);
  lines(await pipewright(0, of('watch', '--list'))).forEach((run) => holds('run', run));
  holds('deploy', JSON.parse(await pipewright(0, whole('rollback', '--yes'))));
});

test('every published schema is tried', () => assert.deepEqual([...checked].sort(), Object.keys(validators).sort()));

test('SARIF is what the standard says', async () => {
  const schema = JSON.parse(await readFile(await findSarifSchema(), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  for (const [code, root] of [
    [1, path.join(scratch, 'wrong')],
    [0, at('samples', 'medallion')],
  ]) {
    const log = JSON.parse(await pipewright(code, ['validate', root, '--output', 'sarif']));
    assert.ok(validate(log), ajv.errorsText(validate.errors));
    const [run] = log.runs;
    run.results.forEach((result) => assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId));
    assert.ok(!validate({ ...log, runs: [{ ...run, tool: {} }] }), 'a tool without a driver is taken');
  }
});

test('results of tests are what readers of JUnit take', async (t) => {
  const file = await ensureJUnitSchema();
  if (!file) {
    t.skip('the schema can not be fetched');
    return;
  }
  const schema = await readFile(file, 'utf8');
  const check = (contents) => validateXML({ xml: [{ fileName: 'results.xml', contents }], schema: [schema] });
  for (const args of [
    ['validate', path.join(scratch, 'wrong')],
    ['test', path.join(scratch, 'failing')],
  ]) {
    // GitLab reads these two to find the test; Jenkins knows nothing of them, and minds as little.
    const text = (await pipewright(1, [...args, '--output', 'junit'])).replaceAll(/(<testcase [^>]*?) file="[^"]*" line="\d+"/g, '$1');
    const result = await check(text);
    assert.ok(result.valid, JSON.stringify(result.errors));
  }
  assert.ok(!(await check('<testsuites><testsuite><testcase/></testsuite></testsuites>')).valid);
});
