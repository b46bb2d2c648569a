// A call of Microsoft's client for every operation that the emulator claims, by the operation's name in Microsoft's REST model. The order matters: each
// leaves behind what later ones need.
import assert from 'node:assert/strict';
import { subscription } from './emulator.mjs';

const place = ['local', 'local'];
const factoryId = `/subscriptions/${subscription}/resourceGroups/local/providers/Microsoft.DataFactory/factories/local`;
const wait = { name: 'Wait', type: 'Wait', waitTimeInSeconds: 1 };
const pipelineReference = { type: 'PipelineReference', referenceName: 'first' };
const feature = { featureName: 'ADFSampleFeature', featureType: 'Feature' };

/** Where each kind's operations are in the client, under what name they are claimed, and a body that is as the client gives it back. */
export const kinds = [
  { group: 'managedVirtualNetworks', claimed: 'ManagedVirtualNetworks', body: {}, stays: true },
  { group: 'managedPrivateEndpoints', claimed: 'ManagedPrivateEndpoints', body: { groupId: 'blob' }, within: ['first'] },
  { group: 'integrationRuntimes', claimed: 'IntegrationRuntimes', body: { type: 'SelfHosted', description: 'ours' } },
  { group: 'credentialOperations', claimed: 'CredentialOperations', body: { type: 'ManagedIdentity' } },
  { group: 'linkedServices', claimed: 'LinkedServices', body: { type: 'AzureBlobStorage', connectionString: 'AccountName=a' } },
  {
    group: 'datasets',
    claimed: 'Datasets',
    body: { type: 'Binary', linkedServiceName: { type: 'LinkedServiceReference', referenceName: 'first' } },
  },
  { group: 'dataFlows', claimed: 'DataFlows', body: { type: 'MappingDataFlow' } },
  { group: 'pipelines', claimed: 'Pipelines', body: { activities: [wait] }, flat: true },
  {
    group: 'triggers',
    claimed: 'Triggers',
    body: { type: 'ScheduleTrigger', recurrence: { frequency: 'Day', interval: 1 }, pipelines: [{ pipelineReference }] },
  },
  {
    group: 'changeDataCapture',
    claimed: 'ChangeDataCapture',
    body: { sourceConnectionsInfo: [], targetConnectionsInfo: [], policy: { mode: 'Microbatch' } },
    flat: true,
  },
  { group: 'globalParameters', claimed: 'GlobalParameters', body: { waitTime: { type: 'Int', value: 5 } }, name: 'default' },
];

/** Makes, reads and lists one of each kind; what is below `delete` takes them away again, the last first. */
function ofKinds(client) {
  return kinds.flatMap(({ group, claimed, body, flat, within = [], name = 'first' }) => {
    const at = [...place, ...within, name];
    return [
      [
        `${claimed}_CreateOrUpdate`,
        async () => {
          const made = await client[group].createOrUpdate(...at, flat ? body : { properties: body });
          assert.equal(made.name, name);
          assert.match(made.etag, /^[0-9a-f-]+$/);
        },
      ],
      [
        `${claimed}_Get`,
        async () => {
          const read = await client[group].get(...at);
          const properties = flat ? read : read.properties;
          for (const [key, value] of Object.entries(body)) {
            assert.deepEqual(sent(properties[key], value), value, key);
          }
          const again = await client[group].createOrUpdate(...at, flat ? body : { properties: body }, { ifMatch: read.etag });
          assert.notEqual(again.etag, read.etag);
        },
      ],
      [`${claimed}_ListByFactory`, async () => assert.ok((await names(client[group].listByFactory(...place, ...within))).includes(name))],
    ];
  });
}

function deletions(client) {
  return kinds
    .filter(({ stays }) => !stays)
    .reverse()
    .map(({ group, claimed, within = [], name = 'first' }) => [
      `${claimed}_Delete`,
      async () => {
        const at = [...place, ...within, name];
        await client[group].delete(...at);
        await assert.rejects(client[group].get(...at), { statusCode: 404 });
      },
    ]);
}

