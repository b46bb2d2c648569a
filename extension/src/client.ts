// The connection to the language server: which documents, and what it is told about the user's settings. With the library that it is made of, a
// bundle of its own: nothing but `import('./client.js')` may lead here.
import { type ExtensionContext, type LogOutputChannel, SnippetString, type TextDocument, type TextEdit, window } from 'vscode';
import {
  type DocumentSelector,
  type DynamicFeature,
  ExecuteCommandRequest,
  LanguageClient,
  State,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { ownSchemes } from './documents';
import type { ServerCommand } from './serverCommand';
import { serverOptions } from './settings';
import { serveTokens, withoutTokens } from './signIn';
import type { ServerState } from './target';

export { WorkDoneProgress, WorkDoneProgressCancelNotification } from 'vscode-languageclient/node';

/** The documents that the server sees: those in a language of ours, and the settings of a factory in whichever. */
function documentSelector(): DocumentSelector {
  return ownSchemes().flatMap((scheme) => [
    { scheme, language: 'pipewright-yaml' },
    { scheme, language: 'pipewright-json' },
    { scheme, pattern: '**/pipewright.{yaml,yml}' },
  ]);
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
export function createClient(
  context: ExtensionContext,
  output: LogOutputChannel,
  server: ServerCommand,
  onState: (state: ServerState) => void,
): LanguageClient {
  const client = new Client('pipewright', 'Pipewright', server, {
    documentSelector: documentSelector(),
    initializationOptions: serverOptions(context),
    outputChannel: output,
    traceOutputChannel: withoutTokens(output),
    middleware: {
      workspace: {
        // What the server is told at first holds whenever it asks again: settings as they stand would bring back what is not for it, such as a look at
        // factories that a workspace names which is not trusted.
        configuration: ({ items }) => items.map(({ section }) => (section === 'pipewright' ? serverOptions(context) : null)),
      },
      // What stands above a resource deploys it, runs it or looks at other files: all of that needs a disk.
      provideCodeLenses: (document, token, next) => (['file', 'untitled'].includes(document.uri.scheme) ? next(document, token) : []),
      provideOnTypeFormattingEdits: async (document, position, typed, options, token, next) => {
        const { version } = document;
        const edits = await next(document, position, typed, options, token);
        const isCurrent = !token.isCancellationRequested && document.version === version;
        return edits && isCurrent && (await insertQuotes(document, edits)) ? [] : edits;
      },
    },
  });
  const names = {
    [State.Running]: 'running',
    [State.Starting]: 'starting',
    [State.StartFailed]: 'stopped',
    [State.Stopped]: 'stopped',
  } as const;
  context.subscriptions.push(client.onDidChangeState(({ newState }) => onState(names[newState])));
  serveTokens(client);
  return client;
}
