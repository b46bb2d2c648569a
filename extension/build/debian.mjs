// Installs the Debian packages that a step needs, where this is a Debian (or Ubuntu) and we may.
import { existsSync } from 'node:fs';
import { run, say, which } from './run.mjs';

/** Whether a package without a program is installed, by what dpkg notes of it. */
const isNoted = (name) => existsSync(`/var/lib/dpkg/info/${name}.list`);

/** How to see, without asking the package system, that a package is there. */
const isThere = {
  chromium: () => which('chromium'),
  ripgrep: () => which('rg'),
  neovim: () => which('nvim'),
  jq: () => which('jq'),
  curl: () => which('curl'),
  tmux: () => which('tmux'),
  zsh: () => which('zsh'),
  fish: () => which('fish'),
  'pre-commit': () => which('pre-commit'),
  'emacs-nox': () => which('emacs'),
  'elpa-eglot': () => isNoted('elpa-eglot'),
  'elpa-lsp-mode': () => isNoted('elpa-lsp-mode'),
  'elpa-yaml-mode': () => isNoted('elpa-yaml-mode'),
  clang: () => which('clang'),
  make: () => which('make'),
  python3: () => which('python3'),
  'g++': () => which('g++'),
  'libkrb5-dev': () => existsSync('/usr/include/krb5.h') || existsSync('/usr/include/krb5/krb5.h'),
  'zlib1g-dev': () => existsSync('/usr/include/zlib.h'),
};

/** What compiles .NET ahead of time. */
export const forNativeCompilation = ['clang', 'zlib1g-dev'];

/** What VS Code in the browser runs on: its native modules are compiled here. */
export const forCodeServer = ['ripgrep', 'libkrb5-dev', 'python3', 'make', 'g++'];

/** The shells that complete our command lines, a terminal to see it in, and what runs our hooks and recipes. */
export const forTerminalTests = ['tmux', 'zsh', 'fish', 'pre-commit', 'jq', 'curl'];

/** The other editors and the browser that the tests drive. */
export const forEditorTests = ['chromium', 'neovim'];

/** Emacs with its clients; apart from the others, since newer systems lack some of them, and apt-get then installs none. */
export const forEmacsTests = ['emacs-nox', 'elpa-eglot', 'elpa-lsp-mode', 'elpa-yaml-mode'];

/**
 * Installs those of the packages that are missing, when apt-get is there and we are root or can become it without a password.
 * Returns the names of those still missing.
 */
export async function installMissing(packages) {
  const missing = () => packages.filter((name) => !isThere[name]());
  const names = missing();
  if (names.length === 0 || process.platform !== 'linux' || !which('apt-get')) {
    return names;
  }

  const asRoot = process.getuid() === 0 ? [] : which('sudo') ? ['sudo', '-n'] : null;
  if (asRoot === null) {
    return names;
  }

  say(`installing ${names.join(', ')} with apt-get`);
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...args];
    return run(command, rest, { quiet: true });
  };
  try {
    await apt('update');
    await apt('install', '--no-install-recommends', ...names);
  } catch (error) {
    say(`apt-get did not install them: ${error.message}`);
  }
  return missing();
}
