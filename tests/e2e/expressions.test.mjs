// Someone writes an expression in a real VS Code: suggestions, the signature, a mistake and its fix.
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkbench } from './workbench.mjs';

const pipeline = `parameters: { day: string }
variables: { State: String }
activities:
  - { name: Look up, type: Lookup, dataset: Orders, source: { type: AzureSqlSource } }
  - name: Report
    type: SetVariable
    dependsOn: [Look up]
    variableName: State
    value: ""
  - name: Wrong
    type: SetVariable
    variableName: State
    value: "@concta(pipeline().parameters.day, 'x')"
  - name: Typed
    type: SetVariable
    variableName: State
    value: 
`;

let scratch;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(scratch, 'factory');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'orders.pipeline.yaml'), pipeline);
  workbench = await openWorkbench({ folder, scratch });
  await workbench.openFile('orders.pipeline.yaml');
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

test('an expression is written from suggestions', async () => {
  await workbench.goTo(9, 13);
  await workbench.type('@');
  await workbench.openSuggestions();
  await workbench.type('conc');
  await workbench.acceptSuggestion('concat');
  await workbench.signature('concat(');
  await workbench.screenshot('expression-signature');
  await workbench.type('act');
  await workbench.openSuggestions();
  await workbench.acceptSuggestion("activity('Look up').output");
  await workbench.type('.fi');
  await workbench.openSuggestions();
  await workbench.screenshot('expression-members');
  await workbench.acceptSuggestion('firstRow');
  const lines = await workbench.lines();
  assert.equal(lines[8], `    value: "@concat(activity('Look up').output?.firstRow)"`);
});

test('a hover tells what a function does', async () => {
  assert.match(await workbench.hover('concat'), /concat\(text: any/);
  await workbench.screenshot('expression-hover');
});

test('a misspelt function is mended by its fix', async () => {
  await workbench.squiggle('error');
  await workbench.goTo(13, 15);
  await workbench.applyFix("Change to 'concat'");
  const lines = await workbench.lines();
  assert.equal(lines[12], `    value: "@concat(pipeline().parameters.day, 'x')"`);
  await workbench.screenshot('expression-fixed');
});

test('lists come as one types, and the quotes with what is taken', async () => {
  await workbench.goTo(17, 12);
  await workbench.type('@pipe');
  await workbench.screenshot('expression-plain');
  await workbench.acceptSuggestion('pipeline');
  await workbench.type('.');
  await workbench.acceptSuggestion('parameters');
  await workbench.type('.');
  await workbench.screenshot('expression-typed');
  await workbench.acceptSuggestion('day');
  const lines = await workbench.lines();
  assert.equal(lines[16], '    value: "@pipeline().parameters.day"');
});
