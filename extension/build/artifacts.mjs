// Makes what `npm run build` leaves in artifacts/: the two executables and the VSIX.
import { chmod, copyFile, cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { forNativeCompilation, installMissing } from './debian.mjs';
import { ensureNodeModules } from './nodeModules.mjs';
import { at, run, say, Stop, which } from './run.mjs';
import { unlessUpToDate } from './upToDate.mjs';

const suffix = process.platform === 'win32' ? '.exe' : '';

/** The platform as VS Code names it, for example `linux-x64`. */
export const platform = `${process.platform}-${process.arch}`;

/** The language server's and command line's executable. */
export const serverFile = at('artifacts', 'bin', `pipewright${suffix}`);

/** The emulator's executable. */
export const emulatorFile = at('artifacts', 'bin', `pipewright-emulator${suffix}`);

/** The extension, packed with the server inside. */
export const vsixFile = at('artifacts', `pipewright-${platform}.vsix`);

/** Builds all that is missing or out of date. */
export async function buildArtifacts() {
  if (!which('dotnet')) {
    throw new Stop('the .NET SDK 10 is needed (`dotnet` is not on PATH): please install it first');
  }
  await ensureNodeModules();
  const native = await canCompileNatively();
  await publish('LanguageServer', serverFile, native);
  await publish('Emulator', emulatorFile, native);
  await packExtension();
}

async function canCompileNatively() {
  const missing = await installMissing(process.platform === 'linux' ? forNativeCompilation : []);
  if (missing.length > 0) {
    say(`without ${missing.join(' and ')} nothing compiles to native code: building executables that need the .NET 10 runtime instead`);
  }
  return missing.length === 0;
}

/** .NET's own name of the platform, for example `linux-x64`. */
function runtimeIdentifier() {
  const systems = { linux: 'linux', darwin: 'osx', win32: 'win' };
  return `${systems[process.platform]}-${process.arch}`;
}

/** One executable file of a server project: native, or one that runs on an installed .NET where there is no native compiler. */
async function publish(project, target, native) {
  const name = path.basename(target);
  const inputs = ['server', 'schemas', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig'];
  const step = { name: `publish-${project}`, inputs, outputs: [`artifacts/bin/${name}`], options: `native=${native}` };
  await unlessUpToDate(step, async () => {
    say(`building ${name}`);
    const folder = at('artifacts', 'publish', project);
    const form = native ? [] : ['--self-contained', 'false', '-p:PublishAot=false', '-p:PublishSingleFile=true'];
    await rm(folder, { recursive: true, force: true });
    await run(
      'dotnet',
      ['publish', `server/${project}`, '-c', 'Release', '-r', runtimeIdentifier(), '-o', folder, '-v', 'quiet', '-nologo', ...form],
      {
        quiet: true,
      },
    );
    await placeExecutable(path.join(folder, name), target);
  });
}

/** Copies an executable over one that may be running at the moment. */
async function placeExecutable(source, target) {
  await mkdir(path.dirname(target), { recursive: true });
  await rm(target, { force: true });
  await copyFile(source, target);
  await chmod(target, 0o755);
}

/** Bundles the extension into extension/dist/ with the server beside it: that folder is the extension in development and in the VSIX. */
async function packExtension() {
  const server = `extension/dist/server/${path.basename(serverFile)}`;
  const inputs = ['extension', 'samples', 'package-lock.json', 'LICENSE', path.join('artifacts', 'bin', path.basename(serverFile))];
  const step = { name: 'extension', inputs, outputs: ['extension/dist/extension.js', server, `artifacts/${path.basename(vsixFile)}`] };
  await unlessUpToDate(step, async () => {
    say(`packing ${path.basename(vsixFile)}`);
    await rm(at('extension', 'dist'), { recursive: true, force: true });
    await bundle();
    await placeExecutable(serverFile, at(server));
    await copyFile(at('LICENSE'), at('extension', 'dist', 'LICENSE.txt'));
    await cp(at('samples'), at('extension', 'dist', 'samples'), { recursive: true });
    // The layout library's licence asks that its notice goes where it goes.
    await copyFile(at('node_modules', '@dagrejs', 'dagre', 'LICENSE'), at('extension', 'dist', 'webview', 'dagre.LICENSE.txt'));
    const vsce = at('node_modules', '@vscode', 'vsce', 'vsce');
    await rm(vsixFile, { force: true });
    const where = ['--target', platform, '--out', vsixFile, '--no-dependencies', '--skip-license', '--allow-missing-repository'];
    await run(process.execPath, [vsce, 'package', ...where], { cwd: at('extension'), quiet: true });
  });
}

async function bundle() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [at('extension', 'src', 'extension.ts')],
    outfile: at('extension', 'dist', 'extension.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    minify: true,
    sourcemap: 'linked',
    logLevel: 'error',
  });
  await build({
    entryPoints: ['graph.ts', 'run.ts', 'runForm.ts', 'deploy.ts', 'convert.ts'].map((view) => at('extension', 'webview', view)),
    outdir: at('extension', 'dist', 'webview'),
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
    // Scripts of views say what they are made of: the notices of what is bundled in.
    legalComments: 'linked',
    logLevel: 'error',
  });
}
