// Packs extensions that stand in for others beside ours: what is tried is what a person gets who has both.
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { at, run } from '../../extension/build/run.mjs';

/** Packs a stand-in of the folder `stand-ins` into `scratch`, and gives the VSIX. */
export async function packStandIn(name, scratch) {
  const folder = path.join(scratch, `stand-in-${name}`);
  const file = path.join(scratch, `stand-in-${name}.vsix`);
  await mkdir(folder, { recursive: true });
  await cp(at('tests', 'e2e', 'stand-ins', name, 'package.json'), path.join(folder, 'package.json'));
  const common = { bundle: true, platform: 'node', format: 'cjs', minify: true, logLevel: 'error' };
  await build({
    ...common,
    entryPoints: [at('tests', 'e2e', 'stand-ins', name, 'extension.ts')],
    outfile: path.join(folder, 'extension.js'),
    external: ['vscode'],
  });
  if (name === 'yaml') {
    const server = (...parts) => at('node_modules', 'yaml-language-server', ...parts);
    // At the depth at which it looks for its texts. Of its modules the kind whose imports can be followed.
    const place = {
      entryPoints: [server('out', 'server', 'src', 'server.js')],
      outfile: path.join(folder, 'out', 'server', 'src', 'server.js'),
    };
    await build({ ...common, ...place, mainFields: ['module', 'main'] });
    await cp(server('l10n'), path.join(folder, 'l10n'), { recursive: true });
  }
  const vsce = at('node_modules', '@vscode', 'vsce', 'vsce');
  const options = ['--out', file, '--no-dependencies', '--skip-license', '--allow-missing-repository'];
  await run(process.execPath, [vsce, 'package', ...options], { cwd: folder, quiet: true });
  await rm(folder, { recursive: true });
  return file;
}
