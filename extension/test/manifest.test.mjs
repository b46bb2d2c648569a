// What package.json says of the extension agrees with its code, its readme and the files it names.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { build } from 'esbuild';
import { builtInExtensions } from '../build/codeServer.mjs';
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
  assert.deepEqual(matches(sources, /registerCommand\(\s*'([^']+)'/g), contributed);
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
  for (const name of ['pipewright.server.path', 'pipewright.targets', 'pipewright.live.enabled', 'pipewright.deploy.ask']) {
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

test('no other setting takes an address or a path', () => {
  const machine = ['pipewright.server.path', 'pipewright.targets', 'pipewright.live.enabled', 'pipewright.deploy.ask'];
  for (const [name, { scope }] of Object.entries(configuration.properties)) {
    assert.equal(scope === 'machine', machine.includes(name), name);
    assert.doesNotMatch(machine.includes(name) ? '' : name, /path|url|endpoint|address|host|command/i);
  }
});

test('every command is under one prefix, with a picture that VS Code has', async () => {
  const workbench = path.join(await builtInExtensions(), '..', 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js');
  const known = readFileSync(workbench, 'utf8');
  for (const { command, category, icon } of commands) {
    assert.match(command, /^pipewright\.[a-z][A-Za-z]+$/);
    assert.equal(category, 'Pipewright');
    const [, name] = /^\$\(([a-z0-9-]+)\)$/.exec(icon) ?? [];
    assert.ok(name && new RegExp(`\\("${name}",\\s*[0-9"]`).test(known), `${command}: ${icon}`);
  }
});

/** Keys that VS Code sets itself, in every window. */
const keysOfVsCode = [
  ...['view', 'viewItem', 'workspaceFolderCount', 'isWorkspaceTrusted', 'virtualWorkspace'],
  ...['activeEditor', 'explorerResourceIsFolder', 'resourceLangId', 'resourcePath'],
];

test('every condition asks only what VS Code or this extension sets', () => {
  const conditions = [...Object.values(menus).flat(), ...manifest.contributes.viewsWelcome].map(({ when }) => when).filter(Boolean);
  const ours = new Set(matches(sources, /'setContext', '([^']+)'/g));
  for (const when of conditions) {
    const keys = when.replaceAll(/=~ \/.*?\/(?= |$)|[!=]=? '[^']*'|[!=]=? [\w.-]+/g, '').match(/[a-zA-Z][\w.]*/g) ?? [];
    for (const key of keys.filter((name) => name !== 'true' && name !== 'false')) {
      assert.ok(keysOfVsCode.includes(key) || ours.has(key), `${when}: ${key}`);
    }
  }
});

test('every menu of a line of the factory view opens for some line', async () => {
  const bundle = await build({ entryPoints: [at('extension', 'src', 'factoryTree.ts')], bundle: true, format: 'esm', write: false });
  const { contextOf } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
  const kinds = configuration.properties['pipewright.files'].additionalProperties.enum;
  const lines = kinds.flatMap((kind) =>
    ['onlyHere', 'onlyThere', 'same', 'changedHere', undefined].flatMap((drift) =>
      ['Started', 'Stopped', undefined].flatMap((state) =>
        [undefined, 'file:///x'].map((uri) => contextOf({ kind, name: 'n', drift, state, uri })),
      ),
    ),
  );
  for (const { command, when } of menus['view/item/context']) {
    const pattern = new RegExp(/viewItem =~ \/(.*?)\/(?= |$)/.exec(when)[1]);
    assert.ok(
      [...lines, 'run over', 'run going', 'run over here'].some((line) => pattern.test(line)),
      `${command}: ${when}`,
    );
  }
});

test('no key is taken: each one would be taken from somebody', () => assert.deepEqual(manifest.contributes.keybindings ?? [], []));

test('what VS Code is told of restricted and virtual workspaces is what the tests try', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  assert.deepEqual([untrustedWorkspaces.supported, virtualWorkspaces.supported], ['limited', 'limited']);
  assert.match(untrustedWorkspaces.description, /without network/);
  assert.match(virtualWorkspaces.description, /each by itself/);
});

test('the page of the extension has what a marketplace shows', () => {
  assert.ok(statSync(at('extension', manifest.icon)).size > 1000);
  assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
  assert.ok(manifest.categories.includes('Programming Languages') && manifest.keywords.length > 4 && manifest.keywords.length <= 30);
  for (const [, picture] of readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)) {
    assert.ok(existsSync(at('extension', picture)), picture);
  }
});

test('every kind of spec file, and files of tests, have both extensions', () => {
  const kinds = configuration.properties['pipewright.files'].additionalProperties.enum.filter((kind) => kind !== 'none');
  const patterns = [...kinds, 'pipeline-test'].flatMap((kind) => [`*.${kind}.yaml`, `*.${kind}.yml`]);
  assert.deepEqual(languages[0].filenamePatterns, patterns);
});

test('no text of a workspace can run a command', () => {
  // A link to a command in a hover works only in text that is marked as trusted; hovers show descriptions that anybody may have written.
  assert.doesNotMatch(sources, /isTrusted\s*[:=]|supportHtml|enabledCommands/);
});

test('every file that the manifest names is there', () => {
  for (const file of [manifest.icon, ...languages.map(({ configuration }) => configuration), ...grammars.map(({ path }) => path)]) {
    assert.ok(existsSync(at('extension', file)), file);
  }
});
