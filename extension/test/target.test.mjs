// The target in the status bar: of several questions under way, the last one's answer is shown.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

const bundle = await build({
  entryPoints: [at('extension', 'src', 'target.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  write: false,
});

/** An item in a VS Code whose active editor shows a file, and a client whose answers come when they are given. */
function load() {
  const shown = { show: () => undefined };
  class TabInputWebview {}
  const vscode = {
    l10n: { t: (text, ...values) => text.replace(/\{(\d)\}/g, (_, index) => values[index]) },
    StatusBarAlignment: { Left: 1 },
    TabInputWebview,
    window: {
      activeTextEditor: undefined,
      createStatusBarItem: () => shown,
      tabGroups: { activeTabGroup: {} },
      visibleTextEditors: [],
    },
  };
  const module = { exports: {} };
  const require = createRequire(import.meta.url);
  new Function('module', 'exports', 'require', bundle.outputFiles[0].text)(module, module.exports, (name) =>
    name === 'vscode' ? vscode : require(name),
  );
  const asked = [];
  const client = { sendRequest: (_, parameters) => new Promise((answer, refuse) => asked.push({ parameters, answer, refuse })) };
  const editor = (file) => ({ document: { uri: { scheme: 'file', toString: () => `file:///${file}` } } });
  const focus = (file) => (vscode.window.activeTextEditor = file && editor(file));
  const focusView = (beside) => {
    focus(undefined);
    vscode.window.tabGroups.activeTabGroup = {
      activeTab: { input: Object.assign(new TabInputWebview(), { viewType: 'x-pipewright.graph' }) },
    };
    vscode.window.visibleTextEditors = [editor(beside)];
  };
  return { item: new module.exports.TargetItem(), shown, client, asked, focus, focusView };
}

const dev = { targets: [{ name: 'dev', factory: 'adf-dev', isEmulator: false }], current: 'dev' };
const none = { targets: [], current: null };

test('the target of the active file is shown, and that there is none', async () => {
  const { item, shown, client, asked, focus } = load();
  focus('orders');
  const showing = item.showTarget(client);
  asked[0].answer(dev);
  await showing;
  assert.deepEqual(asked[0].parameters, { uri: 'file:///orders' });
  assert.deepEqual([shown.text, shown.command], ['$(cloud) dev', 'pipewright.chooseTarget']);
  assert.match(shown.tooltip, /adf-dev/);
  const again = item.showTarget(client);
  asked[1].answer(none);
  await again;
  assert.equal(shown.text, '$(cloud) No target');
});

test('an answer that comes after that to a later question is dropped', async () => {
  const { item, shown, client, asked, focus } = load();
  const first = item.showTarget(client);
  focus('orders');
  const second = item.showTarget(client);
  asked[1].answer(dev);
  asked[0].answer(none);
  await Promise.all([first, second]);
  assert.deepEqual(
    asked.map(({ parameters }) => parameters),
    [{}, { uri: 'file:///orders' }],
  );
  assert.equal(shown.text, '$(cloud) dev');
});

test('a server that has stopped meanwhile is what is shown', async () => {
  const { item, shown, client, asked } = load();
  const showing = item.showTarget(client);
  item.showServerState('stopped');
  asked[0].answer(dev);
  await showing;
  assert.deepEqual([shown.text, shown.command], ['$(warning) Pipewright', 'pipewright.restartServer']);
});

test('while a view of ours has the focus, the text beside it is meant', async () => {
  const { item, client, asked, focusView } = load();
  focusView('orders');
  const showing = item.showTarget(client);
  asked[0].answer(dev);
  await showing;
  assert.deepEqual(asked[0].parameters, { uri: 'file:///orders' });
});
