// The usual YAML extension, as far as it matters beside ours: the same language server, for the same documents, with the same settings.
import * as path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const module = path.join(context.extensionPath, 'out', 'server', 'src', 'server.js');
  const server = { module, transport: TransportKind.ipc };
  client = new LanguageClient(
    'yaml',
    'YAML Support',
    { run: server, debug: server },
    {
      documentSelector: [
        { language: 'yaml' },
        { language: 'dockercompose' },
        { language: 'github-actions-workflow' },
        { pattern: '*.y(a)ml' },
      ],
      synchronize: { configurationSection: ['yaml', 'http.proxy', 'http.proxyStrictSSL', 'editor', 'files'] },
    },
  );
  await client.start();
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
