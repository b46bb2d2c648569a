// Packs the extension: with the executable of this platform, and with a server that runs on any with .NET.
import { chmod, copyFile, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { at, run, say } from './run.mjs';
import { unlessUpToDate } from './upToDate.mjs';

/** What a package is made of beside its server. */
const inputs = ['extension', 'samples', 'package-lock.json', 'LICENSE'];

/** Copies an executable over one that may be running at the moment. */
export async function placeExecutable(source, target) {
  await mkdir(path.dirname(target), { recursive: true });
  await rm(target, { force: true });
  await copyFile(source, target);
  await chmod(target, 0o755);
}

/** Bundles the extension into extension/dist/ with the server beside it: that folder is the extension in development and in the VSIX. */
export async function packForPlatform({ platform, serverFile, vsixFile, bundledFile, version }) {
  const server = `extension/dist/server/${path.basename(serverFile)}`;
  const step = {
    name: 'extension',
    inputs: [...inputs, path.join('artifacts', 'bin', path.basename(serverFile))],
    outputs: [
      'extension/dist/extension.js',
      'extension/dist/client.js',
      server,
      `artifacts/${path.basename(bundledFile)}`,
      `artifacts/${path.basename(vsixFile)}`,
    ],
  };
  await unlessUpToDate(step, async () => {
    say(`packing ${path.basename(vsixFile)}`);
    await rm(at('extension', 'dist'), { recursive: true, force: true });
    const packages = await bundle(at('extension', 'dist'));
    await writeFile(bundledFile, `${JSON.stringify(packages, null, 2)}\n`);
    await placeExecutable(serverFile, at(server));
    await pack(at('extension'), vsixFile, await version(), '--target', platform);
  });
}

/** Packs the same extension, put together in a folder of its own, with a server of the folder `server`. */
export async function packUniversal({ server, vsixFile, version }) {
  const step = { name: 'extension-universal', inputs: [...inputs, server], outputs: [`artifacts/${path.basename(vsixFile)}`] };
  await unlessUpToDate(step, async () => {
    say(`packing ${path.basename(vsixFile)}`);
    const folder = at('artifacts', 'publish', 'universal');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const isPacked = (name) => !['build', 'dist', 'node_modules', 'src', 'test', 'webview'].includes(name);
    const others = (await readdir(at('extension'))).filter(isPacked);
    await Promise.all(others.map((name) => cp(at('extension', name), path.join(folder, name), { recursive: true })));
    await bundle(path.join(folder, 'dist'));
    // Symbols and the comments of our own code are of no use to who runs it.
    const isWanted = (file) => !/\.(pdb|xml)$/.test(file);
    await cp(at(server), path.join(folder, 'dist', 'server'), { recursive: true, filter: isWanted });
    await pack(folder, vsixFile, await version());
    await rm(folder, { recursive: true });
  });
}

/** @param version The server's, which is the extension's: package.json keeps one that nobody delivers. */
async function pack(folder, vsixFile, version, ...target) {
  const vsce = at('node_modules', '@vscode', 'vsce', 'vsce');
  await rm(vsixFile, { force: true });
  // The readme's pictures are in the package: there is no page on the web that they could be taken from.
  const options = ['--out', vsixFile, '--no-dependencies', '--skip-license', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await run(process.execPath, [vsce, 'package', version, '--no-update-package-json', '--no-git-tag-version', ...target, ...options], {
    cwd: folder,
    quiet: true,
  });
}

/** The extension, and what it loads once it is active: the client library is larger than all of ours. */
export const hostBundles = {
  entryPoints: ['extension.ts', 'client.ts'].map((script) => at('extension', 'src', script)),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', './client.js'],
  // VS Code gives its API to what is required, not to what is imported.
  supported: { 'dynamic-import': false },
  minify: true,
};

/** Scripts, licences and the sample, in a folder `dist`. Returns the packages of npm that are bundled, by their folders. */
async function bundle(dist) {
  const { build } = await import('esbuild');
  const host = await build({ ...hostBundles, outdir: dist, sourcemap: 'linked', metafile: true, logLevel: 'error' });
  const views = await build({
    entryPoints: ['graph.ts', 'run.ts', 'runForm.ts', 'deploy.ts', 'convert.ts'].map((view) => at('extension', 'webview', view)),
    outdir: path.join(dist, 'webview'),
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
    // Scripts of views say what they are made of: the notices of what is bundled in.
    legalComments: 'linked',
    metafile: true,
    logLevel: 'error',
  });
  await copyFile(at('LICENSE'), path.join(dist, 'LICENSE.txt'));
  await cp(at('samples'), path.join(dist, 'samples'), { recursive: true });
  // The layout library's licence asks that its notice goes where it goes.
  await copyFile(at('node_modules', '@dagrejs', 'dagre', 'LICENSE'), path.join(dist, 'webview', 'dagre.LICENSE.txt'));
  const inputs = [host, views].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = inputs.map((input) => /.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(input)?.[0]).filter(Boolean);
  // Inputs are named from where this runs, which may be anywhere.
  return [...new Set(packages.map((name) => name.slice(name.indexOf('node_modules/'))))].sort();
}
