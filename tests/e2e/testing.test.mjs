// Tests of pipelines as a person sees them: Test Explorer, coverage in the pipeline's file, and the values of a dry run beside the expressions.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkbench } from './workbench.mjs';

const pipeline = `parameters:
  day: string
activities:
  - name: Get
    type: WebActivity
    method: GET
    url: "https://harbour.example/@{pipeline().parameters.day}"
  - name: Mend
    type: WebActivity
    dependsOn: { Get: [Failed] }
    method: GET
    url: https://mend.example
`;
const tests = `pipeline: fetch
parameters: { day: monday }
cases:
  the day is in the address:
    expect: { activities: { Get: { input: { url: https://harbour.example/monday } } } }
  it is sunday:
    expect: { activities: { Get: { input: { url: https://harbour.example/sunday } } } }
`;
let scratch;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(scratch, 'harbour');
  await mkdir(folder);
  const files = { 'pipewright.yaml': '', 'fetch.pipeline.yaml': pipeline, 'fetch.pipeline-test.yaml': tests };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  workbench = await openWorkbench({ folder, scratch });
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

const item = (text) => workbench.page.locator('.test-explorer .monaco-list-row', { hasText: text });

test('Test Explorer has the cases, and tells which failed and why', async () => {
  await workbench.openFile('fetch.pipeline-test.yaml');
  await workbench.page.locator('.codelens-decoration', { hasText: 'Run test' }).first().waitFor();
  await workbench.runCommand('Testing: Focus on Test Explorer View');
  await item('fetch.pipeline-test.yaml').first().waitFor();
  await workbench.runCommand('Test: Run All Tests');
  await item('fetch.pipeline-test.yaml').locator('.codicon-testing-failed-icon, .codicon-testing-error-icon').first().waitFor();
  await workbench.screenshot('test-explorer');
});

test('coverage marks what no case has shown', async () => {
  await workbench.openFile('fetch.pipeline.yaml');
  await workbench.runCommand('Test: Run All Tests with Coverage');
  await workbench.page
    .getByText(/^33(\.33)?%$/)
    .first()
    .waitFor();
  // Beside its line: an activity that ran, one that did not, and an end of one that no case has come to.
  const decorated = (name) => workbench.page.locator(`.editor-instance .${name}`).first();
  await decorated('coverage-deco-gutter.coverage-deco-hit').waitFor();
  await decorated('coverage-deco-gutter.coverage-deco-miss').waitFor();
  await workbench.screenshot('test-coverage');
});

test('a dry run shows values beside the expressions', async () => {
  await workbench.openFile('fetch.pipeline.yaml');
  await workbench.runCommand('Pipewright: Dry Run');
  await workbench.pick('the day is in the address');
  const told = await workbench.notification('Dry run of fetch');
  assert.match(told, /Succeeded/);
  await workbench.shows('= "https://harbour.example/monday"');
  await workbench.screenshot('dry-run');
  await workbench.clearNotifications();
});
