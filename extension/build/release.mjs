// `npm run release`: what people download of this platform, in artifacts/release/ (docs/releasing.md).
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildArtifacts, builtVersion, bundledFile, emulatorFile, platform, serverFile, vsixFile } from './artifacts.mjs';
import { main } from './main.mjs';
import { at, npm, outcome, run, say, Stop } from './run.mjs';
import { ensureCycloneDx } from './testTools.mjs';

const untagged = process.argv.includes('--untagged');
const out = path.resolve(
  process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ?? at('artifacts', 'release'),
);

await main(async () => {
  const tagged = untagged ? '' : await taggedVersion();
  const native = await buildArtifacts({ version: tagged });
  const version = await builtVersion();
  if (!untagged && (!native || version !== tagged)) {
    throw new Stop(native ? `the server says that it is ${version}, not ${tagged}` : 'a release is of native executables only');
  }
  await mkdir(out, { recursive: true });
  await packArchive(version);
  await copyFile(vsixFile, path.join(out, `pipewright-${version}-${platform}.vsix`));
  await packTool(version);
  await listServerParts(version);
  await listExtensionParts(version);
  await writeSums();
  console.log(
    (await readdir(out))
      .sort()
      .map((name) => path.join(out, name))
      .join('\n'),
  );
});

/** The version that Git's tag at the current commit says; a tree that differs from the commit is no release. */
async function taggedVersion() {
  const tag = await outcome('git', ['describe', '--tags', '--exact-match', '--match', 'v*'], { quiet: true });
  const changes = await outcome('git', ['status', '--porcelain'], { quiet: true });
  if (tag.code !== 0 || changes.code !== 0 || changes.output.trim() !== '') {
    throw new Stop('a release is of a commit with a tag such as v1.2.3, and nothing changed since; --untagged makes one to try');
  }
  return tag.output.trim().slice(1);
}

/** The two executables, packed as the platform's people expect it. bsdtar, which Windows has, makes ZIP files too. */
async function packArchive(version) {
  const folder = path.join(out, `pipewright-${version}-${platform}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const file of [serverFile, emulatorFile, at('LICENSE'), at('README.md')]) {
    await copyFile(file, path.join(folder, path.basename(file)));
  }
  const how = process.platform === 'win32' ? ['-a', '-cf', `${folder}.zip`] : ['-czf', `${folder}.tar.gz`];
  await run('tar', [...how, '-C', out, path.basename(folder)], { quiet: true });
  await rm(folder, { recursive: true });
}

/** The command line as a tool for `dotnet tool install`, which runs wherever .NET 10 does. */
async function packTool(version) {
  say('packing the .NET tool');
  const form = ['-p:PackAsTool=true', '-p:PublishAot=false', `-p:MinVerVersionOverride=${version}`, '-p:RunAnalyzers=false'];
  await run('dotnet', ['pack', 'server/LanguageServer', '-c', 'Release', '-o', out, '-v', 'quiet', '-nologo', ...form], { quiet: true });
}

/** What the server is made of, in CycloneDX's form. */
async function listServerParts(version) {
  const tool = await ensureCycloneDx();
  if (!tool) {
    throw new Stop('the list of parts needs the .NET tool CycloneDX');
  }
  const what = ['-sn', 'pipewright', '-sv', version, '-st', 'Application', '--exclude-dev', '--disable-package-restore'];
  const where = ['-o', out, '-fn', `pipewright-${version}.cdx.json`, '-F', 'Json'];
  await run(tool, [at('server', 'LanguageServer', 'LanguageServer.csproj'), ...what, ...where], {
    quiet: true,
    env: { DOTNET_ROLL_FORWARD: 'Major' },
  });
}

/** What is bundled into the extension beside the server; npm knows all that is installed, most of which only builds and tests. */
async function listExtensionParts(version) {
  const [command, ...first] = npm;
  const file = `pipewright-vscode-${version}.cdx.json`;
  const { code, output } = await outcome(command, [...first, 'sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { quiet: true });
  if (code !== 0) {
    throw new Stop(`npm does not tell what is installed: ${output}`);
  }
  const all = JSON.parse(output.slice(output.indexOf('{')));
  const folders = JSON.parse(await readFile(bundledFile, 'utf8'));
  const manifests = await Promise.all(folders.map(async (folder) => JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'))));
  const bundled = new Set(manifests.map((manifest) => `${manifest.name}@${manifest.version}`));
  const components = all.components
    .filter((component) => bundled.has(component['bom-ref']))
    .map((component) => ({ ...component, scope: 'required' }));
  if (components.length !== bundled.size) {
    throw new Stop(`npm tells of ${components.length} of the ${bundled.size} packages that are bundled`);
  }
  const reference = `pipewright-vscode@${version}`;
  const known = new Set(components.map((component) => component['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => known.has(other)) }));
  const component = { 'bom-ref': reference, type: 'application', name: 'pipewright-vscode', version };
  const list = {
    ...all,
    metadata: { ...all.metadata, component },
    components,
    dependencies: [{ ref: reference, dependsOn: [...known] }, ...dependencies],
  };
  await writeFile(path.join(out, file), `${JSON.stringify(list, null, 2)}\n`);
}

/** Sums of all that is there, of other platforms too, for `sha256sum --check`. */
async function writeSums() {
  const names = (await readdir(out)).filter((name) => name !== 'SHA256SUMS').sort();
  const sums = await Promise.all(
    names.map(
      async (name) =>
        `${createHash('sha256')
          .update(await readFile(path.join(out, name)))
          .digest('hex')}  ${name}\n`,
    ),
  );
  await writeFile(path.join(out, 'SHA256SUMS'), sums.join(''));
}
