// Makes what `npm run build` leaves in artifacts/: the two executables, and the extension for this platform and for all others.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { forNativeCompilation, installMissing } from './debian.mjs';
import { ensureNodeModules } from './nodeModules.mjs';
import { packForPlatform, packUniversal, placeExecutable } from './packing.mjs';
import { at, outcome, root, run, say, Stop, which } from './run.mjs';
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

/** The extension for platforms that have no package of their own: its server runs on an installed .NET. */
export const universalVsixFile = at('artifacts', 'pipewright-universal.vsix');

const portableFolder = 'artifacts/publish/portable';

/** What executables are made of. */
const serverInputs = ['server', 'schemas', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig'];

/** The packages of npm that are bundled into the extension, by their folders in node_modules. */
export const bundledFile = at('artifacts', 'bundled-packages.json');

/** The version of the server that was built, as it tells it. */
export async function builtVersion() {
  const { code, output } = await outcome(serverFile, ['version'], { quiet: true });
  if (code !== 0) {
    throw new Stop(`the server does not tell its version: ${output}`);
  }
  return output.trim();
}

/**
 * Builds all that is missing or out of date. A commit alone makes nothing out of date, though it changes the version: compiling takes minutes.
 * Who delivers passes the `version` that must come of it. Returns whether the executables are native.
 */
export async function buildArtifacts({ version = '' } = {}) {
  if (!which('dotnet')) {
    throw new Stop('the .NET SDK 10 is needed (`dotnet` is not on PATH): please install it first');
  }
  await ensureNodeModules();
  const native = await buildServer({ version });
  await publish('Emulator', emulatorFile, native, version);
  await packForPlatform({ platform, serverFile, vsixFile, bundledFile, version: builtVersion });
  await publishPortable(version);
  await packUniversal({ server: portableFolder, vsixFile: universalVsixFile, version: builtVersion });
  return native;
}

/** Builds the language server only, if it is missing or out of date. Returns whether it is native. */
export async function buildServer({ version = '' } = {}) {
  const native = await canCompileNatively();
  await publish('LanguageServer', serverFile, native, version);
  return native;
}

/** Builds the language server of other sources, as they were at another commit, into a file. Their folder needs no Git. */
export async function buildServerOf(sources, target) {
  const folder = path.join(sources, 'published');
  await compile('LanguageServer', folder, await canCompileNatively(), { cwd: sources, more: ['-p:MinVerSkip=true'] });
  await placeExecutable(path.join(folder, path.basename(serverFile)), target);
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

/** Analysers take most of the time, and have their say when the solution is built for its tests. */
const unanalysed = '-p:RunAnalyzers=false';

/** One executable file of a server project: native, or one that runs on an installed .NET where there is no native compiler. */
async function publish(project, target, native, version) {
  const name = path.basename(target);
  const options = `native=${native}${version && ` version=${version}`}`;
  const step = { name: `publish-${project}`, inputs: serverInputs, outputs: [`artifacts/bin/${name}`], options };
  await unlessUpToDate(step, async () => {
    say(`building ${name}`);
    const folder = at('artifacts', 'publish', project);
    await compile(project, folder, native);
    await placeExecutable(path.join(folder, name), target);
  });
}

async function compile(project, folder, native, { cwd = root, more = [] } = {}) {
  const form = native ? [] : ['--self-contained', 'false', '-p:PublishAot=false', '-p:PublishSingleFile=true'];
  await rm(folder, { recursive: true, force: true });
  const what = [`server/${project}`, '-c', 'Release', '-r', runtimeIdentifier(), '-o', folder];
  await run('dotnet', ['publish', ...what, '-v', 'quiet', '-nologo', unanalysed, ...form, ...more], { cwd, quiet: true });
}

/** The server for any platform with .NET. The analyzers have seen the same code when it was built for this one. */
async function publishPortable(version) {
  const step = { name: 'publish-portable', inputs: serverInputs, outputs: [`${portableFolder}/pipewright.dll`], options: version };
  await unlessUpToDate(step, async () => {
    say('building pipewright.dll, which runs on an installed .NET');
    await rm(at(portableFolder), { recursive: true, force: true });
    const form = ['PublishAot=false', 'UseAppHost=false', 'DebugType=none', 'RunAnalyzers=false', 'GenerateDocumentationFile=false'];
    const options = ['-c', 'Release', '--self-contained', 'false', '-v', 'quiet', '-nologo', ...form.map((property) => `-p:${property}`)];
    await run('dotnet', ['publish', 'server/LanguageServer', '-o', portableFolder, ...options], { quiet: true });
  });
}
