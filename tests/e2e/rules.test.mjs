// Someone mends what the rules find, in a real VS Code: in place, in another file, all at once, or not at all; and gives things other names.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkbench } from './workbench.mjs';

const files = {
  'pipewright.yaml': `rules:
  PW5303: information
`,
  'child.pipeline.yaml': `parameters:
  day: string
activities:
  - { name: Settle, type: Wait, waitTimeInSeconds: "@int(pipeline().parameters.day)" }
`,
  'nightly.pipeline.yaml': `# the nightly load
activities:
  - name: RunChild
    description: Runs the child
    type: ExecutePipeline
    pipeline: child
    waitOnCompletion: true
  - name: Loop
    description: For each
    type: ForEach
    dependsOn: [RunChild]
    items: "@createArray(1, 2)"
    isSequential: false
    activities:
      - name: Inner
        description: For each of these
        type: ForEach
        items: "@createArray(3)"
        activities:
          - { name: Pause, description: Rests, type: Wiat, waitTimeInSeconds: 1 }
`,
};

let scratch;
let folder;
let workbench;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  folder = path.join(scratch, 'factory');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text);
  }
  workbench = await openWorkbench({ folder, scratch });
  await workbench.openFile('nightly.pipeline.yaml');
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

test('what a pipeline needs is added where it is called', async () => {
  await workbench.squiggle('warning');
  await workbench.goTo(6, 16);
  await workbench.screenshot('rules-findings');
  await workbench.applyFix("Pass 'day'");
  await workbench.lineWith('day: ""');
});

test('an activity is renamed with all that waits for it', async () => {
  await workbench.goTo(3, 14);
  await workbench.rename('CallChild');
  const lines = await workbench.lines();
  assert.equal(lines[2], '  - name: CallChild');
  assert.ok(lines.includes('    dependsOn: [CallChild]'), lines.join('\n'));
});

test('all that has one answer is mended at once', async () => {
  await workbench.fixAll('name: Pause, description: Rests, type: Wait,');
});

test('a loop inside of a loop moves to a pipeline of its own', async () => {
  const line = (await workbench.lines()).findLastIndex((text) => text.includes('type: ForEach')) + 1;
  await workbench.goTo(line, 18);
  await workbench.applyFix('to the new pipeline');
  await workbench.lineWith('pipeline: nightly_Inner');
  await workbench.screenshot('rules-child');
});

test('a finding is switched off for its line', async () => {
  await workbench.openFile('child.pipeline.yaml');
  await workbench.squiggle('info');
  await workbench.goTo(4, 15);
  await workbench.applyFix('Ignore PW5303 on this line');
  await workbench.lineWith('# pipewright:disable-next-line PW5303');
  await workbench.screenshot('rules-ignored');
});

test('comments are where they were', async () => {
  await workbench.runCommand('File: Save All');
  await workbench.openFile('nightly.pipeline.yaml');
  const text = await readFile(path.join(folder, 'nightly.pipeline.yaml'), 'utf8');
  assert.ok(text.startsWith('# the nightly load\n'), text);
  assert.ok(!text.includes('Pause'), text);
});
