// The emulator's workspace under Databricks' own client: it must not be able to tell the difference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import databricks from '@databricks/sdk-experimental';
import { connect as connectFactory, startEmulator } from '../arm-client/emulator.mjs';
import { at } from '../../extension/build/run.mjs';
import { all, base64, calls } from './operations.mjs';

/** A client as Databricks publishes it. It insists on a token; the emulator looks at none. */
const connect = (host) => new databricks.WorkspaceClient({ host, token: 'none', authType: 'pat' });

const notebooks = `${at('samples', 'medallion', 'notebooks')}=/Shared/medallion`;
let emulator;
let client;

before(async () => {
  emulator = await startEmulator('--speed', '0', '--notebooks', notebooks);
  client = connect(emulator.address);
});

after(() => emulator?.close());

test('every operation that is claimed is run, and the answer is understood', async (t) => {
  const tried = await startEmulator('--speed', '0');
  try {
    for (const [operation, call] of calls(connect(tried.address))) {
      await t.test(operation, async () => {
        const { value: earlier } = await tried.admin('GET', 'requests');
        await call();
        const { value: now } = await tried.admin('GET', `requests?after=${earlier.at(-1)?.number ?? 0}`);
        assert.ok(
          now.some((request) => request.operation === operation && request.status < 300),
          'the call is one of another operation',
        );
      });
    }

    const claimed = (await tried.admin('GET', 'operations')).value.filter(({ service }) => service === 'Databricks');
    const { value: requests } = await tried.admin('GET', 'requests');
    const run = new Set(requests.filter(({ status }) => status < 300).map(({ operation }) => operation));
    assert.deepEqual(
      claimed.map(({ id }) => id).filter((id) => !run.has(id)),
      [],
      'claimed, but never run by the client',
    );
    assert.ok(claimed.length > 25);
  } finally {
    await tried.close();
  }
});

test('a workspace begins with the notebooks of a folder', async () => {
  const found = await all(client.workspace.list({ path: '/Shared/medallion/silver' }));
  assert.deepEqual(
    found.map(({ path, language }) => [path, language]),
    [
      ['/Shared/medallion/silver/clean_orders', 'PYTHON'],
      ['/Shared/medallion/silver/merge_products', 'PYTHON'],
    ],
  );
  assert.equal((await client.workspace.getStatus({ path: '/Shared/medallion/gold/build_sales' })).language, 'SQL');
});

test('what is there is replaced only where that is asked for', async () => {
  const load = { path: '/Shared/twice', format: 'SOURCE', language: 'SQL', content: base64('SELECT 1') };
  await client.workspace.import(load);
  await assert.rejects(client.workspace.import(load), { errorCode: 'RESOURCE_ALREADY_EXISTS', statusCode: 400 });
  await client.workspace.import({ ...load, content: base64('SELECT 2'), overwrite: true });
  const { content } = await client.workspace.export({ path: '/Shared/twice' });
  assert.equal(Buffer.from(content, 'base64').toString(), '-- Databricks notebook source\nSELECT 2');
});

test('a notebook of Jupyter becomes one of source, and a plain file stays one', async () => {
  const cells = [
    { cell_type: 'markdown', metadata: {}, source: ['# Title\n', 'more'] },
    { cell_type: 'code', metadata: {}, outputs: [], source: ['x = 1\n', 'y = 2'] },
    { cell_type: 'code', metadata: {}, outputs: [], source: ['%sql\n', 'SELECT 1'] },
  ];
  const metadata = { language_info: { name: 'python' } };
  const jupyter = JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 0 });
  await client.workspace.import({ path: '/Shared/auto.ipynb', format: 'AUTO', content: base64(jupyter) });
  const { content } = await client.workspace.export({ path: '/Shared/auto', format: 'SOURCE' });
  assert.equal(
    Buffer.from(content, 'base64').toString(),
    [
      '# Databricks notebook source',
      '# MAGIC %md',
      '# MAGIC # Title',
      '# MAGIC more',
      '',
      '# COMMAND ----------',
      '',
      'x = 1',
      'y = 2',
      '',
      '# COMMAND ----------',
      '',
      '# MAGIC %sql',
      '# MAGIC SELECT 1',
      '',
    ].join('\n'),
  );
  await client.workspace.import({ path: '/Shared/plain.py', format: 'AUTO', content: base64('x = 1') });
  assert.equal((await client.workspace.getStatus({ path: '/Shared/plain.py' })).object_type, 'FILE');
  await client.workspace.import({ path: '/Shared/own.py', format: 'AUTO', content: base64('# Databricks notebook source\nx = 1') });
  assert.equal((await client.workspace.getStatus({ path: '/Shared/own' })).language, 'PYTHON');
});

