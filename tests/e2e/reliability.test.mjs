// The server is killed under someone's hands, in a real VS Code: it is started again, and knows the documents as they are now.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeFactory, openWorkbench } from './workbench.mjs';

let scratch;
let workbench;

before(async () => {
  const made = await makeFactory({
    'child.pipeline.yaml': 'activities:\n  - { name: Settle, type: Wait, waitTimeInSeconds: 1 }\n',
    'nightly.pipeline.yaml': 'activities:\n  - { name: RunChild, type: ExecutePipeline, pipeline: child }\n',
  });
  scratch = made.scratch;
  workbench = await openWorkbench(made);
  await workbench.openFile('nightly.pipeline.yaml');
});

after(async () => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** The servers that run for this window: those whose parents lead to its profile. */
function servers() {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const all = new Map(rows.map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)).map(([, pid, parent, line]) => [pid, { parent, line }]));
  const isOurs = (pid) => all.has(pid) && (all.get(pid).line.includes(scratch) || isOurs(all.get(pid).parent));
  return [...all].filter(([pid, { line }]) => / lsp$/.test(line) && isOurs(pid)).map(([pid]) => Number(pid));
}

test('a server that is killed comes back, and knows what is not saved', async () => {
  await workbench.goTo(2, 1);
  await workbench.type('  # Not saved\n');
  const before = servers();
  assert.ok(before.length > 0, 'no server of this window was found');
  before.forEach((pid) => process.kill(pid, 'SIGKILL'));
  for (const end = Date.now() + 60_000; servers().every((pid) => before.includes(pid));) {
    assert.ok(Date.now() < end, 'no server was started again');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await workbench.goTo(4, 1);
  await workbench.type('  - { name: Late, type: Wiat }\n');
  await workbench.squiggle('error');
  const lines = await workbench.lines();
  assert.ok(lines.includes('  # Not saved'), lines.join('\n'));
});
