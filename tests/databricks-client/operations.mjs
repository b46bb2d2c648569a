// A call of Databricks' own client for every operation that the emulator claims of a workspace, by its path in the reference. The order matters: each leaves
// behind what later ones need.
import assert from 'node:assert/strict';

const source = '# Databricks notebook source\ndbutils.notebook.exit("done")\n';

export const base64 = (text) => Buffer.from(text, 'utf8').toString('base64');

/** All items of a list, page after page. */
export async function all(items) {
  const found = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

function ofFolders({ workspace }) {
  return [
    ['workspace/mkdirs', () => workspace.mkdirs({ path: '/Shared/etl/deep' })],
    [
      'workspace/import',
      () => workspace.import({ path: '/Shared/etl/load', format: 'SOURCE', language: 'PYTHON', content: base64(source), overwrite: true }),
    ],
    [
      'workspace/list',
      async () => {
        const found = await all(workspace.list({ path: '/Shared/etl' }));
        assert.deepEqual(
          found.map(({ path, object_type }) => [path, object_type]),
          [
            ['/Shared/etl/deep', 'DIRECTORY'],
            ['/Shared/etl/load', 'NOTEBOOK'],
          ],
        );
        assert.deepEqual(await all(workspace.list({ path: '/Shared/etl/deep' })), []);
      },
    ],
    [
      'workspace/get-status',
      async () => {
        const found = await workspace.getStatus({ path: '/Workspace/Shared/etl/load' });
        assert.deepEqual([found.path, found.object_type, found.language], ['/Shared/etl/load', 'NOTEBOOK', 'PYTHON']);
      },
    ],
    [
      'workspace/export',
      async () => {
        const { content } = await workspace.export({ path: '/Shared/etl/load', format: 'SOURCE' });
        assert.equal(Buffer.from(content, 'base64').toString(), source);
        const jupyter = await workspace.export({ path: '/Shared/etl/load', format: 'JUPYTER' });
        assert.equal(JSON.parse(Buffer.from(jupyter.content, 'base64').toString()).cells.length, 1);
      },
    ],
  ];
}

function ofJobs({ jobs }, state) {
  const task = { task_key: 'load', notebook_task: { notebook_path: '/Shared/etl/load', base_parameters: { day: '1' } } };
  return [
    [
      'jobs/create',
      async () => {
        const made = await jobs.create({ name: 'Nightly', tasks: [task], parameters: [{ name: 'day', default: '0' }] });
        state.job = made.job_id;
      },
    ],
    [
      'jobs/list',
      async () =>
        assert.deepEqual(
          (await all(jobs.list({ name: 'NIGHTLY' }))).map(({ job_id }) => job_id),
          [state.job],
        ),
    ],
    [
      'jobs/get',
      async () => {
        const { settings } = await jobs.get({ job_id: state.job });
        assert.deepEqual(
          [settings.name, settings.tasks[0].notebook_task.notebook_path, settings.parameters[0].name],
          ['Nightly', '/Shared/etl/load', 'day'],
        );
      },
    ],
    [
      'jobs/run-now',
      async () => {
        const waiter = await jobs.runNow({ job_id: state.job, job_parameters: { day: '2' } });
        state.run = waiter.run_id ?? waiter.response?.run_id;
        const run = await waiter.wait();
        assert.deepEqual([run.state.life_cycle_state, run.state.result_state], ['TERMINATED', 'SUCCESS']);
      },
    ],
    ['jobs/runs/submit', async () => assert.ok((await (await jobs.submit({ run_name: 'once', tasks: [task] })).wait()).run_id)],
    [
      'jobs/runs/get',
      async () => {
        const run = await jobs.getRun({ run_id: state.run });
        assert.match(run.run_page_url, /^http:\/\/127\.0\.0\.1:\d+\/\?o=0#job\/\d+\/run\/\d+$/);
        state.task = run.tasks[0].run_id;
      },
    ],
    ['jobs/runs/get-output', async () => assert.equal((await jobs.getRunOutput({ run_id: state.task })).metadata.run_id, state.run)],
    ['jobs/runs/cancel', async () => jobs.cancelRun({ run_id: state.run })],
    ['jobs/delete', () => jobs.delete({ job_id: state.job })],
  ];
}

function ofCompute({ clusters, instancePools, clusterPolicies }, state) {
  const size = { spark_version: '15.4.x-scala2.12', node_type_id: 'Standard_D4ds_v5', num_workers: 1 };
  return [
    [
      'clusters/create',
      async () => {
        const waiter = await clusters.create({ ...size, cluster_name: 'Small' });
        state.cluster = waiter.cluster_id ?? waiter.response?.cluster_id;
        assert.ok(state.cluster);
      },
    ],
    [
      'clusters/list',
      async () =>
        assert.deepEqual(
          (await all(clusters.list({}))).map(({ cluster_name }) => cluster_name),
          ['Small'],
        ),
    ],
    ['clusters/get', async () => assert.equal((await clusters.get({ cluster_id: state.cluster })).state, 'RUNNING')],
    ['clusters/delete', () => clusters.delete({ cluster_id: state.cluster })],
    [
      'clusters/spark-versions',
      async () => assert.ok((await clusters.sparkVersions()).versions.some(({ key }) => key === size.spark_version)),
    ],
    [
      'clusters/list-node-types',
      async () => assert.ok((await clusters.listNodeTypes()).node_types.some((type) => type.node_type_id === size.node_type_id)),
    ],
    ['instance-pools/create', () => instancePools.create({ instance_pool_name: 'Warm', node_type_id: size.node_type_id })],
    [
      'instance-pools/list',
      async () =>
        assert.deepEqual(
          (await all(instancePools.list())).map((pool) => pool.instance_pool_name),
          ['Warm'],
        ),
    ],
    ['policies/clusters/create', () => clusterPolicies.create({ name: 'Cheap', definition: '{}' })],
    [
      'policies/clusters/list',
      async () =>
        assert.deepEqual(
          (await all(clusterPolicies.list({}))).map(({ name }) => name),
          ['Cheap'],
        ),
    ],
  ];
}

function ofRest({ repos, currentUser, workspace }) {
  return [
    ['repos/create', () => repos.create({ url: 'https://example.org/team/etl.git', provider: 'gitHub', path: '/Repos/team/etl' })],
    [
      'repos/list',
      async () =>
        assert.deepEqual(
          (await all(repos.list({}))).map(({ path }) => path),
          ['/Repos/team/etl'],
        ),
    ],
    ['preview/scim/v2/Me', async () => assert.equal((await currentUser.me()).active, true)],
    [
      'workspace/delete',
      async () => {
        await assert.rejects(workspace.delete({ path: '/Shared/etl' }), { errorCode: 'DIRECTORY_NOT_EMPTY' });
        await workspace.delete({ path: '/Shared/etl', recursive: true });
        await assert.rejects(workspace.getStatus({ path: '/Shared/etl/load' }), { errorCode: 'RESOURCE_DOES_NOT_EXIST', statusCode: 404 });
      },
    ],
  ];
}

/** What to call for each operation, in order. */
export function calls(client) {
  const state = {};
  return [...ofFolders(client), ...ofJobs(client, state), ...ofCompute(client, state), ...ofRest(client)];
}
