// A client of LSP that measures: the same for all servers.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const capabilities = {
  workspace: { configuration: true, didChangeConfiguration: {}, workspaceFolders: true },
  textDocument: {
    synchronization: {},
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { versionSupport: true, relatedInformation: true },
  },
};

/** How long a server may take to answer, in ms. */
const patience = 120_000;

export class MeasuredServer {
  /** Starts the server and says initialize. */
  static async start(kind, folder) {
    const started = performance.now();
    const child = spawn(kind.command, kind.args, { stdio: ['pipe', 'pipe', 'ignore'], cwd: folder, env: { ...process.env, ...kind.env } });
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const server = new MeasuredServer(kind, child, connection, started);
    server.#listen();
    const uri = `file://${folder}`;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'compare' }],
      capabilities,
      initializationOptions: kind.initializationOptions,
    });
    server.initialized = performance.now() - started;
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: kind.settings });
    return server;
  }

  constructor(kind, child, connection, started) {
    this.kind = kind;
    this.child = child;
    this.connection = connection;
    this.started = started;
    this.waiting = new Map();
    this.version = 1;
    this.ended = new Promise((resolve) => child.once('exit', resolve));
  }

  #listen() {
    this.connection.onRequest('workspace/configuration', ({ items }) =>
      items.map(({ section }) => (section ?? '').split('.').reduce((at, key) => at?.[key], this.kind.settings) ?? null),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      const waiter = this.waiting.get(uri);
      if (waiter?.accepts(diagnostics)) {
        this.waiting.delete(uri);
        waiter.resolve(diagnostics);
      }
    });
    this.connection.onUnhandledNotification(() => {});
    this.connection.onError(() => {});
    this.connection.listen();
  }

  /** Waits for findings of a document that `accepts` takes. */
  diagnostics(uri, accepts) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.kind.name}: no such findings of ${uri} within ${patience} ms`)), patience);
      this.waiting.set(uri, { accepts, resolve: (found) => (clearTimeout(timer), resolve(found)) });
    });
  }

  open(uri, languageId, text) {
    return this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: this.version, text } });
  }

  close(uri) {
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  edit(uri, range, text) {
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++this.version },
      contentChanges: [{ range, text }],
    });
  }

  request(method, parameters) {
    return this.connection.sendRequest(method, parameters);
  }

  /** The memory that the process has in RAM now and at most, in MiB; null where the system does not tell. */
  memory() {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      const of = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;
      return { now: of('VmRSS'), most: of('VmHWM') };
    } catch {
      return null;
    }
  }

  /** The processor time that the process has used, in ms; null where the system does not tell. */
  processorTime() {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return null;
    }
  }

  async stop() {
    const dead = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    try {
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
    } catch {
      this.child.kill('SIGKILL');
    }

    await this.ended;
    clearTimeout(dead);
    this.connection.dispose();
  }
}
