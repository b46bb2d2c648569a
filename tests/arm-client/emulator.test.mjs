// The emulator under Microsoft's own client for Data Factory: it must not be able to tell the difference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, startEmulator } from './emulator.mjs';

const place = ['local', 'local'];
const wait = { name: 'Wait', type: 'Wait', waitTimeInSeconds: 1 };
let emulator;
let client;

before(async () => {
  emulator = await startEmulator('--page-size', '2');
  client = connect(emulator.address);
  await client.managedVirtualNetworks.createOrUpdate(...place, 'net', { properties: {} });
});

after(() => emulator?.close());

const kinds = [
  { operations: 'pipelines', body: { activities: [wait] }, flat: true },
  { operations: 'datasets', body: { type: 'Binary', linkedServiceName: { type: 'LinkedServiceReference', referenceName: 'Lake' } } },
  { operations: 'linkedServices', body: { type: 'AzureBlobStorage', connectionString: 'x' } },
  { operations: 'triggers', body: { type: 'ScheduleTrigger', recurrence: { frequency: 'Day', interval: 1 } } },
  { operations: 'dataFlows', body: { type: 'MappingDataFlow' } },
  { operations: 'integrationRuntimes', body: { type: 'SelfHosted', description: 'ours' } },
  { operations: 'credentialOperations', body: { type: 'ManagedIdentity' } },
  { operations: 'managedPrivateEndpoints', body: { groupId: 'blob' }, within: ['net'] },
  { operations: 'managedVirtualNetworks', body: {}, stays: true },
  {
    operations: 'changeDataCapture',
    body: { sourceConnectionsInfo: [], targetConnectionsInfo: [], policy: { mode: 'Microbatch' } },
    flat: true,
  },
  { operations: 'globalParameters', body: { waitTime: { type: 'Int', value: 5 } } },
];

for (const { operations, body, flat, within = [], stays } of kinds) {
  test(`${operations}: made, read, listed and deleted`, async () => {
    await client.linkedServices.createOrUpdate(...place, 'Lake', { properties: { type: 'AzureBlobFS' } });
    const calls = client[operations];
    const at = [...place, ...within, 'first'];
    const made = await calls.createOrUpdate(...at, flat ? body : { properties: body });
    assert.equal(made.name, 'first');
    assert.match(made.etag, /^[0-9a-f-]+$/);
    const read = await calls.get(...at);
    assert.equal(read.id, made.id);
    const properties = flat ? read : read.properties;
    for (const [name, value] of Object.entries(body)) {
      assert.deepEqual(JSON.parse(JSON.stringify(properties[name])), value, name);
    }
    const again = await calls.createOrUpdate(...at, flat ? body : { properties: body }, { ifMatch: made.etag });
    assert.notEqual(again.etag, made.etag);
    assert.ok((await names(calls.listByFactory(...place, ...within))).includes('first'));
    if (!stays) {
      await calls.delete(...at);
      await assert.rejects(calls.get(...at), { statusCode: 404 });
    }
  });
}

test('lists hold everything once, page after page', async () => {
  const wanted = ['p1', 'p2', 'p3', 'p4', 'p5'];
  for (const name of wanted) {
    await client.pipelines.createOrUpdate(...place, name, { activities: [] });
  }
  assert.deepEqual(await names(client.pipelines.listByFactory(...place)), wanted);
  const pages = [];
  for await (const page of client.pipelines.listByFactory(...place).byPage()) {
    pages.push(page.length);
  }
  assert.deepEqual(pages, [2, 2, 1]);
});

test('a stale version is refused, with a code that the client understands', async () => {
  const first = await client.pipelines.createOrUpdate(...place, 'contested', { activities: [] });
  await client.pipelines.createOrUpdate(...place, 'contested', { activities: [wait] }, { ifMatch: first.etag });
  const late = client.pipelines.createOrUpdate(...place, 'contested', { activities: [] }, { ifMatch: first.etag });
  await assert.rejects(late, { name: 'RestError', statusCode: 412, code: 'PreconditionFailed' });
  assert.equal((await client.pipelines.get(...place, 'contested')).activities.length, 1);
});

test('what refers to nothing is refused', async () => {
  const call = { name: 'Call', type: 'ExecutePipeline', pipeline: { type: 'PipelineReference', referenceName: 'nowhere' } };
  await assert.rejects(client.pipelines.createOrUpdate(...place, 'caller', { activities: [call] }), {
    statusCode: 400,
    code: 'BadRequest',
    message: /invalid reference 'nowhere'/,
  });
});

test('a trigger starts, refuses to change while it fires, and stops', async () => {
  const body = { properties: { type: 'ScheduleTrigger', recurrence: { frequency: 'Day', interval: 1 } } };
  await client.triggers.createOrUpdate(...place, 'nightly', body);
  await client.triggers.beginStartAndWait(...place, 'nightly');
  assert.equal((await client.triggers.get(...place, 'nightly')).properties.runtimeState, 'Started');
  await assert.rejects(client.triggers.createOrUpdate(...place, 'nightly', body), { code: 'TriggerEnabledCannotUpdate' });
  const found = await client.triggers.queryByFactory(...place, {});
  assert.ok(found.value.some((trigger) => trigger.name === 'nightly'));
  await client.triggers.beginStopAndWait(...place, 'nightly');
  assert.equal((await client.triggers.get(...place, 'nightly')).properties.runtimeState, 'Stopped');
});

test('factories are made, changed, listed and deleted', async () => {
  const made = await client.factories.createOrUpdate('group', 'fine', { location: 'East US', tags: { a: 'b' } });
  assert.equal(made.provisioningState, 'Succeeded');
  assert.ok(made.createTime instanceof Date);
  assert.ok(made.eTag);
  const updated = await client.factories.update('group', 'fine', { tags: { c: 'd' } });
  assert.deepEqual(updated.tags, { c: 'd' });
  assert.deepEqual(await names(client.factories.listByResourceGroup('group')), ['fine']);
  assert.deepEqual((await names(client.factories.list())).sort(), ['fine', 'local']);
  await client.factories.delete('group', 'fine');
  await assert.rejects(client.factories.get('group', 'fine'), { statusCode: 404, code: 'ResourceNotFound' });
});

async function names(list) {
  const found = [];
  for await (const { name } of list) {
    found.push(name);
  }
  return found;
}
