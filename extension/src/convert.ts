// `Pipewright: Convert`: files in the other form, looked at first and written on a yes. The server converts, the editor writes.
import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { decide, type FromConvertView, type ShownConversion, type ToConvertView, type Wishes } from '../webview/convertModel';
import type { PlanDocuments } from './plan';
import { type ConvertedFile, convertRequest } from './protocol';
import { saveAll } from './settings';
import { activeFile } from './target';
import { webviewOptions, webviewPage } from './webviewPage';

const viewType = 'pipewright.conversion';

interface Scene {
  context: ExtensionContext;
  plans: PlanDocuments;
}

/** What is asked for. */
interface Asked {
  client: LanguageClient;
  uri: Uri;
  to?: 'spec' | 'git';
  out?: Uri;
}

export class Conversion implements Disposable {
  readonly #scene: Scene;
  #panel: WebviewPanel | undefined;
  #asked: Asked | undefined;
  #files: ConvertedFile[] = [];
  #shown: ShownConversion | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Shows what a file or folder becomes; where none is named, the choice is between the active file and the folders of the workspace. */
  async open(client: LanguageClient, named?: Uri): Promise<void> {
    const uri = named ?? (await chooseWhat());
    if (!uri) {
      return;
    }
    this.#asked = { client, uri };
    if (this.#panel) {
      this.#panel.reveal(undefined, false);
    } else {
      this.#create();
    }
    await this.#preview();
  }

  #create(): void {
    const { extensionUri } = this.#scene.context;
    const title = l10n.t('Convert');
    const options = { ...webviewOptions(extensionUri), retainContextWhenHidden: true };
    const panel = window.createWebviewPanel(viewType, title, { viewColumn: ViewColumn.Active }, options);
    panel.iconPath = Uri.joinPath(extensionUri, 'icons', 'pipewright.png');
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: FromConvertView) => this.#take(message));
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'convert.js', title);
    this.#panel = panel;
  }

  #change(change: Partial<ShownConversion>): void {
    const what = this.#asked ? shortName(this.#asked.uri) : '';
    const blank: ShownConversion = { phase: 'reading', what, to: 'spec', files: [], already: 0, losses: [] };
    this.#shown = { ...(this.#shown ?? blank), what, ...change };
    this.#draw();
  }

  #draw(): void {
    if (this.#shown) {
      void this.#panel?.webview.postMessage({ type: 'show', shown: this.#shown } satisfies ToConvertView);
    }
  }

  /** What is open and unsaved counts, too: the server has it. */
  async #preview(): Promise<void> {
    const asked = this.#asked;
    if (!asked) {
      return;
    }
    const { client, uri, to, out } = asked;
    this.#change({ phase: 'reading', message: undefined, out: out && workspace.asRelativePath(out) });
    try {
      const params = { uri: uri.toString(), ...(to ? { to } : {}), ...(out ? { out: out.toString() } : {}) };
      const result = await client.sendRequest(convertRequest, params);
      // The server hears of files that are gone a moment later.
      const isThere = await Promise.all(result.files.map(({ source }) => exists(Uri.parse(source))));
      this.#files = result.files.filter((_, at) => isThere[at]);
      const files = this.#files.map(({ uri: made, path, source, state, losses }) => ({
        uri: made,
        path,
        source: workspace.asRelativePath(Uri.parse(source)),
        sourceUri: source,
        state,
        losses,
      }));
      this.#change({ phase: 'preview', to: result.to, files, already: result.already, losses: result.losses });
    } catch (error) {
      this.#files = [];
      this.#change({
        phase: 'problem',
        files: [],
        losses: [],
        already: 0,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #take(message: FromConvertView): Promise<void> {
    const asked = this.#asked;
    if (!asked) {
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#draw();
        break;
      case 'to':
        this.#asked = { ...asked, to: message.to };
        await this.#preview();
        break;
      case 'chooseFolder': {
        const [folder] = (await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title: l10n.t('Write to') })) ?? [];
        if (folder) {
          this.#asked = { ...asked, out: folder };
          await this.#preview();
        }
        break;
      }
      case 'inPlace': {
        const { client, uri, to } = asked;
        this.#asked = { client, uri, ...(to ? { to } : {}) };
        await this.#preview();
        break;
      }
      case 'compare':
        await this.#compare(message.uri, message.with);
        break;
      case 'open':
        await commands.executeCommand('vscode.open', Uri.parse(message.uri), { viewColumn: ViewColumn.Beside });
        break;
      case 'convert':
        await this.#convert(message.wishes);
        break;
      case 'again':
        await this.#preview();
        break;
      case 'close':
        this.#panel?.dispose();
        break;
    }
  }

  async #compare(uri: string, side: 'source' | 'there'): Promise<void> {
    const file = this.#files.find((one) => one.uri === uri);
    if (!file) {
      return;
    }
    // Not by its own name: the server would take the text for one more file of the factory.
    const made = this.#scene.plans.put(`/converted/${file.path.replace(/\.[^./]+(\.yaml)$/, '.converted$1')}`, file.text);
    const before = Uri.parse(side === 'source' ? file.source : file.uri);
    const title =
      side === 'source'
        ? l10n.t('{0}: now, and converted', nameOf(before))
        : l10n.t('{0}: what is there, and what would be written', nameOf(before));
    await commands.executeCommand('vscode.diff', before, made, title, { viewColumn: ViewColumn.Beside, preview: true });
  }

  async #convert(wishes: Wishes): Promise<void> {
    const { write, remove } = decide(this.#shown?.files ?? [], wishes);
    if (!(await saveAll())) {
      return;
    }
    this.#change({ phase: 'writing' });
    const edit = new WorkspaceEdit();
    const texts = new Map(this.#files.map(({ uri, text }) => [uri, text]));
    for (const { uri, state } of write) {
      // What was not there when it was looked at is not overwritten if it is there now.
      edit.createFile(Uri.parse(uri), { overwrite: state === 'differs', contents: new TextEncoder().encode(texts.get(uri) ?? '') });
    }
    remove.forEach((uri) => edit.deleteFile(Uri.parse(uri), { ignoreIfNotExists: true }));
    if (await workspace.applyEdit(edit)) {
      this.#change({
        phase: 'done',
        files: write,
        message: l10n.t('Written: {0}. Deleted: {1}. Undo takes it back.', write.length, remove.length),
      });
    } else {
      const message = l10n.t(
        'Not everything could be written: a file has come in the meantime, or may not be changed. Look at the files, and try again.',
      );
      this.#change({ phase: 'problem', message });
    }
  }
}

/** A file or a folder, by a choice where there is one. */
async function chooseWhat(): Promise<Uri | undefined> {
  const file = activeFile();
  const folders = workspace.workspaceFolders ?? [];
  const items = [
    ...(file ? [{ label: nameOf(Uri.parse(file)), description: l10n.t('the file in the active editor'), uri: Uri.parse(file) }] : []),
    ...folders.map(({ name, uri }) => ({ label: name, description: l10n.t('all files of the folder'), uri })),
  ];
  if (items.length === 0) {
    await window.showInformationMessage(l10n.t('Open the folder of a factory first.'));
    return undefined;
  }
  const chosen = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: l10n.t('Convert to the other form') });
  return chosen?.uri;
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

/** A folder of the workspace by its name, all else by its path there. */
const shortName = (uri: Uri) =>
  workspace.workspaceFolders?.find((folder) => folder.uri.toString() === uri.toString())?.name ?? workspace.asRelativePath(uri);

const nameOf = ({ path }: Uri) => path.split('/').filter(Boolean).at(-1) ?? path;
