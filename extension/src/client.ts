// The connection to the language server: which executable, which documents, and what it is told about the user's settings.
import * as path from 'node:path';
import { type ExtensionContext, type LogOutputChannel, SnippetString, type TextDocument, type TextEdit, window, workspace } from 'vscode';
import {
  DidChangeConfigurationNotification,
  type DocumentSelector,
  type DynamicFeature,
  ExecuteCommandRequest,
  LanguageClient,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { serverOptions, serverPath } from './settings';
import { serveTokens, withoutTokens } from './signIn';

/** The documents that the server sees: specs, ADF Studio's folders of JSON, the settings of a factory, and what the user adds. */
function documentSelector(context: ExtensionContext): DocumentSelector {
  const folders = '{pipeline,dataset,linkedService,trigger,dataflow,integrationRuntime,credential,factory,managedVirtualNetwork,adfcdc}';
  return [
    { language: 'pipewright-yaml' },
    { scheme: 'file', pattern: `**/${folders}/**/*.json` },
    { scheme: 'file', pattern: '**/pipewright.{yaml,yml}' },
    ...serverOptions(context).filePatterns.map(({ pattern }) => ({ scheme: 'file', pattern: `**/${pattern}` })),
  ];
}

/** VS Code's commands of the same names are this extension's, which add the editor's part; the library would register them again. */
class Client extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const isExecuteCommand = 'registrationType' in feature && feature.registrationType.method === ExecuteCommandRequest.method;
    if (!isExecuteCommand) {
      super.registerFeature(feature);
    }
  }
}

/** Quotes that the server puts around what was just typed: VS Code would set the cursor behind them, where nobody goes on typing. */
async function insertQuotes(document: TextDocument, edits: readonly TextEdit[]): Promise<boolean> {
  const editor = window.activeTextEditor;
  const [quoted] = edits;
  if (edits.length !== 1 || quoted?.newText !== '"@"' || editor?.document !== document) {
    return false;
  }
  return editor.insertSnippet(new SnippetString('"@$0"'), quoted.range, { undoStopBefore: false, undoStopAfter: false });
}

/** A client that is not started yet. */
export function createClient(context: ExtensionContext, output: LogOutputChannel): LanguageClient {
  const file = process.platform === 'win32' ? 'pipewright.exe' : 'pipewright';
  const command = serverPath() ?? path.join(context.extensionPath, 'dist', 'server', file);
  const client = new Client(
    'pipewright',
    'Pipewright',
    { command, args: ['lsp'] },
    {
      documentSelector: documentSelector(context),
      initializationOptions: serverOptions(context),
      outputChannel: output,
      traceOutputChannel: withoutTokens(output),
      middleware: {
        provideOnTypeFormattingEdits: async (document, position, typed, options, token, next) => {
          const { version } = document;
          const edits = await next(document, position, typed, options, token);
          const isCurrent = !token.isCancellationRequested && document.version === version;
          return edits && isCurrent && (await insertQuotes(document, edits)) ? [] : edits;
        },
      },
    },
  );
  serveTokens(client);
  return client;
}

/** Sends the settings again whenever they change. */
export function sendSettings(client: LanguageClient, context: ExtensionContext): Promise<void> {
  return client.sendNotification(DidChangeConfigurationNotification.type, { settings: { pipewright: serverOptions(context) } });
}

/** Whether a change of the settings can only take effect in a new client. */
export function needsRestart(changes: { affectsConfiguration(section: string): boolean }): boolean {
  return ['server.path', 'files', 'diagnostics'].some((name) => changes.affectsConfiguration(`pipewright.${name}`));
}

/** Saves what is open and unsaved, so that what is deployed is what is on the disk. */
export function saveAll(): Thenable<boolean> {
  return workspace.saveAll(false);
}
