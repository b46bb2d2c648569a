// What is delivered: `npm run release` as far as it goes without a tag, the .NET tool installed, and the same bytes from another folder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at, outcome, run } from '../../extension/build/run.mjs';
import { emulatorFile, platform, serverFile } from '../../extension/build/artifacts.mjs';

// What reads ZIP files comes with the tool that packs the extension.
const yauzl = createRequire(createRequire(import.meta.url).resolve('@vscode/vsce/package.json'))('yauzl');
let scratch;
let out;
let version;

before(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-release-'));
  out = path.join(scratch, 'out');
  await run(process.execPath, [at('extension', 'build', 'release.mjs'), '--untagged', `--out=${out}`], { quiet: true });
  // Told afterwards: what is out of date is built first.
  version = (await told(serverFile, 'version')).trim();
});

after(() => rm(scratch, { recursive: true, force: true }));

async function told(program, ...args) {
  const { code, output } = await outcome(program, args, { quiet: true, cwd: scratch });
  assert.equal(code, 0, `${program} ${args.join(' ')}: ${output}`);
  return output;
}

/** The files of a ZIP, by their names. */
const unzip = (file) =>
  new Promise((resolve, reject) => {
    const files = new Map();
    yauzl.open(file, { lazyEntries: true }, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      zip.on('error', reject);
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure) {
            reject(failure);
            return;
          }
          files.set(entry.fileName, Buffer.concat(await stream.toArray()));
          zip.readEntry();
        }),
      );
      zip.readEntry();
    });
  });

const parts = async (file) => JSON.parse(await readFile(path.join(out, file), 'utf8'));

test('a release has all that people download, and the sums of it', async () => {
  assert.match(version, /^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/);
  assert.deepEqual((await readdir(out)).sort(), [
    `Pipewright.${version}.nupkg`,
    'SHA256SUMS',
    `pipewright-${version}-${platform}.tar.gz`,
    `pipewright-${version}-${platform}.vsix`,
    `pipewright-${version}.cdx.json`,
    `pipewright-vscode-${version}.cdx.json`,
  ]);
  const sums = (await readFile(path.join(out, 'SHA256SUMS'), 'utf8')).trim().split('\n');
  assert.equal(sums.length, 5);
  for (const line of sums) {
    const [sum, name] = line.split('  ');
    assert.equal(
      createHash('sha256')
        .update(await readFile(path.join(out, name)))
        .digest('hex'),
      sum,
      name,
    );
  }
});

test('the archive holds the two programs, which run', async () => {
  await run('tar', ['-xzf', path.join(out, `pipewright-${version}-${platform}.tar.gz`), '-C', scratch], { quiet: true });
  const folder = path.join(scratch, `pipewright-${version}-${platform}`);
  assert.deepEqual((await readdir(folder)).sort(), ['LICENSE', 'README.md', path.basename(serverFile), path.basename(emulatorFile)].sort());
  assert.equal((await told(path.join(folder, 'pipewright'), 'version')).trim(), version);
  assert.match(await told(path.join(folder, 'pipewright-emulator'), '--help'), /--port/);
});

test("the extension's version is the server's", async () => {
  const files = await unzip(path.join(out, `pipewright-${version}-${platform}.vsix`));
  assert.equal(JSON.parse(files.get('extension/package.json')).version, version);
  assert.match(files.get('extension.vsixmanifest').toString(), new RegExp(`Version="${version.replaceAll('.', '\\.')}"`));
});

test('the .NET tool is installed from a folder, and checks a factory', async () => {
  const tools = path.join(scratch, 'tools');
  const source = ['--add-source', out, '--version', version];
  await run('dotnet', ['tool', 'install', 'Pipewright', '--tool-path', tools, ...source], { quiet: true, cwd: scratch });
  const tool = path.join(tools, process.platform === 'win32' ? 'pipewright.exe' : 'pipewright');
  assert.equal((await told(tool, 'version')).trim(), version);
  assert.match(await told(tool, 'validate', at('samples', 'medallion')), /^0 errors, /m);
});

test('the lists of parts name what goes along, and not what only builds or tests', async () => {
  for (const [file, here, notHere] of [
    [`pipewright-${version}.cdx.json`, ['StreamJsonRpc', 'Spectre.Console', 'Azure.Identity', 'YamlDotNet'], ['xunit', 'MinVer']],
    [`pipewright-vscode-${version}.cdx.json`, ['vscode-languageclient', '@dagrejs/dagre'], ['typescript', 'esbuild', 'ajv']],
  ]) {
    const list = await parts(file);
    assert.equal(list.bomFormat, 'CycloneDX');
    assert.equal(list.metadata.component.version, version);
    const names = list.components.map((component) => (component.group ? `${component.group}/${component.name}` : component.name));
    here.forEach((name) => assert.ok(names.includes(name), `${file} lacks ${name}: ${names}`));
    notHere.forEach((name) => assert.ok(!names.includes(name), `${file} has ${name}`));
    assert.ok(list.components.every((component) => component.version && component.purl));
  }
});

test('the same sources in another folder make the same bytes', async () => {
  const copy = path.join(scratch, 'elsewhere', 'deeper');
  for (const name of [
    'server',
    'schemas',
    'docs/rules',
    'Directory.Build.props',
    'Directory.Packages.props',
    'global.json',
    '.editorconfig',
    'README.md',
  ]) {
    await cp(at(name), path.join(copy, name), { recursive: true, filter: (file) => !['bin', 'obj'].includes(path.basename(file)) });
  }
  const form = ['-p:PackAsTool=true', '-p:PublishAot=false', `-p:MinVerVersionOverride=${version}`, '-p:RunAnalyzers=false'];
  const packing = ['pack', 'server/LanguageServer', '-c', 'Release', '-o', path.join(scratch, 'again'), '-v', 'quiet', '-nologo', ...form];
  await run('dotnet', packing, { quiet: true, cwd: copy });
  const name = `Pipewright.${version}.nupkg`;
  const [first, second] = [await unzip(path.join(out, name)), await unzip(path.join(scratch, 'again', name))];
  const ours = [...first.keys()].filter((file) => /(^|\/)(pipewright|Pipewright\.\w+)\.dll$/.test(file)).sort();
  assert.equal(ours.length, 4, ours.join());
  ours.forEach((file) => assert.ok(first.get(file).equals(second.get(file)), `${file} differs`));
  ours.forEach((file) => assert.ok(!first.get(file).includes(at('server')), `${file} tells where it was made`));
});

test('what has no tag is no release', async (t) => {
  const tagged = await outcome('git', ['describe', '--tags', '--exact-match', '--match', 'v*'], { quiet: true });
  if (tagged.code === 0) {
    t.skip('this commit has a tag');
    return;
  }
  const { code, output } = await outcome(
    process.execPath,
    [at('extension', 'build', 'release.mjs'), `--out=${path.join(scratch, 'none')}`],
    { quiet: true },
  );
  assert.equal(code, 1);
  assert.match(output, /a tag such as v1\.2\.3/);
});
