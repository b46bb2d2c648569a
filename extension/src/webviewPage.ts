// The page that a view of ours lives in: its script and nothing else, with a policy that lets nothing else in.
import { randomBytes } from 'node:crypto';
import { env, l10n, TabInputWebview, Uri, ViewColumn, type Webview, type WebviewOptions, window } from 'vscode';

const folderOf = (extension: Uri) => Uri.joinPath(extension, 'dist', 'webview');

/** What a view may do: run the scripts that come with the extension. */
export const webviewOptions = (extension: Uri): WebviewOptions => ({ enableScripts: true, localResourceRoots: [folderOf(extension)] });

/** Where a view of ours opens: with those that are open, or else beside the text. */
export function columnOfViews(): ViewColumn {
  const isOurs = (input: unknown) => input instanceof TabInputWebview && input.viewType.includes('pipewright.');
  return window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => isOurs(input)))?.viewColumn ?? ViewColumn.Beside;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page of a script in dist/webview, with the words of the user's language as data that no browser runs. */
export function webviewPage(webview: Webview, extension: Uri, script: string, title: string): string {
  const nonce = randomBytes(18).toString('base64');
  const address = webview.asWebviewUri(Uri.joinPath(folderOf(extension), script));
  const texts = l10n.bundle ? JSON.stringify(l10n.bundle).replaceAll('<', '\\u003c') : '';
  return `<!DOCTYPE html>
<html lang="${l10n.bundle ? env.language : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; img-src blob:">
<title>${escaped(title)}</title>
</head>
<body><script id="texts" type="application/json">${texts}</script><script nonce="${nonce}" src="${address}"></script></body>
</html>`;
}
