// Someone goes from a notebook to the pipelines that call it, in a real VS Code, and gives a widget another name from either side.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeFactory, openWorkbench } from './workbench.mjs';

const files = {
  'pipewright.yaml': 'notebooks: [{ folder: notebooks, workspacePath: /Shared }]\n',
  'nightly.pipeline.yaml': `activities:
  - name: Load
    type: DatabricksNotebook
    linkedServiceName: Workspace
    notebookPath: /Shared/load
    baseParameters:
      day: "2026-01-01"
`,
  'notebooks/load.py': `# Databricks notebook source
# MAGIC %run ./setup
# COMMAND ----------
day = dbutils.widgets.get("day")
`,
  'notebooks/setup.py': `# Databricks notebook source
dbutils.widgets.text("day", "")
`,
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

test('a notebook tells which activities call it', async () => {
  await workbench.openFile('load.py');
  await workbench.page.locator('.codelens-decoration', { hasText: '1 activity calls this' }).waitFor();
  await workbench.screenshot('notebook-callers');
});

test('a widget is renamed in the notebooks that share it and in the pipeline', async () => {
  await workbench.goTo(4, 28);
  await workbench.rename('run_date');
  await workbench.lineWith('get("run_date")');
  await workbench.openFile('setup.py');
  await workbench.lineWith('text("run_date"');
  await workbench.openFile('nightly.pipeline.yaml');
  await workbench.lineWith('run_date: "2026-01-01"');
});

test('a parameter is renamed from the pipeline, and the notebooks follow', async () => {
  await workbench.goTo(7, 9);
  await workbench.rename('for_day');
  await workbench.lineWith('for_day: "2026-01-01"');
  await workbench.openFile('load.py');
  await workbench.lineWith('get("for_day")');
  assert.equal(await workbench.page.locator('.squiggly-error, .squiggly-warning').count(), 0);
});
