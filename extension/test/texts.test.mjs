// What people read is in bundles, for translators: nothing is left out, nothing is out of date, and each translation has all of it.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import test from 'node:test';
import { bundleFile, bundleText, sources } from '../build/texts.mjs';
import { at } from '../build/run.mjs';

const read = (...parts) => JSON.parse(readFileSync(at('extension', ...parts), 'utf8'));
const manifest = read('package.json');
const bundle = read('l10n', 'bundle.l10n.json');
const words = read('package.nls.json');
const require = createRequire(import.meta.url);
const Parser = require('web-tree-sitter');

/** All texts of a value with their paths. */
function textsOf(value, place = '') {
  return typeof value === 'string'
    ? [[place, value]]
    : Object.entries(value ?? {}).flatMap(([key, inner]) => textsOf(inner, `${place}/${key}`));
}

/** Members of the manifest that VS Code shows. */
const shown = /\/(description|markdownDescription|enumDescriptions\/\d+|patternErrorMessage|title|contents|aliases\/\d+|name)$/;
/** Names, which are the same in all languages. */
const names = new Set(['pipewright', 'Pipewright']);

test('all that the manifest shows is in package.nls.json, and nothing else is', () => {
  const literal = textsOf(manifest).filter(([place, text]) => shown.test(place) && !/^%[\w.]+%$/.test(text) && !names.has(text));
  assert.deepEqual(literal, []);
  const used = new Set(textsOf(manifest).flatMap(([, text]) => /^%([\w.]+)%$/.exec(text)?.[1] ?? []));
  assert.deepEqual([...used].sort(), Object.keys(words).sort());
});

test('the bundle is what the sources say: `npm run texts` brings it up to date', async () => {
  assert.equal(readFileSync(bundleFile, 'utf8'), await bundleText());
});

/** Words of the service, of the page and of the protocol: they are compared, never shown as they stand here. */
const wordsOfCode = new Set(
  [
    ['Succeeded', 'Failed', 'Cancelled', 'InProgress', 'Queued', 'Canceling', 'Skipped', 'Inactive', 'Completed', 'Started'],
    ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', 'Escape', 'USGovernment', 'ChinaCloud'],
    // Labels of formats, and the extension itself.
    ['Mermaid', 'Pipewright'],
    // A folder, and an option of a program.
    ['C:\\\\Program Files', 'Major'],
    // Written into a file, an id, and styles.
    ['defaultTarget: azure', 'dry run \u0000', 'branch unnamed', 'run run-\u0000', 'node shape-\u0000\u0000', 'sign error', 'sign warning'],
  ].flat(),
);

/** What a person would take for a text: two words, or one that begins large. What begins with a sign is markup, a style or a line of a file. */
const isProse = (text) =>
  !/^[<#\n]/.test(text) && (/\p{L}{2,}[,:.;!?]? +\p{L}/u.test(text.replaceAll(/\$\([\w~-]+\)/g, '')) || /^\p{Lu}\p{Ll}+/u.test(text));

/** Calls whose texts nobody reads, or only who reads a log. */
const callsOfCode = /^l10n\.t$|(^|\.)#?output\.(debug|info|warn|error)$|^classesOf$|querySelector|addEventListener|executeCommand/;
/** What is compared or says where something comes from, rather than being shown. */
const placesOfCode = new Set(['import_statement', 'literal_type', 'switch_case', 'subscript_expression']);

function isExempt(node) {
  for (let at = node, before; at; before = at, at = at.parent) {
    const key = at.type === 'pair' ? at.childForFieldName('key') : null;
    if (
      (at.type === 'call_expression' && callsOfCode.test(at.childForFieldName('function').text)) ||
      (at !== node && placesOfCode.has(at.type)) ||
      (at.type === 'binary_expression' && /^[!=<>]/.test(at.childForFieldName('operator').text)) ||
      (key && (key.equals(before) || /^'?class'?$/.test(key.text)))
    ) {
      return true;
    }
  }
  return false;
}

/** The texts of TypeScript that people would read as they stand there, with their lines. */
async function literalsIn(contents) {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Parser.Language.load(require.resolve('@vscode/l10n-dev/dist/tree-sitter-typescript.wasm')));
  const literals = parser.parse(contents).rootNode.descendantsOfType(['string', 'template_string']);
  return literals.flatMap((literal) => {
    // Of a template what stands between its values.
    const holes = literal.namedChildren.filter(({ type }) => type === 'template_substitution');
    const text = holes.reduce((rest, hole) => rest.replace(hole.text, '\u0000'), literal.text.slice(1, -1));
    const isText = isProse(text) && !wordsOfCode.has(text) && !isExempt(literal);
    return isText ? [`${literal.startPosition.row + 1}: ${text}`] : [];
  });
}

test('no text stands in the code as people would read it', async () => {
  for (const { file, contents } of await sources()) {
    assert.deepEqual(await literalsIn(contents), [], path.basename(file));
  }
});

for (const [code, found] of [
  ["window.showErrorMessage('Open a file first.')", ['1: Open a file first.']],
  ["button(text, act, 'Fit')", ['1: Fit']],
  ['item.tooltip = isOn ? `${name} is open` : "";', ['1: \u0000 is open']],
  ["show(problem ?? 'nothing at all')", ['1: nothing at all']],
  ["window.showErrorMessage(l10n.t('Open a file first.'))", []],
  ["if (status === 'Failed') output.warn(`It has failed: ${error}`)", []],
]) {
  test(`${code} ${found.length > 0 ? 'shows' : 'shows no'} text of its own`, async () => assert.deepEqual(await literalsIn(code), found));
}

const placeholders = (text) => [...new Set(text.match(/\{\d\}|\$\([\w~-]+\)|\]\([^)]*\)|`[^`]+`/g))].sort();
const languages = readdirSync(at('extension', 'l10n')).flatMap((file) => /^bundle\.l10n\.(.+)\.json$/.exec(file)?.[1] ?? []);

test('there is a translation', () => assert.ok(languages.includes('de')));

for (const language of languages) {
  for (const [name, original, translation] of [
    ['the code', bundle, read('l10n', `bundle.l10n.${language}.json`)],
    ['the manifest', words, read(`package.nls.${language}.json`)],
  ]) {
    test(`${language} has all texts of ${name}, with the same places for values, links and code`, () => {
      assert.deepEqual(Object.keys(translation).sort(), Object.keys(original).sort());
      for (const [key, text] of Object.entries(original)) {
        assert.deepEqual(placeholders(translation[key]), placeholders(text), key);
        assert.ok(translation[key].trim().length > 0, key);
      }
    });
  }

  test(`${language} has the pages of the walkthrough`, () => {
    for (const { media } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      assert.ok(existsSync(at('extension', media.markdown.replace(/\.md$/, `.nls.${language}.md`))), media.markdown);
    }
  });
}
