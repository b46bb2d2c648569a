// Which installed .NET the package for all platforms starts its server with.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

const bundle = await build({
  entryPoints: [at('extension', 'src', 'dotnet.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { dotnetArguments, dotnetPlaces, findDotnet, runtimeVersions } = await import(
  `data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`
);

const listing = (...versions) =>
  versions
    .flatMap((version) => [
      `Microsoft.AspNetCore.App ${version} [/usr/share/dotnet/shared/Microsoft.AspNetCore.App]`,
      `Microsoft.NETCore.App ${version} [/usr/share/dotnet/shared/Microsoft.NETCore.App]`,
    ])
    .join('\n');

test('only runtimes that a server can run on count', () => {
  assert.deepEqual(runtimeVersions(listing('8.0.21', '10.0.0-rc.2.25502.107')), ['8.0.21', '10.0.0-rc.2.25502.107']);
  assert.deepEqual(runtimeVersions('Microsoft.WindowsDesktop.App 10.0.1 [C:\\Program Files\\dotnet]'), []);
  assert.deepEqual(runtimeVersions(''), []);
});

for (const [name, machine, command, versions] of [
  ['one that fits', { dotnet: ['10.0.1'] }, 'dotnet', ['10.0.1']],
  ['a newer one', { dotnet: ['11.0.0'] }, 'dotnet', ['11.0.0']],
  [
    'the second place, where the first has only an old one',
    { dotnet: ['8.0.1'], '/opt/dotnet': ['9.0.0', '10.0.2'] },
    '/opt/dotnet',
    ['8.0.1', '9.0.0', '10.0.2'],
  ],
  ['none, where all are old', { dotnet: ['8.0.1'], '/opt/dotnet': ['8.0.1', '9.0.0'] }, undefined, ['8.0.1', '9.0.0']],
  ['none, where there is no .NET', {}, undefined, []],
]) {
  test(`of a machine is taken ${name}`, async () => {
    const ask = async (place) => machine[place] && listing(...machine[place]);
    const found = await findDotnet(10, ['dotnet', '/opt/dotnet'], ask);
    assert.deepEqual([found.command, found.versions], [command, versions]);
  });
}

test('a program that cannot be run is no .NET', async () => {
  assert.deepEqual(await findDotnet(10, [at('no', 'such', 'dotnet')]), { versions: [] });
});

test("the user's variable comes first, then the path, then where installers put it", () => {
  assert.deepEqual(dotnetPlaces({ DOTNET_ROOT: '/mine' }, 'linux', '/home/me').slice(0, 2), ['/mine/dotnet', 'dotnet']);
  assert.ok(dotnetPlaces({}, 'linux', '/home/me').includes('/home/me/.dotnet/dotnet'));
  assert.ok(dotnetPlaces({}, 'darwin', '/Users/me').includes('/usr/local/share/dotnet/dotnet'));
  assert.ok(dotnetPlaces({ ProgramFiles: 'D:\\Programs' }, 'win32', '').includes('D:\\Programs\\dotnet\\dotnet.exe'));
});

test('a server of one version runs on the next as well', () => {
  assert.deepEqual(dotnetArguments('/x/pipewright.dll'), ['--roll-forward', 'Major', '/x/pipewright.dll']);
});
