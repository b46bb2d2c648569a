// A factory as large as the service takes, and what is measured on it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasuredServer } from './client.mjs';

/** Activities of a pipeline, and pipelines that refer to one dataset. */
const activitiesOfPipeline = 10;
const pipelinesOfDataset = 20;

/** One of so many pipelines waits for an activity that is not there. */
const brokenEach = 10;

/** Writes a factory of `count` resources in the Git form: half of them pipelines, the rest datasets, linked services and triggers. */
export function writeFactory(folder, count) {
  const shares = { pipeline: 0.5, dataset: 0.35, linkedService: 0.05, trigger: 0.1 };
  const counts = Object.fromEntries(Object.entries(shares).map(([kind, share]) => [kind, Math.round(count * share)]));
  const write = (kind, name, properties) => {
    mkdirSync(join(folder, kind), { recursive: true });
    writeFileSync(join(folder, kind, `${name}.json`), `${JSON.stringify({ name, properties }, null, 4)}\n`);
  };
  for (let i = 0; i < counts.linkedService; i++) {
    write('linkedService', `store${i}`, {
      type: 'AzureBlobStorage',
      typeProperties: { serviceEndpoint: `https://store${i}.blob.core.windows.net/` },
    });
  }

  for (let i = 0; i < counts.dataset; i++) {
    write('dataset', `data${i}`, {
      linkedServiceName: { referenceName: `store${i % counts.linkedService}`, type: 'LinkedServiceReference' },
      parameters: { folder: { type: 'string' } },
      type: 'Parquet',
      typeProperties: {
        location: { type: 'AzureBlobStorageLocation', folderPath: { value: '@dataset().folder', type: 'Expression' }, container: 'data' },
      },
    });
  }

  const reference = (i) => ({
    referenceName: `data${i % counts.dataset}`,
    type: 'DatasetReference',
    parameters: { folder: '@pipeline().parameters.folder' },
  });
  for (let i = 0; i < counts.pipeline; i++) {
    const isBroken = i >= pipelinesOfDataset && i % brokenEach === 0;
    const activities = Array.from({ length: activitiesOfPipeline }, (_, n) => ({
      name: `Copy${n}`,
      type: 'Copy',
      dependsOn:
        n === 0
          ? isBroken
            ? [{ activity: 'Gone', dependencyConditions: ['Succeeded'] }]
            : []
          : [{ activity: `Copy${n - 1}`, dependencyConditions: ['Succeeded'] }],
      typeProperties: { source: { type: 'ParquetSource' }, sink: { type: 'ParquetSink' } },
      inputs: [reference(Math.floor(i / pipelinesOfDataset))],
      outputs: [reference(i + n)],
    }));
    write('pipeline', `pipe${i}`, { activities, parameters: { folder: { type: 'string' } } });
  }

  for (let i = 0; i < counts.trigger; i++) {
    write('trigger', `at${i}`, {
      type: 'ScheduleTrigger',
      pipelines: [{ pipelineReference: { referenceName: `pipe${i}`, type: 'PipelineReference' }, parameters: { folder: 'in' } }],
      typeProperties: { recurrence: { frequency: 'Day', interval: 1, startTime: '2026-01-01T00:00:00Z', timeZone: 'UTC' } },
    });
  }

  return counts;
}

/** Cold start to the findings of every file, one edit to all findings that it changes, a checkout, and what the server does when nobody does anything. */
export async function measureFactory(kind, folder, count, { rounds }) {
  const counts = writeFactory(folder, count);
  const server = await MeasuredServer.start(kind, folder, { pulls: false });
  try {
    const all = await server.request('workspace/diagnostic', { previousResultIds: [] });
    const result = { cold: performance.now() - server.started, filesWithFindings: all.items.length, memory: server.memory() };
    if (count >= 100 && all.items.length === 0) {
      throw new Error(`${kind.name} finds nothing in a factory that has mistakes`);
    }

    result.edit = await editDataset(server, folder, rounds);
    result.checkout = await checkOut(server, folder, all.items, Math.min(Math.floor(count / 10), counts.pipeline - pipelinesOfDataset));
    result.memoryAfter = server.memory();
    await sleep(6000);
    const before = server.processorTime();
    await sleep(5000);
    result.idle = server.processorTime() - before;
    return result;
  } finally {
    await server.stop();
  }
}

/** The pipelines that use a dataset are open; its parameter gets another name, and back. From the edit to the last of their findings. */
async function editDataset(server, folder, rounds) {
  const open = (kind, name) => {
    const uri = `file://${join(folder, kind, `${name}.json`)}`;
    return { uri, done: server.open(uri, 'json', readFileSync(join(folder, kind, `${name}.json`), 'utf8')) };
  };
  const dataset = open('dataset', 'data0');
  const users = Array.from({ length: pipelinesOfDataset }, (_, i) => open('pipeline', `pipe${i}`));
  const text = readFileSync(join(folder, 'dataset', 'data0.json'), 'utf8').split('\n');
  const line = text.findIndex((l) => l.includes('"folder": {'));
  const character = text[line].indexOf('folder') + 'folder'.length;
  const times = [];
  await Promise.all(users.map((u) => server.diagnostics(u.uri, () => true)));
  for (let i = 0; i < rounds; i++) {
    const becomesWrong = i % 2 === 0;
    const told = Promise.all(users.map((u) => server.diagnostics(u.uri, (d) => d.some((f) => f.severity === 1) === becomesWrong)));
    const started = performance.now();
    const at = { line, character };
    await server.edit(dataset.uri, { start: at, end: becomesWrong ? at : { line, character: character + 1 } }, becomesWrong ? 'X' : '');
    await told;
    times.push(performance.now() - started);
  }

  for (const { uri } of [dataset, ...users]) {
    await server.close(uri);
  }

  return times;
}

/**
 * Many files change on disk at once, as when another branch is checked out: until the findings of all of them are known. The client has asked before for what will
 * be new, and asks again with each answer, as VS Code's does.
 */
async function checkOut(server, folder, known, count) {
  const files = Array.from({ length: count }, (_, i) => join(folder, 'pipeline', `pipe${i + pipelinesOfDataset}.json`));
  const ids = new Map(known.map((i) => [i.uri, i.resultId]));
  const ask = () =>
    server.request('workspace/diagnostic', { previousResultIds: [...ids].map(([uri, value]) => ({ uri, value })) }).then((report) => {
      report.items.forEach((i) => ids.set(i.uri, i.resultId));
      return report.items.filter((i) => i.items?.some((d) => /Kopy/.test(d.message))).map((i) => i.uri);
    });
  let answer = ask();
  await sleep(500);
  for (const file of files) {
    writeFileSync(file, readFileSync(file, 'utf8').replace('"Copy"', '"Kopy"'));
  }

  const started = performance.now();
  const changes = files.map((f) => ({ uri: `file://${f}`, type: 2 }));
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  const wrong = new Set(await answer);
  while (wrong.size < count) {
    answer = await ask();
    answer.forEach((uri) => wrong.add(uri));
  }

  return { files: count, time: performance.now() - started };
}
