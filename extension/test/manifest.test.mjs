// What package.json says of the extension agrees with its code, its readme and the files it names.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { at } from '../build/run.mjs';

const words = JSON.parse(readFileSync(at('extension', 'package.nls.json'), 'utf8'));
/** The manifest as VS Code shows it in English. */
const manifest = JSON.parse(readFileSync(at('extension', 'package.json'), 'utf8'), (_, value) =>
  typeof value === 'string' && /^%[^%]+%$/.test(value) ? words[value.slice(1, -1)] : value,
);
const { commands, configuration, grammars, languages, menus } = manifest.contributes;
const sources = readdirSync(at('extension', 'src'))
  .map((file) => readFileSync(at('extension', 'src', file), 'utf8'))
  .join('\n');
const readme = readFileSync(at('extension', 'README.md'), 'utf8');
const matches = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

test('every command is registered, and every registered command is contributed', () => {
  const contributed = commands.map(({ command }) => command).sort();
  assert.deepEqual(matches(sources, /registerCommand\('([^']+)'/g), contributed);
});

test('every command is in the readme', () => {
  for (const { category, title } of commands) {
    assert.match(readme, new RegExp(`\`${category}: ${title}\``));
  }
});

test('every menu names a command of ours', () => {
  const known = new Set(commands.map(({ command }) => command));
  assert.ok(Object.values(menus).flat().length > 0);
  for (const { command } of Object.values(menus).flat()) {
    assert.ok(known.has(command), command);
  }
});

for (const [name, setting] of Object.entries(configuration.properties)) {
  test(`the setting ${name} is explained, has a default of its type, and is in the readme`, () => {
    assert.ok(setting.markdownDescription?.length > 20);
    const type = Array.isArray(setting.default) ? 'array' : typeof setting.default;
    assert.equal(type, setting.type);
    assert.ok(readme.includes(`\`${name}\``));
  });
}

test('what could run a program or send data elsewhere is set on the machine only', () => {
  for (const name of ['pipewright.server.path', 'pipewright.targets']) {
    assert.equal(configuration.properties[name].scope, 'machine');
  }
});

for (const [address, allowed] of Object.entries({
  'http://127.0.0.1:8787': true,
  'http://localhost:1': true,
  'http://[::1]:8787/': true,
  'https://management.azure.com': false,
  'http://127.0.0.1.example.com': false,
  'http://127.0.0.1@example.com': false,
  'http://10.0.0.1:80': false,
})) {
  test(`${address} ${allowed ? 'can' : 'cannot'} be an emulator's address`, () => {
    const { pattern } = configuration.properties['pipewright.targets'].items.properties.endpoint;
    assert.equal(new RegExp(pattern).test(address), allowed);
  });
}

test('every kind of spec file, and files of tests, have both extensions', () => {
  const kinds = configuration.properties['pipewright.files'].additionalProperties.enum.filter((kind) => kind !== 'none');
  const patterns = [...kinds, 'pipeline-test'].flatMap((kind) => [`*.${kind}.yaml`, `*.${kind}.yml`]);
  assert.deepEqual(languages[0].filenamePatterns, patterns);
});

test('every file that the manifest names is there', () => {
  for (const file of [manifest.icon, ...languages.map(({ configuration }) => configuration), ...grammars.map(({ path }) => path)]) {
    assert.ok(existsSync(at('extension', file)), file);
  }
});
