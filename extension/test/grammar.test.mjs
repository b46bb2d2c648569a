// Which parts of a line the grammars colour as parts of an expression, over VS Code's own YAML and JSON grammars.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import test from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { builtInExtensions } from '../build/codeServer.mjs';
import { at } from '../build/run.mjs';

const vscode = await builtInExtensions();
const own = (file) => at('extension', 'syntaxes', `${file}.tmLanguage.json`);
const grammars = {
  'source.pipewright-yaml': own('pipewright-yaml'),
  'source.pipewright-expression': own('expression'),
  'pipewright.expressions-in-json': own('expressions-in-json'),
  'source.json': path.join(vscode, 'json', 'syntaxes', 'JSON.tmLanguage.json'),
  'source.yaml': path.join(vscode, 'yaml', 'syntaxes', 'yaml.tmLanguage.json'),
  'source.yaml.embedded': path.join(vscode, 'yaml', 'syntaxes', 'yaml-embedded.tmLanguage.json'),
  ...Object.fromEntries(
    ['1.0', '1.1', '1.2', '1.3'].map((version) => [
      `source.yaml.${version}`,
      path.join(vscode, 'yaml', 'syntaxes', `yaml-${version}.tmLanguage.json`),
    ]),
  ),
};

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
await oniguruma.loadWASM(readFileSync(wasm));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) =>
    scope in grammars ? textmate.parseRawGrammar(readFileSync(grammars[scope], 'utf8'), grammars[scope]) : null,
  getInjections: (scope) => (scope === 'source.json' ? ['pipewright.expressions-in-json'] : []),
});

/** What each scope of ours is called here. */
const names = [
  ['constant.character.escape', 'esc'],
  ['punctuation.definition.string', null],
  ['string.quoted.single.pipewright', 'text'],
  ['keyword.operator.expression', 'at'],
  ['punctuation.definition.template-expression', 'at'],
  ['entity.name.function', 'call'],
  ['variable.other.property', 'prop'],
  ['constant.numeric', 'num'],
  ['constant.language', 'const'],
];

/** The coloured parts of a text's expressions: `call:concat text:a`. */
async function colours(scope, text) {
  const grammar = await registry.loadGrammar(scope);
  let state = textmate.INITIAL;
  const parts = [];
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { scopes, startIndex, endIndex } of tokens) {
      const ours = scopes.filter((name) => name.endsWith('.pipewright')).toReversed();
      const name = names.find(([prefix]) => ours.some((own) => own.startsWith(prefix)));
      if (name?.[1]) {
        parts.push(`${name[1]}:${line.slice(startIndex, endIndex)}`);
      }
    }
  }
  return parts.join(' ');
}

const inYaml = {
  'a double-quoted expression': [`a: "@concat('x', 1)"`, 'at:@ call:concat text:x num:1'],
  'a single-quoted expression': [`a: '@concat(''x'', 1)'`, 'at:@ call:concat text:x num:1'],
  'an empty text in single quotes': [`a: '@concat('''', item().b)'`, 'at:@ call:concat call:item prop:b'],
  'an empty text in double quotes': [`a: "@concat('', item().b)"`, 'at:@ call:concat call:item prop:b'],
  'a chain of properties': [`- "@activity('A').output?.firstRow.id"`, 'at:@ call:activity text:A prop:output prop:firstRow prop:id'],
  'interpolation in double quotes': [`a: "x/@{item().name}/y"`, 'at:@{ call:item prop:name at:}'],
  'interpolation in single quotes': [`a: 'x/@{concat(''b'')}/y'`, 'at:@{ call:concat text:b at:}'],
  'interpolation in a plain scalar': [`a: x/@{item().name}/y`, 'at:@{ call:item prop:name at:}'],
  'interpolation in a block scalar': [`a: |\n  select @{item().name}\nb: 1`, 'at:@{ call:item prop:name at:}'],
  'a block scalar that is an expression': [`a: |\n  @concat('x')\nb: "@c()"`, 'at:@ call:concat text:x at:@ call:c'],
  'an expression that is not quoted yet': [`a: @pipeline().RunId # why`, 'at:@ call:pipeline prop:RunId'],
  'a literal @': [`a: "@@x"`, 'esc:@@'],
  'a literal @{': [`a: "b @@{x}"`, 'esc:@@{'],
  'a brace in a text': [`a: "@{concat('}')}"`, 'at:@{ call:concat text:} at:}'],
  'constants in any case': [`a: "@if(True, null, -1.5e3)"`, 'at:@ call:if const:True const:null num:-1.5e3'],
  'an at sign elsewhere': [`a: someone@example.com`, ''],
  'a comment': [`# "@concat('x')"`, ''],
  'a key': [`"@concat('x')": 1`, ''],
};

for (const [name, [text, expected]] of Object.entries(inYaml)) {
  test(`YAML: ${name}`, async () => assert.equal(await colours('source.pipewright-yaml', text), expected));
}

const inJson = {
  'an expression': [`{"a": "@concat('x', item().b)"}`, 'at:@ call:concat text:x call:item prop:b'],
  'an escape in an expression': [`{"a": "@concat('\\"', 2)"}`, 'at:@ call:concat esc:\\" num:2'],
  interpolation: [`{"a": "x/@{item().name}/y"}`, 'at:@{ call:item prop:name at:}'],
  'a literal @': [`{"a": "@@x"}`, 'esc:@@'],
  "somebody else's package name": [`{"a": "@scope/package", "@scope/b": "1"}`, ''],
  'an expression that is not closed': [`{"a": "@concat('x", "b": "@c()"}`, 'at:@ call:concat text:x at:@ call:c'],
};

for (const [name, [text, expected]] of Object.entries(inJson)) {
  test(`JSON: ${name}`, async () => assert.equal(await colours('source.json', text), expected));
}
