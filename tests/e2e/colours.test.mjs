// Expressions are coloured in a real VS Code, in both forms, and other people's JSON stays as it is.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeFactory, openWorkbench } from './workbench.mjs';

const files = {
  'orders.pipeline.yaml': `description: Orders
parameters: { wait: int }
activities:
  - name: Wait
    type: Wait
    waitTimeInSeconds: "@add(1, pipeline().parameters.wait)"
`,
  'pipeline/customers.json': `{
  "name": "customers",
  "properties": {
    "description": "Customers of @{pipeline().RunId}",
    "activities": []
  }
}
`,
  'package.json': `{ "extends": "@scope/package", "name": "other" }\n`,
};

let scratch;
let workbench;

before(async () => {
  const made = await makeFactory(files);
  scratch = made.scratch;
  workbench = await openWorkbench(made);
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

test('an expression in a spec', async () => {
  await workbench.openFile('orders.pipeline.yaml');
  const [call, description] = await workbench.coloursOf('add', 'Orders');
  assert.notEqual(call, description);
  await workbench.screenshot('colours-spec');
});

test("an expression in ADF Studio's JSON", async () => {
  await workbench.openFile('customers.json');
  const [call, text] = await workbench.coloursOf('pipeline', 'Customers of ');
  assert.notEqual(call, text);
  await workbench.screenshot('colours-git');
});

test("somebody else's JSON", async () => {
  await workbench.openFile('package.json');
  const [, other, scoped] = await workbench.coloursOf('"extends"', '"other"', '"@scope/package"');
  assert.equal(scoped, other);
});

test('every command is in the palette', async () => {
  const commands = await workbench.commandsFor('Pipewright: ');
  const titles = [
    'Bring Into Repository',
    'Cancel Run',
    'Choose Target',
    'Convert to Other Form...',
    'Deploy',
    'Dry Run',
    'Evaluate Expression',
    // Of VS Code, for the view.
    'Export ARM Template or Bicep',
    'Focus on Factory View',
    'Import a Factory From Azure...',
    'Make Test of Run',
    'New Pipeline...',
    'New Test',
    'Open Sample...',
    'Open in Azure Portal',
    'Pull',
    'Read the Factory',
    'Restart Server',
    'Roll Back',
    'Run',
    'Run Tests of File',
    'Show Changes',
    'Show Changes of the Factory',
    'Show Graph',
    'Show Graph of the Factory',
    'Show Output',
    'Show Plan',
    'Show Run',
    'Show Status',
    'Sign In',
    'Validate Factory',
    'Watch Last Run',
  ];
  assert.deepEqual(
    commands.toSorted(),
    titles.map((title) => `Pipewright: ${title}`),
  );
});
