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

async function deploy({ textDocument, target, workDoneToken }) {
  const progress = (value) => send({ method: '$/progress', params: { token: workDoneToken, value } });
  const file = path.posix.basename(textDocument.uri);
  progress({ kind: 'begin', title: 'Deploying', cancellable: true, percentage: 0 });
  progress({ kind: 'report', message: 'linked service Storage', percentage: 50 });
  if (file.startsWith('slow')) {
    await new Promise((resolve) => (cancelled = resolve));
    return { succeeded: false, summary: 'Cancelled: 1 of 2 resources deployed.', results: [] };
  }
  progress({ kind: 'end' });
  if (file.startsWith('refused')) {
    const error = "BadRequest: The document creation or update failed because of invalid reference 'Nowhere'.";
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
  return { succeeded: true, summary: `Deployed ${file} to ${target}.`, results: [] };
}

const body = (description) => `${JSON.stringify({ properties: { description, activities: [] } }, null, 2)}\n`;

const plan = ({ target }) => ({
  target,
  factory: 'adf-orders-prod',
  summary: '1 to create, 1 to change, 0 to delete, 3 unchanged',
  changes: [
    { kind: 'dataset', name: 'Orders', action: 'none' },
    { kind: 'pipeline', name: 'clean', action: 'create', before: null, after: body('New here') },
    { kind: 'pipeline', name: 'orders', action: 'update', before: body('As it was'), after: body('As it is wanted') },
  ],
  warnings: ['The factory is connected to Git.'],
});

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
