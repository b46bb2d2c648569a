// What is measured of one server with one document.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasuredServer } from './client.mjs';

const secondsOfRest = 6;

/** Some servers call a number that is none an error, others a warning. */
const hasWrongNumber = (diagnostics, place) => diagnostics.some((d) => d.severity <= 2 && d.range.start.line === place.line);

/** A key that activities have in both forms, and that those of the documents lack. */
const newKey = 'state';

/** Between two letters of somebody who types fast, in ms. */
const betweenLetters = 50;

/**
 * Starts servers in turns, each with the same document: to `initialize`, and to the first findings.
 * @param starts How often, but only three times once `budget` (ms) is over for each.
 * @returns Lists of times, in ms, by name of the server; of one that fails, why.
 */
export async function measureStarts(kinds, form, document, folder, { starts, budget }) {
  const times = Object.fromEntries(kinds.map((kind) => [kind.name, { initialize: [], firstDiagnostics: [] }]));
  const until = performance.now() + budget * kinds.length;
  for (let i = 0; i < starts && (i < 3 || performance.now() < until); i++) {
    for (const kind of (i % 2 === 0 ? kinds : kinds.toReversed()).filter(({ name }) => !times[name].failure)) {
      try {
        const { server, initialize, firstDiagnostics } = await started(kind, form, document, folder);
        await server.stop();
        times[kind.name].initialize.push(initialize);
        times[kind.name].firstDiagnostics.push(firstDiagnostics);
      } catch (error) {
        times[kind.name] = { failure: error.message.split('\n')[0] };
      }
    }
  }

  return times;
}

async function started(kind, form, document, folder) {
  const uri = `file://${folder}/${form.file}`;
  const server = await MeasuredServer.start(kind, folder);
  try {
    const first = server.diagnostics(uri, (d) => hasWrongNumber(d, document.number));
    await server.open(uri, form.languageId, withWrongNumber(document));
    await first;
    return { server, uri, initialize: server.initialized, firstDiagnostics: performance.now() - server.started };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * One whole life of a server: start, first findings, edits, questions.
 * @param effort How often each of the things after the start is done (`rounds`; `letters` are typed), unless `budget` (ms) is over before.
 */
export async function measure(kind, form, document, folder, effort) {
  const { server, uri, initialize, firstDiagnostics } = await started(kind, form, document, folder);
  try {
    const result = {};
    for (const [name, action] of Object.entries(questions(server, uri, document, form, effort))) {
      // What a server cannot do with a document is left out; the rest is measured all the same.
      result[name] = await action().catch((error) => ({ failure: error.message.split('\n')[0] }));
      await server.rest(uri);
    }

    const processorTime = server.processorTime();
    // What a server keeps while its user thinks, and not what it has not cleared away yet.
    await sleep(secondsOfRest * 1000);
    return { initialize, firstDiagnostics, ...result, memory: server.memory(), processorTime };
  } finally {
    await server.stop();
  }
}

const questions = (server, uri, document, form, { rounds, letters, budget }) => ({
  editToDiagnostics: () => repeat(rounds, budget, (i) => editAndCheck(server, uri, document, i)),
  // Twice as long, for a p99 that means something.
  editToCompletion: () => repeat(letters, 2 * budget, (i) => typeAndComplete(server, uri, document, form, i)),
  hover: () => repeat(rounds, budget, () => server.request('textDocument/hover', { textDocument: { uri }, position: document.word })),
  outline: () => repeat(Math.ceil(rounds / 4), budget, () => server.request('textDocument/documentSymbol', { textDocument: { uri } })),
});

/**
 * Opens files one after the other, each once the findings of the one before are there.
 * @param files Each with its kind and its text.
 */
export async function measureFiles(kind, form, files, folder) {
  const server = await MeasuredServer.start(kind, folder);
  try {
    const times = [];
    for (const [i, file] of files.entries()) {
      const uri = `file://${folder}/${form.fileOf(file.kind, `real${i}`)}`;
      times.push(
        await timed(async () => {
          const told = server.diagnostics(uri, () => true);
          await server.open(uri, form.languageId, file.text);
          await told;
        }),
      );
      await server.close(uri);
    }

    return { times, memory: server.memory() };
  } finally {
    await server.stop();
  }
}

function withWrongNumber({ text, number }) {
  const lines = text.split('\n');
  const line = lines[number.line];
  lines[number.line] = `${line.slice(0, number.character)}true${line.slice(number.character + 1)}`;
  return lines.join('\n');
}

async function repeat(count, budget, action) {
  const times = [];
  const until = performance.now() + budget;
  for (let i = 0; i < count && (times.length < 3 || performance.now() < until); i++) {
    times.push(await timed(action, i));
  }

  return times;
}

async function timed(action, i) {
  const started = performance.now();
  const took = await action(i);
  return typeof took === 'number' ? took : performance.now() - started;
}

/** The wrong number becomes right, and wrong again: from the edit to the findings that say so. */
async function editAndCheck(server, uri, { number }, i) {
  const becomesRight = i % 2 === 0;
  const told = server.diagnostics(uri, (d) => hasWrongNumber(d, number) !== becomesRight);
  const range = { start: number, end: { ...number, character: number.character + (becomesRight ? 4 : 1) } };
  await server.edit(uri, range, becomesRight ? '2' : 'true');
  await told;
}

/** A letter of a new key is typed, and completion asked for at once. The time is from the edit to the list; the line is taken away again. */
async function typeAndComplete(server, uri, { key }, { isJson }, i) {
  const letter = i % newKey.length;
  const line = { line: key.line, character: 0 };
  const character = key.indentation.length + (isJson ? 1 : 0) + letter;
  if (letter === 0) {
    await server.edit(uri, { start: line, end: line }, `${key.indentation}${isJson ? '"' : ''}\n`);
  }

  await sleep(betweenLetters);
  const begin = performance.now();
  const at = { line: key.line, character };
  await server.edit(uri, { start: at, end: at }, newKey[letter]);
  const position = { line: key.line, character: character + 1 };
  const list = await server.request('textDocument/completion', { textDocument: { uri }, position, context: { triggerKind: 1 } });
  const took = performance.now() - begin;
  if (letter === newKey.length - 1) {
    await server.edit(uri, { start: line, end: { line: key.line + 1, character: 0 } }, '');
  }

  const items = list?.items ?? list ?? [];
  if (!items.some(({ label }) => label === newKey)) {
    throw new Error(items.length === 0 ? 'it answers nothing, as after an error of its own' : `it does not propose ${newKey}`);
  }

  return took;
}
