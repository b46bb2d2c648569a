import { makeFactory, openWorkbench } from './workbench.mjs';
import { packStandIn } from './standIns.mjs';
import { vsixFile } from '../../extension/build/artifacts.mjs';
const files = {
  'orders.pipeline.yaml': `activities:
  - name: Wait
    type: Wait
    waitTimeInSeconds: 1
  - name: Other
    ty
`,
  'pipewright.yaml':
    'targets:\n  dev: { factory: x, subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: r }\nbroken: [1, 2\n',
  'other.yaml': 'a: [1, 2\n',
  'pipeline/customers.json': `{
  "name": "customers",
  "properties": {
    "activities": [
      { "name": "A", "type": "Wait", "typeProperties": { "waitTimeInSeconds": 1 } },
      {  }
    ]
  }
}
`,
  'pipeline/broken.json': `{
  "name": "broken",
  "properties": { "activities": [ 1 2 ] }
}
`,
};
const made = await makeFactory(files);
console.log(made.scratch);
const yaml = await packStandIn('yaml', made.scratch);
const w = await openWorkbench({ ...made, vsix: [vsixFile, yaml] });
const rows = () =>
  w.page.locator('.suggest-widget.visible .monaco-list-row').evaluateAll((r) => r.map((x) => x.getAttribute('aria-label')));
try {
  for (const [f, l, c] of [
    ['orders.pipeline.yaml', 6, 7],
    ['customers.json', 6, 9],
  ]) {
    await w.openFile(f);
    await w.targetWhenShown('');
    await w.page.waitForTimeout(4000);
    await w.goTo(l, c);
    await w.openSuggestions();
    await w.page.waitForTimeout(2000);
    console.log(f, await rows(), await w.page.locator('.statusbar-item[id*="status.editor.mode"]').innerText());
    await w.screenshot('x-' + f);
    await w.page.keyboard.press('Escape');
  }
  for (const f of ['pipewright.yaml', 'other.yaml', 'broken.json']) {
    await w.openFile(f);
    await w.page.waitForTimeout(3000);
  }
  console.log(await w.problemWith(''));
  await w.runCommand('Developer: Show Running Extensions');
  await w.page.waitForTimeout(3000);
  console.log(await w.page.locator('.runtime-extensions-editor .monaco-list-row').allInnerTexts());
  await w.screenshot('x-running');
} finally {
  await w.close();
}
process.exit(0);