test('what can not be is refused with the codes of the service', async () => {
  const refused = (call, errorCode) => assert.rejects(call, { errorCode });
  await refused(client.workspace.getStatus({ path: 'relative' }), 'INVALID_PARAMETER_VALUE');
  await refused(client.workspace.import({ path: '/Nowhere/x', format: 'SOURCE', language: 'SQL', content: '' }), 'RESOURCE_DOES_NOT_EXIST');
  await refused(
    client.workspace.import({ path: '/Shared/x', format: 'SOURCE', language: 'COBOL', content: '' }),
    'INVALID_PARAMETER_VALUE',
  );
  const large = base64('x'.repeat(10 * 1024 * 1024 + 1));
  await refused(
    client.workspace.import({ path: '/Shared/x', format: 'SOURCE', language: 'SQL', content: large }),
    'MAX_NOTEBOOK_SIZE_EXCEEDED',
  );
  await refused(client.workspace.delete({ path: '/' }), 'INVALID_PARAMETER_VALUE');
  await refused(client.jobs.get({ job_id: 1 }), 'INVALID_PARAMETER_VALUE');
  await refused(client.clusters.get({ cluster_id: 'none' }), 'INVALID_PARAMETER_VALUE');
  await refused(
    client.clusters.create({ spark_version: '1.x', node_type_id: 'Standard_D4ds_v5', num_workers: 1 }),
    'INVALID_PARAMETER_VALUE',
  );
});

test('lists hold everything once, page after page', async () => {
  const names = Array.from({ length: 25 }, (_, number) => `job ${number}`);
  for (const name of names) {
    await client.jobs.create({ name });
  }
  const found = await all(client.jobs.list({ limit: 10 }));
  assert.deepEqual(found.map(({ settings }) => settings.name).reverse(), names);
});

test('a busy service is waited for, and a failing one told as Databricks does', async () => {
  await emulator.admin('POST', 'faults', { path: '/api/2.0/workspace/get-status', action: 'status', status: 429, count: 1 });
  assert.equal((await client.workspace.getStatus({ path: '/Shared' })).object_type, 'DIRECTORY');
  await emulator.admin('POST', 'faults', { path: '/api/2.0/workspace/get-status', action: 'status', status: 403, count: 1 });
  await assert.rejects(client.workspace.getStatus({ path: '/Shared' }), { errorCode: 'PERMISSION_DENIED', statusCode: 403 });
});

test('a task answers as a stub says, and fails over a notebook that is not there', async () => {
  await emulator.admin('POST', 'stubs', { activity: 'good', output: { runOutput: { rows: 7 } } });
  await emulator.admin('POST', 'stubs', { activity: 'bad', error: { code: '3204', message: 'ValueError: no day' } });
  const task = (task_key, notebook_path) => ({ task_key, notebook_task: { notebook_path } });
  const path = '/Shared/medallion/silver/clean_orders';
  const waiter = await client.jobs.submit({ tasks: [task('good', path), task('bad', path), task('gone', '/Shared/gone')] });
  const run = await client.jobs.getRun({ run_id: waiter.run_id ?? waiter.response.run_id });
  assert.equal(run.state.result_state, 'FAILED');
  const [good, bad, gone] = await Promise.all(run.tasks.map(({ run_id }) => client.jobs.getRunOutput({ run_id })));
  assert.deepEqual(JSON.parse(good.notebook_output.result), { rows: 7 });
  assert.equal(bad.error, 'ValueError: no day');
  assert.match(bad.error_trace, /Traceback[^]*ValueError: no day$/);
  assert.match(gone.error, /Unable to access the notebook "\/Shared\/gone"/);
  await assert.rejects(client.jobs.getRunOutput({ run_id: run.run_id }), /multiple tasks/);
});

test('the run of an activity is one of the workspace', async () => {
  const factory = connectFactory(emulator.address);
  const place = ['local', 'local'];
  const notebook = (name) => ({ name, type: 'DatabricksNotebook', notebookPath: '/Shared/medallion/silver/clean_orders' });
  await factory.pipelines.createOrUpdate(...place, 'calls', { activities: [notebook('Works'), notebook('Breaks')] });
  await emulator.admin('POST', 'stubs', { activity: 'Works', output: { runOutput: 'all well' } });
  await emulator.admin('POST', 'stubs', { activity: 'Breaks', error: { code: '3204', message: 'KeyError: day' } });
  const { runId } = await factory.pipelines.createRun(...place, 'calls');
  const window = { lastUpdatedAfter: new Date(0), lastUpdatedBefore: new Date(Date.now() + 3_600_000) };
  const { value } = await factory.activityRuns.queryByPipelineRun(...place, runId, window);
  const outputs = {};
  for (const { activityName, output } of value) {
    assert.ok(output.runPageUrl.startsWith(`${emulator.address}/`), output.runPageUrl);
    assert.match(await (await fetch(output.runPageUrl)).text(), /simulated/);
    const run_id = Number(output.runPageUrl.split('/').at(-1));
    const run = await client.jobs.getRun({ run_id });
    assert.equal(run.tasks[0].notebook_task.notebook_path, '/Shared/medallion/silver/clean_orders');
    outputs[activityName] = { state: run.state.result_state, ...(await client.jobs.getRunOutput({ run_id: run.tasks[0].run_id })) };
  }
  assert.deepEqual([outputs.Works.state, outputs.Works.notebook_output.result], ['SUCCESS', 'all well']);
  assert.deepEqual([outputs.Breaks.state, outputs.Breaks.error], ['FAILED', 'KeyError: day']);
  assert.match(outputs.Breaks.error_trace, /KeyError: day$/);
});