function ofFactories(client) {
  return [
    [
      'Factories_CreateOrUpdate',
      async () => {
        const made = await client.factories.createOrUpdate('group', 'fine', { location: 'East US', tags: { a: 'b' } });
        assert.equal(made.provisioningState, 'Succeeded');
        assert.ok(made.createTime instanceof Date);
        assert.ok(made.eTag);
      },
    ],
    [
      'Factories_Update',
      async () => {
        const updated = await client.factories.update('group', 'fine', { tags: { c: 'd' }, publicNetworkAccess: 'Disabled' });
        assert.deepEqual([updated.tags, updated.publicNetworkAccess], [{ c: 'd' }, 'Disabled']);
      },
    ],
    ['Factories_Get', async () => assert.equal((await client.factories.get('group', 'fine')).location, 'East US')],
    ['Factories_ListByResourceGroup', async () => assert.deepEqual(await names(client.factories.listByResourceGroup('group')), ['fine'])],
    ['Factories_List', async () => assert.deepEqual((await names(client.factories.list())).sort(), ['fine', 'local'])],
    [
      'Factories_Delete',
      async () => {
        await client.factories.delete('group', 'fine');
        await assert.rejects(client.factories.get('group', 'fine'), { statusCode: 404, code: 'ResourceNotFound' });
      },
    ],
    [
      'Factories_ConfigureFactoryRepo',
      async () => {
        const repoConfiguration = {
          type: 'FactoryGitHubConfiguration',
          accountName: 'a',
          repositoryName: 'r',
          collaborationBranch: 'main',
          rootFolder: '/',
        };
        const connected = await client.factories.configureFactoryRepo('local', { factoryResourceId: factoryId, repoConfiguration });
        assert.deepEqual(connected.repoConfiguration, repoConfiguration);
      },
    ],
    [
      'Factories_GetDataPlaneAccess',
      async () => assert.equal((await client.factories.getDataPlaneAccess(...place, { permissions: 'r' })).policy.permissions, 'r'),
    ],
    [
      'Operations_List',
      async () => assert.ok((await names(client.operations.list())).includes('Microsoft.DataFactory/factories/pipelines/write')),
    ],
    [
      'ExposureControl_GetFeatureValue',
      async () => assert.equal((await client.exposureControl.getFeatureValue('local', feature)).value, 'False'),
    ],
    [
      'ExposureControl_GetFeatureValueByFactory',
      async () => assert.equal((await client.exposureControl.getFeatureValueByFactory(...place, feature)).value, 'False'),
    ],
    [
      'ExposureControl_QueryFeatureValuesByFactory',
      async () => {
        const asked = { exposureControlRequests: [feature, feature] };
        const answer = await client.exposureControl.queryFeatureValuesByFactory(...place, asked);
        assert.equal(answer.exposureControlResponses.length, 2);
      },
    ],
  ];
}

function ofTriggers(client) {
  const at = [...place, 'first'];
  const state = async () => (await client.triggers.get(...at)).properties.runtimeState;
  const body = kinds.find(({ group }) => group === 'triggers').body;
  return [
    [
      'Triggers_Start',
      async () => {
        await client.triggers.beginStartAndWait(...at);
        assert.equal(await state(), 'Started');
        await assert.rejects(client.triggers.createOrUpdate(...at, { properties: body }), { code: 'TriggerEnabledCannotUpdate' });
      },
    ],
    [
      'Triggers_QueryByFactory',
      async () =>
        assert.deepEqual(
          (await client.triggers.queryByFactory(...place, {})).value.map(({ name }) => name),
          ['first'],
        ),
    ],
    [
      'Triggers_Stop',
      async () => {
        await client.triggers.beginStopAndWait(...at);
        assert.equal(await state(), 'Stopped');
      },
    ],
    [
      'Triggers_SubscribeToEvents',
      async () => assert.equal((await client.triggers.beginSubscribeToEventsAndWait(...at)).status, 'Enabled'),
    ],
    [
      'Triggers_GetEventSubscriptionStatus',
      async () => assert.equal((await client.triggers.getEventSubscriptionStatus(...at)).status, 'Enabled'),
    ],
    [
      'Triggers_UnsubscribeFromEvents',
      async () => assert.equal((await client.triggers.beginUnsubscribeFromEventsAndWait(...at)).status, 'Disabled'),
    ],
    ['ChangeDataCapture_Start', () => client.changeDataCapture.start(...at)],
    ['ChangeDataCapture_Status', async () => assert.equal((await client.changeDataCapture.status(...at)).body, 'Running')],
    ['ChangeDataCapture_Stop', () => client.changeDataCapture.stop(...at)],
  ];
}

