// `npm run texts`: collects what the extension and its views say into extension/l10n/bundle.l10n.json, for translators and for VS Code.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from './main.mjs';
import { at } from './run.mjs';

/** The texts as they are now; translations stand beside it, in `bundle.l10n.<language>.json`. */
export const bundleFile = at('extension', 'l10n', 'bundle.l10n.json');

/** The TypeScript of the extension and of its views, by paths. */
export async function sources() {
  const folders = [at('extension', 'src'), at('extension', 'webview')];
  const files = await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => path.join(folder, name))));
  const scripts = files
    .flat()
    .filter((file) => file.endsWith('.ts'))
    .sort();
  return Promise.all(scripts.map(async (file) => ({ file, contents: await readFile(file, 'utf8') })));
}

/** The bundle that the sources want. */
export async function bundleText() {
  const { getL10nJson } = (await import('@vscode/l10n-dev')).default;
  const texts = await getL10nJson((await sources()).map(({ contents }) => ({ contents, extension: '.ts' })));
  const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await mkdir(path.dirname(bundleFile), { recursive: true });
    await writeFile(bundleFile, await bundleText());
  });
}
