// What is measured of one server with one document.
import { performance } from 'node:perf_hooks';
import { MeasuredServer } from './client.mjs';

/** A value of a sorted list below which the share `p` of it lies. */
export const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(p * values.length) - 1)];

const hasWrongNumber = (diagnostics, place) => diagnostics.some((d) => d.severity === 1 && d.range.start.line === place.line);

/**
 * One whole life of a server: start, first findings, edits, questions.
 * @param rounds How often each of the things after the start is done, unless `budget` (ms) is over before.
 */
export async function measure(kind, form, document, folder, { rounds, budget }) {
  const uri = `file://${folder}/${form.file}`;
  const server = await MeasuredServer.start(kind, folder);
  try {
    const wrong = withWrongNumber(document);
    const first = server.diagnostics(uri, (d) => hasWrongNumber(d, document.number));
    await server.open(uri, form.languageId, wrong);
    await first;
    const result = { initialize: server.initialized, firstDiagnostics: performance.now() - server.started };
    for (const [name, action] of Object.entries(questions(server, uri, document, form, rounds, budget))) {
      // What a server cannot do with a document is left out; the rest is measured all the same.
      result[name] = await action().catch((error) => ({ failure: error.message.split('\n')[0] }));
    }

    result.memory = server.memory();
    return result;
  } finally {
    await server.stop();
  }
}

const questions = (server, uri, document, form, rounds, budget) => ({
  editToDiagnostics: () => repeat(rounds, budget, (i) => editAndCheck(server, uri, document, i)),
  editToCompletion: () => repeat(rounds * 4, budget, (i) => typeAndComplete(server, uri, document, form, i)),
  hover: () => repeat(rounds, budget, () => server.request('textDocument/hover', { textDocument: { uri }, position: document.word })),
  outline: () => repeat(Math.ceil(rounds / 4), budget, () => server.request('textDocument/documentSymbol', { textDocument: { uri } })),
});

/** Opens files one after the other, each once the findings of the one before are there. */
export async function measureFiles(kind, form, texts, folder) {
  const server = await MeasuredServer.start(kind, folder);
  try {
    const started = performance.now();
    for (const [i, text] of texts.entries()) {
      const uri = `file://${folder}/pipeline/real${i}.json`;
      const told = server.diagnostics(uri, () => true);
      await server.open(uri, form.languageId, text);
      await told;
      await server.close(uri);
    }

    return { total: performance.now() - started, memory: server.memory() };
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
  const typed = isJson ? `${key.indentation}"d"` : `${key.indentation}d`;
  const start = { line: key.line, character: 0 };
  if (i % 4 === 0) {
    await server.edit(uri, { start, end: start }, `${key.indentation}${isJson ? '"' : ''}\n`);
  }

  const at = { line: key.line, character: key.indentation.length + (isJson ? 1 : 0) };
  const letter = 'desc'[i % 4];
  const begin = performance.now();
  const position = { line: key.line, character: at.character + (i % 4) + 1 };
  await server.edit(
    uri,
    { start: { ...at, character: position.character - 1 }, end: { ...at, character: position.character - 1 } },
    letter,
  );
  const list = await server.request('textDocument/completion', { textDocument: { uri }, position, context: { triggerKind: 1 } });
  const took = performance.now() - begin;
  if (!typed || !Array.isArray(list?.items ?? list)) {
    throw new Error(`${server.kind.name} proposes nothing`);
  }

  if (i % 4 === 3) {
    await server.edit(uri, { start, end: { line: key.line + 1, character: 0 } }, '');
  }

  return took;
}
