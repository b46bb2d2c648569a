// `npm test`: runs every suite, or with words after `--` only those whose names hold one of them; the last line sums the counts up.
import { buildArtifacts } from './artifacts.mjs';
import { forEditorTests, forEmacsTests, forTerminalTests, installMissing } from './debian.mjs';
import { main } from './main.mjs';
import { ensureNodeModules } from './nodeModules.mjs';
import { outcome, say } from './run.mjs';
import { allSuites } from './suites.mjs';

await main(async () => {
  const words = process.argv.slice(2);
  await installMissing([...forEditorTests, ...forTerminalTests]);
  await installMissing(forEmacsTests);
  await ensureNodeModules();
  await outcome('dotnet', ['restore', 'LanguageServer.sln', '-v', 'quiet']);
  const total = await buildIsSound();
  for (const { name, run } of allSuites()) {
    if (words.length === 0 || words.some((word) => name.includes(word))) {
      say(`suite ${name}`);
      const counts = await run();
      say(`suite ${name}: ${line(counts)}`);
      Object.keys(total).forEach((key) => (total[key] += counts[key]));
    }
  }
  console.log(line(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
});

/** The build of what is delivered counts as a test; what can be tested without it still is when it fails. */
async function buildIsSound() {
  try {
    await buildArtifacts();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    say(`the build failed: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
