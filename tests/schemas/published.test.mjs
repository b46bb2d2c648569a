// The published JSON Schemas, in a standard validator: they take what the server takes, and refuse common mistakes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import Ajv from 'ajv';
import { parseAllDocuments } from 'yaml';
import { at } from '../../extension/build/run.mjs';

const kinds = ['pipeline', 'dataset', 'linkedService', 'trigger', 'dataflow', 'integrationRuntime', 'credential', 'factory'];
const corpus = process.env.PIPEWRIGHT_CORPUS ?? at('..', 'shared', 'corpus');

/** Codes of what a JSON Schema can find, too: the server's checks of shape. */
const shape = /^PW(1|20)/;

const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
const validators = {};
let scratch;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-schemas-'));
  for (const form of ['git', 'spec']) {
    for (const kind of kinds) {
      const text = await readFile(at('schemas', 'published', form, `${kind}.schema.json`), 'utf8');
      validators[`${form}/${kind}`] = ajv.compile(JSON.parse(text));
    }
  }
});

after(() => rm(scratch, { recursive: true, force: true }));

/** What a file is: its schema's name and the values in it; null for one that is no resource, or can't be read. */
async function read(file) {
  const text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  const kind = path.basename(path.dirname(file));
  if (file.endsWith('.json')) {
    try {
      const value = JSON.parse(text);
      return kinds.includes(kind) && value?.properties ? { schema: `git/${kind}`, values: [value] } : null;
    } catch {
      return null;
    }
  }
  const suffix = /\.(\w+)\.ya?ml$/.exec(file)?.[1];
  if (!kinds.includes(suffix) || text.includes('!json')) {
    return null;
  }
  return { schema: `spec/${suffix}`, values: parseAllDocuments(text, { merge: true, logLevel: 'error' }).map((d) => d.toJS()) };
}

const filesOf = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(json|ya?ml)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'));

/** The service reads values in any case of letters, which JSON Schema can't say. */
const isOnlyCase = ({ keyword, params, data }) =>
  keyword === 'enum' && params.allowedValues.some((v) => typeof v === 'string' && v.toLowerCase() === String(data).toLowerCase());

/** What is switched off need not be whole, which an editor's schema can't say without proposing less. */
const isWhole = (value) => !JSON.stringify(value).includes('"Inactive"');

/** The files of a folder that a schema refuses, with why, and how many there are. */
async function refused(folder) {
  const found = new Map();
  let count = 0;
  for (const file of await filesOf(folder)) {
    const content = await read(file);
    for (const value of content?.values ?? []) {
      count++;
      const validate = validators[content.schema];
      if (isWhole(value) && !validate(value) && !validate.errors.some(isOnlyCase)) {
        found.set(
          path.relative(folder, file).replaceAll('\\', '/'),
          validate.errors.map((e) => `${e.instancePath} ${e.message}`).slice(0, 3),
        );
      }
    }
  }
  return { found, count };
}

const run = async (...args) => {
  const { stdout } = await promisify(execFile)(process.env.PIPEWRIGHT_SERVER, args, { maxBuffer: 1 << 28 }).catch((error) => error);
  return stdout;
};

/** The files of a folder in whose shape the server finds something. */
async function foundByServer(folder) {
  const { diagnostics } = JSON.parse(await run('validate', folder, '--output', 'json'));
  return new Set(diagnostics.filter((d) => shape.test(d.code)).map((d) => d.file));
}

for (const sample of ['medallion', 'medallion-git']) {
  test(`the sample ${sample} is valid`, async () => {
    const { found, count } = await refused(at('samples', sample));
    assert.deepEqual([...found], []);
    assert.ok(count > 20, `${count} resources`);
  });
}

test('of real factories only files are refused in which the server finds something, too', { skip: !existsSync(corpus) }, async () => {
  let count = 0;
  for (const folder of await readdir(corpus, { withFileTypes: true })) {
    if (folder.isDirectory()) {
      const root = path.join(corpus, folder.name);
      const result = await refused(root);
      const known = result.found.size === 0 ? new Set() : await foundByServer(root);
      count += result.count;
      const alone = [...result.found].filter(([file]) => !known.has(file));
      assert.deepEqual(alone, [], root);
    }
  }
  assert.ok(count > 2000, `${count} resources`);
});

test('converted to the spec form they are valid there', { skip: !existsSync(corpus) }, async () => {
  let count = 0;
  for (const folder of (await readdir(corpus, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    const target = path.join(scratch, folder.name);
    await run('convert', path.join(corpus, folder.name), '--to', 'spec', '--out', target);
    if (existsSync(target)) {
      const result = await refused(target);
      const known = result.found.size === 0 ? new Set() : await foundByServer(target);
      count += result.count;
      assert.deepEqual(
        [...result.found].filter(([file]) => !known.has(file)),
        [],
        folder.name,
      );
    }
  }
  assert.ok(count > 1500, `${count} resources`);
});

const copy = {
  name: 'A',
  type: 'Copy',
  inputs: ['In'],
  outputs: ['Out'],
  source: { type: 'DelimitedTextSource' },
  sink: { type: 'ParquetSink' },
};
for (const [title, activity, isValid] of [
  ['a whole activity', copy, true],
  ['wrappers that are written', { name: 'A', type: 'Wait', typeProperties: { waitTimeInSeconds: 1 } }, true],
  ['an expression for a number', { name: 'A', type: 'Wait', waitTimeInSeconds: '@int(1)' }, true],
  ['a text for a number', { name: 'A', type: 'Wait', waitTimeInSeconds: '5' }, true],
  ['dependencies by name', { ...copy, dependsOn: ['B', { activity: 'C', dependencyConditions: ['Failed'] }] }, true],
  ['dependencies with conditions', { ...copy, dependsOn: { B: 'Failed', C: ['Skipped', 'Failed'] } }, true],
  ['a reference in the long form', { ...copy, inputs: [{ referenceName: 'In', parameters: { a: 1 } }] }, true],
  ['a type that there is not', { name: 'A', type: 'Cpoy' }, false],
  ['a property that there is not', { ...copy, sorce: {} }, false],
  ['a property that is missing', { name: 'A', type: 'Copy', source: { type: 'DelimitedTextSource' } }, false],
  ['a word for a number', { name: 'A', type: 'Wait', waitTimeInSeconds: 'soon' }, false],
  ['a condition that there is not', { ...copy, dependsOn: { B: 'Faild' } }, false],
  ['a list for an object', { ...copy, source: [] }, false],
]) {
  test(`${title} is ${isValid ? 'taken' : 'refused'}`, () => {
    assert.equal(validators['spec/pipeline']({ activities: [activity] }), isValid, ajv.errorsText(validators['spec/pipeline'].errors));
  });
}
