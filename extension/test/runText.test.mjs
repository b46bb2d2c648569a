// What a run looks like in words.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

const bundle = await build({ entryPoints: [at('extension', 'src', 'runText.ts')], bundle: true, format: 'esm', write: false });
const { durationText, lineText, outputText } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);

for (const [milliseconds, text] of [
  [0, '0 ms'],
  [999, '999 ms'],
  [5230, '5.2 s'],
  [125_000, '2 min 5 s'],
  [11_040_000, '3 h 4 min'],
]) {
  test(`${milliseconds} is told as ${text}`, () => assert.equal(durationText(milliseconds), text));
}

const run = (more) => ({ activityRunId: 'r', activity: 'Copy', status: 'Succeeded', depth: 0, attempt: 1, ...more });

for (const [what, runs, text] of [
  ['nothing', [], ''],
  ['one that goes on', [run({ status: 'InProgress' })], '▶'],
  ['one that is over', [run({ durationMs: 1500 })], '✓ 1.5 s'],
  ['a retry', [run({ status: 'Failed' }), run({ attempt: 2, durationMs: 20 })], '✓ attempt 2 20 ms'],
  ['an error', [run({ status: 'Failed', error: { errorCode: '3204', message: 'Out\nof memory' } })], '✗  3204: Out'],
  ['rounds', [run({ iteration: 0 }), run({ iteration: 1 }), run({ iteration: 2, status: 'Failed' })], '✓ 2  ✗ 1'],
  ['a state that is new', [run({ status: 'Dreaming' })], '•'],
]) {
  test(`a line shows ${what}`, () => assert.equal(lineText(runs), text));
}

test('the output has a line for each change', () => {
  const told = run({ status: 'Failed', depth: 1, iteration: 2, attempt: 3, durationMs: 10, error: { errorCode: '1', message: 'No' } });
  assert.equal(outputText(told), '    ✗ Copy [2] attempt 3 Failed in 10 ms: 1: No');
  assert.equal(outputText(run({ status: 'InProgress', output: { runPageUrl: 'https://page' } })), '  ▶ Copy InProgress https://page');
});
