#!/usr/bin/env node
// A language server that only plays its part in a deployment, by a script: what a real one cannot be made to do on demand, such as
// a factory in Azure, a slow deployment and a resource that the service refuses.
import path from 'node:path';

const targets = [
  { name: 'local', factory: 'local', isEmulator: true },
  { name: 'prod', factory: 'adf-orders-prod', isEmulator: false },
];
let current = 'local';
let cancelled = () => {};

const send = (message) => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};

async function deploy({ textDocument, target, workDoneToken, reportResources }) {
  const progress = (value) => send({ method: '$/progress', params: { token: workDoneToken, value } });
  const tell = (kind, name, state, error) =>
    reportResources && send({ method: 'pipewright/deployChanged', params: { token: workDoneToken, kind, name, state, error } });
  const file = path.posix.basename(textDocument.uri);
  const name = file.split('.')[0];
  progress({ kind: 'begin', title: 'Deploying', cancellable: true, percentage: 0 });
  progress({ kind: 'report', message: 'linked service Storage', percentage: 50 });
  tell('pipeline', 'clean', 'running');
  if (name === 'slow') {
    tell('pipeline', 'clean', 'created');
    tell('pipeline', 'slow', 'running');
    await new Promise((resolve) => (cancelled = resolve));
    return { succeeded: false, summary: 'Cancelled: 1 of 2 resources deployed.', results: [] };
  }
  progress({ kind: 'end' });
  if (name === 'refused') {
    const error = "BadRequest: The document creation or update failed because of invalid reference 'Nowhere'.";
    tell('pipeline', 'clean', 'created');
    tell('pipeline', 'refused', 'failed', error);
    return {
      succeeded: false,
      summary: 'The service refused 1 of 2 resources.',
      journal: '/journal.jsonl',
      results: [
        { kind: 'linkedService', name: 'Storage', action: 'updated', uri: null, error: null },
        { kind: 'pipeline', name: 'refused', action: 'failed', uri: textDocument.uri, error },
      ],
    };
  }
  const link = target === 'prod' ? `https://adf.azure.com/en/authoring/pipeline/${name}?factory=x` : undefined;
  return {
    succeeded: true,
    summary: `Deployed ${file} to ${target}.`,
    journal: process.env.HOME ? `${process.env.HOME}/journal.jsonl` : '/journal.jsonl',
    results: [
      { kind: 'pipeline', name: 'clean', action: 'created', link },
      { kind: 'pipeline', name, action: 'updated', uri: textDocument.uri, link },
      { kind: 'dataset', name: 'Orders', action: 'unchanged' },
    ],
  };
}

const body = (description) => `${JSON.stringify({ properties: { description, activities: [] } }, null, 2)}\n`;

const sameAsWanted = { summary: '0 to create, 0 to change, 0 to delete, 3 unchanged', changes: [], warnings: [] };

const plan = ({ target, textDocument, wholeFactory, deletes }) => {
  const name = path.posix.basename(textDocument.uri).split('.')[0];
  const factory = target === 'prod' ? 'adf-orders-prod' : 'local';
  const isCalm = name === 'calm';
  return name === 'same'
    ? { target, factory, ...sameAsWanted }
    : {
        target,
        factory,
        summary: `1 to create, 1 to change, ${deletes ? 1 : 0} to delete, 3 unchanged`,
        changes: [
          { kind: 'dataset', name: 'Orders', action: 'none', why: 'The factory has it as it is wanted. Needed by pipeline clean.' },
          {
            kind: 'pipeline',
            name: 'clean',
            action: 'create',
            why: `The factory does not have it yet. Needed by pipeline ${name}.`,
            before: null,
            after: body('New here'),
          },
          {
            kind: 'pipeline',
            name,
            action: 'update',
            uri: textDocument.uri,
            why: "2 properties differ. Somebody else has changed 'properties.concurrency' there since the last deployment.",
            properties: [
              { path: 'properties.description', before: 'As it was', after: 'As it is wanted' },
              { path: 'properties.parameters.key.defaultValue', before: '**********', after: '**********' },
              { path: "properties.activities['Load'].typeProperties.source", after: { type: 'ParquetSource' } },
            ],
            changedOutside: isCalm ? [] : [{ path: 'properties.concurrency', before: 1, after: 4 }],
            before: body('As it was'),
            after: body('As it is wanted'),
          },
          ...(wholeFactory && deletes
            ? [{ kind: 'trigger', name: 'Nightly', action: 'delete', why: 'No file declares it.', before: body('Every night') }]
            : []),
        ],
        warnings: isCalm ? [] : ['The factory is connected to Git.'],
      };
};

const requests = {
  'pipewright/plan': plan,
  'pipewright/rollback': () => ({ succeeded: true, summary: 'Put back as it was.', results: [] }),
  initialize: ({ initializationOptions }) => {
    current = initializationOptions.target ?? current;
    return { capabilities: { textDocumentSync: 1, executeCommandProvider: { commands: ['pipewright.deploy'] } } };
  },
  shutdown: () => null,
  'pipewright/targets': () => ({ targets, current }),
  'pipewright/validateFactory': () => ({ errors: 2, warnings: 1, files: 3 }),
  'pipewright/deploy': deploy,
};

const notifications = {
  exit: () => process.exit(0),
  'workspace/didChangeConfiguration': ({ settings }) => (current = settings.pipewright.target ?? current),
  'window/workDoneProgress/cancel': () => cancelled(),
};

let buffer = Buffer.alloc(0);
process.stdin.on('data', async (bytes) => {
  buffer = Buffer.concat([buffer, bytes]);
  for (let end = buffer.indexOf('\r\n\r\n'); end >= 0; end = buffer.indexOf('\r\n\r\n')) {
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) {
      return;
    }
    const { id, method, params } = JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString());
    buffer = buffer.subarray(end + 4 + length);
    if (id === undefined) {
      notifications[method]?.(params);
    } else if (requests[method]) {
      Promise.resolve(requests[method](params)).then((result) => send({ id, result }));
    } else if (method !== undefined) {
      send({ id, error: { code: -32601, message: `no ${method} in this script` } });
    }
  }
});
