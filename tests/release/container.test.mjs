// The container file: it can't be built where no registry of images is reached, so it is read.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { at } from '../../extension/build/run.mjs';

const text = await readFile(at('Dockerfile'), 'utf8');
const file = DockerfileParser.parse(text);

test('the container file has no mistakes that its linter knows', () => {
  assert.deepEqual(
    validate(text, {}).map(({ message, range }) => `${range.start.line + 1}: ${message}`),
    [],
  );
  assert.notDeepEqual(validate('FORM x\n', {}), []);
});

test('its images are exact versions, and what builds is left behind', () => {
  const versions = Object.fromEntries(
    file.getARGs().flatMap((a) => (a.getProperty()?.getValue() ? [[a.getProperty().getName(), a.getProperty().getValue()]] : [])),
  );
  const images = file.getFROMs().map((from) => from.getImage().replaceAll(/\$\{(\w+)\}/g, (_, name) => versions[name]));
  assert.equal(images.length, 2);
  images.forEach((image) => assert.match(image, /^mcr\.microsoft\.com\/dotnet\/[a-z-]+:\d+\.\d+\.\d+-noble/));
  assert.doesNotMatch(images[1], /sdk/);
  assert.equal(file.getCOPYs().at(-1).getFromFlag().getValue(), 'build');
});

test('it runs as nobody special', () => {
  const users = file.getInstructions().filter((instruction) => instruction.getKeyword() === 'USER');
  assert.equal(users.at(-1).getArgumentsContent(), 'app');
});

test('what is sent to the builder is there', async () => {
  const entries = (await readFile(at('.dockerignore'), 'utf8')).split('\n').filter((line) => line.startsWith('!') && !line.includes('*'));
  assert.ok(entries.length > 5);
  entries.forEach((entry) => assert.ok(existsSync(at(entry.slice(1))), entry));
});
