// What an import writes, and which names a new file can have.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

const bundle = await build({ entryPoints: [at('extension', 'src', 'firstStepsText.ts')], bundle: true, format: 'esm', write: false });
const { configurationText, fileNameProblem } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);

const factory = {
  name: 'adf-harbour',
  resourceGroup: 'rg (old)',
  subscription: '00000000-0000-0000-0000-000000000000',
  subscriptionName: 'Ours',
};

test('an imported factory is its own target, with texts that YAML takes as they are', () => {
  assert.equal(
    configurationText(factory, false),
    `# Where this factory is deployed to. Never a secret.
defaultTarget: azure
targets:
  azure:
    subscription: "00000000-0000-0000-0000-000000000000"
    resourceGroup: "rg (old)"
    factory: adf-harbour
`,
  );
  assert.match(configurationText({ ...factory, tenant: 'on' }, false), /tenant: "on"\n$/);
});

test("an emulator's address stays in the user's settings", () => assert.ok(!configurationText(factory, true).includes('targets')));

for (const [name, isGood] of [
  ['load_orders', true],
  ['Load orders', true],
  ['', false],
  ['  ', false],
  ['a/b', false],
  ['..', false],
  ['a:b', false],
  ['a.', false],
]) {
  test(`'${name}' ${isGood ? 'can' : 'cannot'} be a file`, () => assert.equal(fileNameProblem(name) === undefined, isGood));
}
