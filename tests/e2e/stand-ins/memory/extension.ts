// A file system in memory. It begins with the files that the `.code-workspace` file names under `stand-in.memory`.
import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from 'vscode';

class Memory implements FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(files: Record<string, string>) {
    Object.entries(files).forEach(([name, text]) => this.#files.set(name, new TextEncoder().encode(text)));
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  stat({ path }: Uri): FileStat {
    const file = this.#files.get(path);
    if (file === undefined && this.#below(path).length === 0) {
      throw FileSystemError.FileNotFound(path);
    }
    return { type: file ? FileType.File : FileType.Directory, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    return this.#below(path).map((name) => [
      name,
      this.#files.has(`${path.replace(/\/$/, '')}/${name}`) ? FileType.File : FileType.Directory,
    ]);
  }

  readFile({ path }: Uri): Uint8Array {
    const file = this.#files.get(path);
    if (!file) {
      throw FileSystemError.FileNotFound(path);
    }
    return file;
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    this.#files.set(uri.path, content);
    this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
  }

  createDirectory(): void {
    // A folder is there once a file is in it.
  }

  delete(): void {
    throw FileSystemError.NoPermissions();
  }

  rename(): void {
    throw FileSystemError.NoPermissions();
  }

  #below(path: string): string[] {
    const prefix = `${path.replace(/\/$/, '')}/`;
    const names = [...this.#files.keys()].flatMap((file) => (file.startsWith(prefix) ? [file.slice(prefix.length).split('/')[0]!] : []));
    return [...new Set(names)];
  }
}

export function activate({ subscriptions }: ExtensionContext): void {
  const files = workspace.getConfiguration('stand-in').get<Record<string, string>>('memory', {});
  subscriptions.push(workspace.registerFileSystemProvider('memory', new Memory(files), { isCaseSensitive: true }));
}
