// An installed .NET to run the server on, where the extension brings one that is no executable of its own. No editor is needed for it.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** What is known of the .NET of this machine. */
export interface FoundDotnet {
  /** The `dotnet` that has a runtime for the server; absent where none has. */
  command?: string;
  /** The runtimes that there are, as `10.0.2`, of every `dotnet` that was asked. */
  versions: string[];
}

/** Runs a program and gives what it writes; undefined where it can't be run. */
export type Ask = (command: string, args: readonly string[]) => Promise<string | undefined>;

const ask: Ask = (command, args) =>
  new Promise((resolve) =>
    execFile(command, [...args], { timeout: 20_000, windowsHide: true }, (error, output) => resolve(error ? undefined : output)),
  );

/** Where `dotnet` can be: where its variable says, on the path, and where its installers put it. */
export function dotnetPlaces(environment: NodeJS.ProcessEnv, platform: string, home: string): string[] {
  const file = platform === 'win32' ? 'dotnet.exe' : 'dotnet';
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  const named = environment.DOTNET_ROOT ? [join(environment.DOTNET_ROOT, file)] : [];
  const usual =
    platform === 'win32'
      ? [join(environment.ProgramFiles ?? 'C:\\Program Files', 'dotnet', file)]
      : ['/usr/local/share/dotnet', '/usr/share/dotnet', '/usr/lib/dotnet', '/opt/homebrew/bin', join(home, '.dotnet')].map((folder) =>
          join(folder, file),
        );
  return [...named, file, ...usual];
}

/** The versions of the runtime for programs without windows or pages, in what `dotnet --list-runtimes` writes. */
export const runtimeVersions = (listing: string): string[] =>
  [...listing.matchAll(/^Microsoft\.NETCore\.App (\d+\.\d+\.\d+\S*) /gm)].map(([, version]) => version!);

/** The first `dotnet` that has a runtime of at least this major version. */
export async function findDotnet(
  major: number,
  places = dotnetPlaces(process.env, process.platform, homedir()),
  askPlace = ask,
): Promise<FoundDotnet> {
  const versions: string[] = [];
  for (const command of places) {
    const found = runtimeVersions((await askPlace(command, ['--list-runtimes'])) ?? '');
    versions.push(...found.filter((version) => !versions.includes(version)));
    if (found.some((version) => Number.parseInt(version, 10) >= major)) {
      return { command, versions };
    }
  }
  return { versions };
}

/** The major version of .NET that a server was built for, as the file beside it says. */
export async function wantedRuntime(server: string): Promise<number> {
  const settings = JSON.parse(await readFile(server.replace(/\.dll$/, '.runtimeconfig.json'), 'utf8'));
  return Number.parseInt(settings.runtimeOptions.framework.version, 10);
}

/** What runs a server on a runtime of its version or a newer one. */
export const dotnetArguments = (server: string): string[] => ['--roll-forward', 'Major', server];
