// What is packed: small enough, with all that it needs and nothing that it does not, and with nothing that reports home.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { platform, universalVsixFile, vsixFile } from '../build/artifacts.mjs';
import { hostBundles } from '../build/packing.mjs';

const scratch = mkdtempSync(path.join(tmpdir(), 'pipewright-packages-'));
after(() => rmSync(scratch, { recursive: true }));

/** The files of a VSIX, which is a ZIP, by their paths; npm packages that read ZIPs are part of what packs it. */
async function unpack(file) {
  const { default: yauzl } = await import('yauzl');
  const zip = await new Promise((resolve, reject) =>
    yauzl.open(file, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const files = new Map();
  await new Promise((resolve, reject) => {
    zip.on('error', reject).on('end', resolve);
    zip.on('entry', (entry) =>
      zip.openReadStream(entry, async (error, stream) => {
        if (error) {
          reject(error);
          return;
        }
        const parts = [];
        for await (const part of stream) {
          parts.push(part);
        }
        files.set(entry.fileName, { text: Buffer.concat(parts), mode: (entry.externalFileAttributes >>> 16) & 0o777 });
        zip.readEntry();
      }),
    );
    zip.readEntry();
  });
  return files;
}

const packages = { [platform]: await unpack(vsixFile), universal: await unpack(universalVsixFile) };
const files = { [platform]: vsixFile, universal: universalVsixFile };

for (const [name, packed] of Object.entries(packages)) {
  test(`the package ${name} is under 20 MiB`, () =>
    assert.ok(statSync(files[name]).size < 20 * 1024 * 1024, String(statSync(files[name]).size)));

  test(`the package ${name} has its server, its scripts, its words and nothing of ours that it does not run`, () => {
    const inside = [...packed.keys()].map((file) => file.replace(/^extension\//, ''));
    const server =
      name === 'universal' ? 'dist/server/pipewright.dll' : `dist/server/pipewright${process.platform === 'win32' ? '.exe' : ''}`;
    for (const file of [
      server,
      'dist/extension.js',
      'dist/client.js',
      'dist/webview/graph.js',
      'package.nls.de.json',
      'l10n/bundle.l10n.de.json',
    ]) {
      assert.ok(inside.includes(file), file);
    }
    assert.deepEqual(
      inside.filter((file) => /^(src|test|build|webview)\/|\.(ts|map|pdb)$|tsconfig|node_modules/.test(file)),
      [],
    );
    const named = new Set(/TargetPlatform="([^"]*)"/.exec(packed.get('extension.vsixmanifest').text)?.slice(1));
    assert.deepEqual([...named], name === 'universal' ? [] : [platform]);
  });

  test(`every picture of the readme is in the package ${name}`, () => {
    const readme = packed.get('extension/readme.md') ?? packed.get('extension/README.md');
    const pictures = [...readme.text.toString().matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) => file);
    assert.ok(pictures.length >= 3);
    pictures.forEach((file) => assert.ok(packed.has(`extension/${file}`), file));
  });

  test(`nothing in the package ${name} reports to anybody`, () => {
    // What the usual libraries for it are called, and where they send it.
    const homes =
      /applicationinsights|dc\.services\.visualstudio|in\.ai\.monitor|createTelemetryLogger|isTelemetryEnabled|TelemetryReporter|google-analytics|sentry\.io|segment\.(io|com)|mixpanel|posthog/i;
    for (const [file, { text }] of packed) {
      if (/\.js$/.test(file)) {
        assert.doesNotMatch(text.toString(), homes, file);
      }
    }
  });
}

test('the server of a platform may be run', { skip: process.platform === 'win32' }, () => {
  assert.ok(packages[platform].get('extension/dist/server/pipewright').mode & 0o100);
});

test('the server of the universal package runs on the installed .NET', () => {
  for (const [file, { text }] of packages.universal) {
    if (/^extension\/dist\/server\/[^/]+$/.test(file)) {
      writeFileSync(path.join(scratch, path.basename(file)), text);
    }
  }
  const version = execFileSync('dotnet', ['--roll-forward', 'Major', path.join(scratch, 'pipewright.dll'), '--version'], {
    encoding: 'utf8',
  });
  assert.match(version, /^\d+\.\d+\.\d+/);
});

test('a script of the extension knows no address but documentation, Azure and the loopback interface', () => {
  const known =
    /^https?:\/\/(127\.0\.0\.1|localhost|dotnet\.microsoft\.com|management\.(azure|usgovcloudapi|chinacloudapi)\.(com|net|cn)|www\.w3\.org|code\.visualstudio\.com|github\.com|microsoft\.github\.io)\b/;
  for (const [file, { text }] of packages[platform]) {
    if (/extension\/dist\/.*\.js$/.test(file)) {
      const addresses = text.toString().match(/https?:\/\/[a-z0-9.-]+\.[a-z]{2,}[^\s"'`)]*/gi) ?? [];
      assert.deepEqual(
        addresses.filter((address) => !known.test(address)),
        [],
        file,
      );
    }
  }
});

test('what VS Code waits for while it starts the extension is our own code alone', async () => {
  const { metafile } = await build({ ...hostBundles, outdir: scratch, write: false, metafile: true });
  const [, entry] = Object.entries(metafile.outputs).find(([file]) => file.endsWith('extension.js'));
  const foreign = Object.keys(entry.inputs).filter((file) => file.includes('node_modules') && !file.includes('@vscode/l10n/'));
  assert.deepEqual(foreign, []);
  assert.ok(entry.bytes < 128 * 1024, `${entry.bytes} bytes`);
});
