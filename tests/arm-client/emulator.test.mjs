// The emulator under Microsoft's own client for Data Factory: it must not be able to tell the difference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, startEmulator } from './emulator.mjs';
import { calls, names } from './operations.mjs';

const place = ['local', 'local'];
const wait = { name: 'Wait', type: 'Wait', waitTimeInSeconds: 1 };
let emulator;
let client;

before(async () => {
  emulator = await startEmulator('--page-size', '2');
  client = connect(emulator.address);
});

after(() => emulator?.close());

test('every operation that is claimed is run, and the answer is understood', async (t) => {
  const tried = await startEmulator('--page-size', '2', '--operation-time', '200');
  const register = (integrationRuntime, name) => tried.admin('POST', 'nodes', { integrationRuntime, name });
  const fire = (trigger) => tried.admin('POST', 'fire', { trigger });
  try {
    for (const [operation, call] of calls(connect(tried.address), register, fire)) {
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

    const claimed = (await tried.admin('GET', 'operations')).value.filter(({ service }) => service === 'DataFactory');
    const { value: requests } = await tried.admin('GET', 'requests');
    const run = new Set(requests.filter(({ status }) => status < 300).map(({ operation }) => operation));
    const left = claimed.map(({ id }) => id).filter((id) => !run.has(id));
    assert.deepEqual(left, [], 'claimed, but never run by the client');
    assert.ok(claimed.length > 70);
    assert.ok(
      requests.every(({ authorization }) => !authorization),
      'an emulator must never be sent a token',
    );
  } finally {
    await tried.close();
  }
});

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

test('a lost answer is asked for again, and a busy service waited for', async () => {
  await emulator.admin('POST', 'faults', { method: 'PUT', path: '**/pipelines/stubborn', action: 'reset', when: 'after', count: 1 });
  await emulator.admin('POST', 'faults', { method: 'GET', path: '**/pipelines/stubborn', action: 'status', status: 429, count: 1 });
  await client.pipelines.createOrUpdate(...place, 'stubborn', { activities: [wait] });
  assert.equal((await client.pipelines.get(...place, 'stubborn')).activities.length, 1);
  const { value: rules } = await emulator.admin('GET', 'faults');
  assert.deepEqual(
    rules.map(({ happened }) => happened),
    [1, 1],
  );
  await emulator.admin('DELETE', 'faults');
});
