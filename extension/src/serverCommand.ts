// Which program the language server is: the user's own, the executable that the extension brings, or one that runs on an installed .NET.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { env, type ExtensionContext, l10n, Uri, window } from 'vscode';
import { dotnetArguments, findDotnet, wantedRuntime } from './dotnet';
import { serverPath } from './settings';

export interface ServerCommand {
  command: string;
  args: string[];
}

/** There is a server, and nothing on this machine to run it on. */
export class MissingRuntime extends Error {
  constructor(
    readonly major: number,
    versions: readonly string[],
  ) {
    const there = versions.length > 0 ? l10n.t('Installed: {0}.', versions.join(', ')) : l10n.t('No .NET is installed.');
    super(
      l10n.t(
        'This package of Pipewright has no executable for your platform and needs the .NET Runtime {0}. {1} Install it, or set `pipewright.server.path`.',
        major,
        there,
      ),
    );
  }
}

/** What to start; a {@link MissingRuntime} where nothing can be. */
export async function findServer({ extensionPath }: ExtensionContext): Promise<ServerCommand> {
  const folder = path.join(extensionPath, 'dist', 'server');
  const portable = path.join(folder, 'pipewright.dll');
  const command = serverPath() ?? path.join(folder, process.platform === 'win32' ? 'pipewright.exe' : 'pipewright');
  if (serverPath() !== undefined || !existsSync(portable)) {
    return { command, args: ['lsp'] };
  }
  const major = await wantedRuntime(portable);
  const found = await findDotnet(major);
  if (found.command === undefined) {
    throw new MissingRuntime(major, found.versions);
  }
  return { command: found.command, args: [...dotnetArguments(portable), 'lsp'] };
}

/** Says what to install; true when the user has done so and wants another try. */
export async function askForRuntime({ message, major }: MissingRuntime): Promise<boolean> {
  const [get, again] = [l10n.t('Get .NET'), l10n.t('Try Again')];
  const chosen = await window.showErrorMessage(message, get, again);
  if (chosen === get) {
    await env.openExternal(Uri.parse(`https://dotnet.microsoft.com/download/dotnet/${major}.0`));
  }
  return chosen === again;
}
