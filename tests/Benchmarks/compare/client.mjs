// A client of LSP that measures: the same for all servers.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import { CancellationTokenSource, createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

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

/** What a client says that asks for findings, as VS Code's does. */
const pulling = { ...capabilities, textDocument: { ...capabilities.textDocument, diagnostic: { relatedDocumentSupport: false } } };

/** How long a server may take to answer, in ms. */
const patience = 60_000;

/** How long to wait before findings are asked for once more that were not those of the last edit yet, in ms. */
const pause = 5;

export class MeasuredServer {
  /**
   * Starts the server and says initialize.
   * @param pulls Whether findings are asked for where the server answers that, as VS Code's client does; otherwise they are waited for.
   */
  static async start(kind, folder, { pulls = true } = {}) {
    const started = performance.now();
    const child = spawn(kind.command, kind.args, { stdio: ['pipe', 'pipe', 'ignore'], cwd: folder, env: { ...process.env, ...kind.env } });
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const server = new MeasuredServer(kind, child, connection, started);
    server.#listen();
    const uri = `file://${folder}`;
    const answer = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'compare' }],
      capabilities: pulls ? pulling : capabilities,
      initializationOptions: kind.initializationOptions,
    });
    server.initialized = performance.now() - started;
    server.pulls = pulls && Boolean(answer.capabilities.diagnosticProvider);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: kind.settings });
    return server;
  }

  constructor(kind, child, connection, started) {
    this.kind = kind;
    this.child = child;
    this.connection = connection;
    this.started = started;
    this.pulls = false;
    this.waiting = new Map();
    this.pulled = new Map();
    this.version = 1;
    // A server that cannot be started, or that ends by itself, fails what is waited for.
    this.ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve)).then(() => {
      this.connection.dispose();
      this.waiting.forEach((waiter) => waiter.fail(new Error(`${kind.name} has ended`)));
    });
  }

  #listen() {
    this.connection.onRequest('workspace/configuration', ({ items }) =>
      items.map(({ section }) => (section ?? '').split('.').reduce((at, key) => at?.[key], this.kind.settings) ?? null),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    // Some servers ask for this of any client; whoever waits for findings asks again anyway.
    this.connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => this.#told(uri, diagnostics));
    this.connection.onUnhandledNotification(() => {});
    this.connection.onError(() => {});
    this.connection.listen();
  }

  #told(uri, diagnostics) {
    const waiter = this.waiting.get(uri);
    if (waiter?.accepts(diagnostics)) {
      waiter.resolve(diagnostics);
    }
  }

  /** Asks for findings as VS Code's client does: at once after each edit. What was asked before is cancelled, and asked again when it has ended. */
  async #pull(uri) {
    const running = this.pulled.get(uri);
    if (running?.cancellation) {
      running.isOld = true;
      running.cancellation.cancel();
      return;
    }

    const state = { cancellation: new CancellationTokenSource(), isOld: false, id: running?.id, items: running?.items };
    this.pulled.set(uri, state);
    try {
      const parameters = { textDocument: { uri }, previousResultId: state.id };
      const report = await this.connection.sendRequest('textDocument/diagnostic', parameters, state.cancellation.token);
      state.id = report.resultId;
      state.items = report.kind === 'unchanged' ? state.items : report.items;
      if (!state.isOld) {
        this.#told(uri, state.items);
      }
    } catch {
      // Cancelled; where it is something else, whoever waits for the findings says in the end that there are none.
    }

    state.cancellation = null;
    if (this.pulled.get(uri) === state && state.isOld) {
      this.#pull(uri);
    } else if (this.waiting.has(uri)) {
      setTimeout(() => this.#pullAgain(uri), pause);
    }
  }

  #pullAgain(uri) {
    if (this.waiting.has(uri) && !this.pulled.get(uri)?.cancellation) {
      this.#pull(uri);
    }
  }

  /** Waits for findings of a document that `accepts` takes. Say so before the edit that brings them. */
  diagnostics(uri, accepts) {
    return new Promise((resolve, reject) => {
      const end = (action, value) => {
        clearTimeout(timer);
        this.waiting.delete(uri);
        action(value);
      };
      const fail = (error) => end(reject, error);
      const timer = setTimeout(() => fail(new Error(`${this.kind.name}: no such findings of ${uri} within ${patience} ms`)), patience);
      this.waiting.set(uri, { accepts, resolve: (found) => end(resolve, found), fail });
    });
  }

  async open(uri, languageId, text) {
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: this.version, text } });
    this.#changed(uri);
  }

  close(uri) {
    this.pulled.delete(uri);
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async edit(uri, range, text) {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++this.version },
      contentChanges: [{ range, text }],
    });
    this.#changed(uri);
  }

  #changed(uri) {
    if (this.pulls) {
      this.#pull(uri);
    }
  }

  /** Waits until nothing is asked of a document any more, and a server that checks after a while has begun to. */
  async rest(uri) {
    while (this.pulled.get(uri)?.cancellation) {
      await sleep(pause);
    }

    await sleep(300);
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
  }
}
