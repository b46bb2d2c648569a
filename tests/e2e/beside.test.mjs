// Beside the usual YAML extension and VS Code's own JSON: on files of ours each completion and each finding is there once, and other files are theirs.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { vsixFile } from '../../extension/build/artifacts.mjs';
import { packStandIn } from './standIns.mjs';
import { makeFactory, openWorkbench } from './workbench.mjs';

const spec = `activities:
  - name: Pause
    type: Wait
    waitTimeInSeconds: 1
  - name: Again
    type: Wait
    
`;
const git = `{
  "name": "load",
  "properties": {
    "description": "a",
    "activities": [
      { "name": "Pause", "type": "Wait", "description": "b", "typeProperties": { "waitTimeInSeconds": 1 } },
      { "name": "Again", "type": "Wait",  }
    ]
  }
}
`;
const brokenGit = '{\n  "name": "bad",\n  "properties": { "activities": [] "description": "a" }\n}\n';
const files = {
  'pipewright.yaml': 'targets: [1, 2\n',
  'orders.pipeline.yaml': spec,
  'broken.pipeline.yaml': 'activities: [\n',
  'etl/mine.yaml': spec,
  'other.yaml': 'a: [1, 2\n',
  'pipeline/load.json': git,
  'pipeline/bad.json': brokenGit,
  'dataset/images.json': '[1 2]\n',
};
let scratch;
let workbench;

before(async () => {
  const made = await makeFactory(files);
  scratch = made.scratch;
  const settings = { 'pipewright.files': { 'etl/*.yaml': 'pipeline' }, 'editor.wordBasedSuggestions': 'off', 'editor.codeLens': false };
  workbench = await openWorkbench({ ...made, settings, vsix: [vsixFile, await packStandIn('yaml', scratch)] });
  // Both are there and have had their say about a file of theirs, so that neither is only late.
  await workbench.openFile('other.yaml');
  await workbench.squiggle('error');
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

const language = () => workbench.page.locator('.statusbar-item[id*="status.editor.mode"]').innerText();
const labels = () =>
  workbench.page.locator('.suggest-widget.visible .monaco-list-row .label-name').evaluateAll((rows) => rows.map((row) => row.textContent));

/** The labels of all suggestions at a place, once both servers have answered. */
async function suggestions(file, line, column, label) {
  await workbench.openFile(file);
  await workbench.page.locator('.statusbar-item', { hasText: 'Pipewright' }).first().waitFor();
  await workbench.squiggle('error');
  await workbench.goTo(line, column);
  await workbench.openSuggestions();
  await workbench.page.locator('.suggest-widget.visible .label-name').getByText(label, { exact: true }).first().waitFor();
  const seen = [];
  for (let step = 0; step < 4; step++) {
    seen.push(await labels());
    await workbench.page.keyboard.press('PageDown');
    await workbench.page.waitForTimeout(150);
  }
  await workbench.page.keyboard.press('Escape');
  return seen;
}

for (const [file, line, column, label] of [
  ['orders.pipeline.yaml', 7, 5, 'waitTimeInSeconds'],
  ['mine.yaml', 7, 5, 'waitTimeInSeconds'],
  ['load.json', 7, 41, 'typeProperties'],
]) {
  test(`${file} has each suggestion once`, async () => {
    const seen = await suggestions(file, line, column, label);
    seen.forEach((page) => assert.equal(new Set(page).size, page.length, page.join(', ')));
    assert.match(await language(), /^Pipewright/);
  });
}

for (const [file, sources] of [
  ['broken.pipeline.yaml', ['pipewright']],
  ['pipewright.yaml', ['pipewright']],
  ['bad.json', ['pipewright']],
  // Nobody's resource, although the folder has the name of a kind.
  ['images.json', ['json']],
  ['other.yaml', ['YAML']],
]) {
  test(`what is wrong with ${file} is told by ${sources}`, async () => {
    await workbench.openFile(file);
    await workbench.squiggle('error');
    await workbench.problemWith('Ln ');
    const rows = workbench.page.locator('.markers-panel .monaco-list-row');
    await workbench.page.locator('.markers-panel-action-filter input, .panel .monaco-inputbox input').first().fill(file);
    await rows.filter({ hasText: 'Ln ' }).first().waitFor();
    // The filter takes a moment.
    await workbench.page.waitForTimeout(1000);
    // A row is a message with who tells it and where; what belongs to one stands below it without a source.
    const found = (await rows.allInnerTexts())
      .map((row) => row.split('\n'))
      .filter((row) => row.length > 2 && row.at(-1).startsWith('[Ln'));
    const told = new Set(found.map(([, source]) => source));
    assert.deepEqual([...told], sources, found.join('\n'));
    await workbench.screenshot(`beside-${file}`);
  });
}

test('a language that the user chooses stays', async () => {
  await workbench.openFile('load.json');
  await workbench.runCommand('Change Language Mode');
  await workbench.page.locator('.quick-input-widget input').first().fill('JSON');
  await workbench.pick('JSON');
  await workbench.page.waitForTimeout(1500);
  assert.equal(await language(), 'JSON');
});