function ofRuntimes(client, register) {
  const at = [...place, 'first'];
  const node = [...at, 'Node_1'];
  const runtimes = client.integrationRuntimes;
  const nodes = client.integrationRuntimeNodes;
  const packages = { type: 'Managed', ssisProperties: { edition: 'Standard' } };
  let keys;
  return [
    [
      'IntegrationRuntimes_GetStatus',
      async () => {
        assert.equal((await runtimes.getStatus(...at)).properties.state, 'NeedRegistration');
        await register(`${factoryId}/integrationRuntimes/first`, 'Node_1');
        const status = (await runtimes.getStatus(...at)).properties;
        assert.deepEqual([status.state, status.nodes[0].nodeName], ['Online', 'Node_1']);
      },
    ],
    ['IntegrationRuntimes_Update', async () => assert.equal((await runtimes.update(...at, { autoUpdate: 'Off' })).name, 'first')],
    ['IntegrationRuntimes_GetConnectionInfo', async () => assert.ok((await runtimes.getConnectionInfo(...at)).hostServiceUri)],
    ['IntegrationRuntimes_ListAuthKeys', async () => assert.match((keys = await runtimes.listAuthKeys(...at)).authKey1, /^IR@/)],
    [
      'IntegrationRuntimes_RegenerateAuthKey',
      async () => {
        const fresh = await runtimes.regenerateAuthKey(...at, { keyName: 'authKey2' });
        assert.equal(fresh.authKey1, keys.authKey1);
        assert.notEqual(fresh.authKey2, keys.authKey2);
      },
    ],
    ['IntegrationRuntimes_GetMonitoringData', async () => assert.equal((await runtimes.getMonitoringData(...at)).nodes.length, 1)],
    ['IntegrationRuntimeNodes_Get', async () => assert.equal((await nodes.get(...node)).status, 'Online')],
    [
      'IntegrationRuntimeNodes_Update',
      async () => assert.equal((await nodes.update(...node, { concurrentJobsLimit: 2 })).concurrentJobsLimit, 2),
    ],
    ['IntegrationRuntimeNodes_GetIpAddress', async () => assert.ok((await nodes.getIpAddress(...node)).ipAddress)],
    [
      'IntegrationRuntimeNodes_Delete',
      async () => {
        await nodes.delete(...node);
        await assert.rejects(nodes.get(...node), { statusCode: 404 });
      },
    ],
    [
      'IntegrationRuntimes_Start',
      async () => {
        await runtimes.createOrUpdate(...place, 'packages', { properties: packages });
        assert.equal((await runtimes.beginStartAndWait(...place, 'packages')).properties.state, 'Started');
      },
    ],
    [
      'IntegrationRuntimes_Stop',
      async () => {
        await runtimes.beginStopAndWait(...place, 'packages');
        assert.equal((await runtimes.getStatus(...place, 'packages')).properties.state, 'Stopped');
      },
    ],
  ];
}

/** Runs: of a pipeline that waits, and of a trigger, which fires on demand. */
function ofRuns(client, fire) {
  const window = { lastUpdatedAfter: new Date('2020-01-01'), lastUpdatedBefore: new Date('2100-01-01') };
  const ofPipeline = { operand: 'PipelineName', operator: 'Equals', values: ['first'] };
  let runId;
  let triggerRunId;
  return [
    [
      'Pipelines_CreateRun',
      async () => {
        ({ runId } = await client.pipelines.createRun(...place, 'first', { parameters: {} }));
        assert.match(runId, /^[0-9a-f-]{36}$/);
        await assert.rejects(client.pipelines.createRun(...place, 'nowhere'), { statusCode: 404, code: 'PipelineNotFound' });
      },
    ],
    [
      'PipelineRuns_Get',
      async () => {
        const run = await client.pipelineRuns.get(...place, runId);
        assert.deepEqual([run.pipelineName, run.invokedBy.invokedByType, run.isLatest], ['first', 'Manual', true]);
        assert.ok(run.runStart instanceof Date);
        await assert.rejects(client.pipelineRuns.get(...place, 'gone'), { statusCode: 404 });
      },
    ],
    [
      'PipelineRuns_QueryByFactory',
      async () => {
        const { value } = await client.pipelineRuns.queryByFactory(...place, { ...window, filters: [ofPipeline] });
        assert.ok(value.some((run) => run.runId === runId));
      },
    ],
    [
      'ActivityRuns_QueryByPipelineRun',
      async () => {
        const { value } = await client.activityRuns.queryByPipelineRun(...place, runId, window);
        assert.deepEqual([value[0].activityName, value[0].activityType, value[0].pipelineRunId], ['Wait', 'Wait', runId]);
      },
    ],
    ['PipelineRuns_Cancel', () => client.pipelineRuns.cancel(...place, runId, { isRecursive: true })],
    [
      'TriggerRuns_QueryByFactory',
      async () => {
        ({ triggerRunId } = await fire(`${factoryId}/triggers/first`));
        const { value } = await client.triggerRuns.queryByFactory(...place, window);
        assert.deepEqual(
          value.map((run) => [run.triggerName, run.triggerRunId, run.status, Object.keys(run.triggeredPipelines)]),
          [['first', triggerRunId, 'Succeeded', ['first']]],
        );
      },
    ],
    ['TriggerRuns_Rerun', () => client.triggerRuns.rerun(...place, 'first', triggerRunId)],
    ['TriggerRuns_Cancel', () => client.triggerRuns.cancel(...place, 'first', triggerRunId)],
  ];
}

/** Pairs of an operation's name and a call of it. */
export function calls(client, register, fire) {
  return [
    ...ofFactories(client),
    ...ofKinds(client),
    ...ofTriggers(client),
    ...ofRuns(client, fire),
    ...ofRuntimes(client, register),
    ...deletions(client),
  ];
}

/** What was sent of a value, without what the service adds to objects. */
function sent(value, as) {
  if (Array.isArray(as)) {
    return as.map((item, index) => sent(value?.[index], item));
  }
  if (as === null || typeof as !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.keys(as).map((key) => [key, sent(value?.[key], as[key])]));
}

export async function names(list) {
  const found = [];
  for await (const { name } of list) {
    found.push(name);
  }
  return found;
}
