// Tokens for the server: from which of VS Code's accounts, when a dialog may open, and that none is logged.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { build } from 'esbuild';
import { at } from '../build/run.mjs';

const bundle = await build({
  entryPoints: [at('extension', 'src', 'signIn.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  write: false,
});

/** The module with a VS Code that has one account, or none until somebody signs in. */
function load({ signedIn = true, trusted = true, environment, refuses = false } = {}) {
  const asked = [];
  const shown = [];
  const vscode = {
    authentication: {
      getSession: async (provider, scopes, options) => {
        asked.push([provider, scopes.join(' '), Object.keys(options)[0]]);
        if (options.silent) {
          return signedIn ? { accessToken: 'silent-token', account: { label: 'me' } } : undefined;
        }
        if (refuses) {
          throw new Error('User did not consent to login.');
        }
        return { accessToken: 'dialog-token', account: { label: 'me' } };
      },
    },
    l10n: { t: (text, ...values) => text.replace(/\{(\d)\}/g, (_, index) => values[index]) },
    window: { showErrorMessage: async (message) => void shown.push(message) },
    workspace: { isTrusted: trusted, getConfiguration: () => ({ get: () => environment }) },
  };
  const module = { exports: {} };
  const require = createRequire(import.meta.url);
  new Function('module', 'exports', 'require', bundle.outputFiles[0].text)(module, module.exports, (name) =>
    name === 'vscode' ? vscode : require(name),
  );
  return { ...module.exports, asked, shown };
}

const scope = 'https://management.azure.com/.default';
const params = { scopes: [scope], cloud: 'public', interactive: false };

test('a session that is there is taken without a dialog, for the tenant', async () => {
  const { giveToken, asked } = load();
  assert.deepEqual(await giveToken({ ...params, tenant: 'contoso', interactive: true }), { token: 'silent-token', account: 'me' });
  assert.deepEqual(asked, [['microsoft', `${scope} VSCODE_TENANT:contoso`, 'silent']]);
});

test('in the background no dialog opens', async () => {
  const { giveToken, asked } = load({ signedIn: false });
  assert.equal(await giveToken(params), null);
  assert.equal(await giveToken({ ...params, claims: '{}' }), null);
  assert.deepEqual(asked, [['microsoft', scope, 'silent']]);
});

test('who asked for something is asked to sign in', async () => {
  const { giveToken, asked } = load({ signedIn: false });
  assert.equal((await giveToken({ ...params, tenant: null, interactive: true }))?.token, 'dialog-token');
  assert.deepEqual(
    asked.map(([, , how]) => how),
    ['silent', 'createIfNone'],
  );
});

test('who refuses gives no token', async () => {
  assert.equal(await load({ signedIn: false, refuses: true }).giveToken({ ...params, interactive: true }), null);
});

test('where the service asks for more, the session that is there is not enough', async () => {
  const { giveToken, asked } = load();
  assert.equal((await giveToken({ ...params, claims: '{}', interactive: true }))?.token, 'dialog-token');
  assert.deepEqual(asked, [['microsoft', scope, 'forceNewSession']]);
});

test('a workspace that is not trusted gets no token', async () => {
  const { giveToken, asked } = load({ trusted: false });
  assert.equal(await giveToken({ ...params, interactive: true }), null);
  assert.deepEqual(asked, []);
});

for (const [cloud, environment, endpoint] of [
  ['usGovernment', 'USGovernment', 'management.usgovcloudapi.net'],
  ['china', 'ChinaCloud', 'management.chinacloudapi.cn'],
]) {
  const wanted = { ...params, cloud, scopes: [`https://${endpoint}/.default`] };
  test(`${cloud} has a provider of its own, once the setting names it`, async () => {
    const ready = load({ environment });
    assert.equal((await ready.giveToken(wanted))?.token, 'silent-token');
    assert.equal(ready.asked[0][0], 'microsoft-sovereign-cloud');
    const other = load({ environment: 'custom' });
    assert.equal(await other.giveToken(wanted), null);
    assert.deepEqual([other.asked, other.shown], [[], []]);
    assert.equal(await other.giveToken({ ...wanted, interactive: true }), null);
    assert.match(other.shown[0], new RegExp(`environment.*${environment}`));
  });
}

test('Databricks workspaces have one scope in every cloud', async () => {
  const scopes = ['2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default'];
  assert.equal((await load().giveToken({ ...params, scopes }))?.token, 'silent-token');
  assert.equal((await load({ environment: 'ChinaCloud' }).giveToken({ ...params, cloud: 'china', scopes }))?.token, 'silent-token');
});

for (const scopes of [
  ['https://graph.microsoft.com/.default'],
  ['https://management.usgovcloudapi.net/.default'],
  [scope, 'offline_access'],
  [],
]) {
  test(`a token for ${scopes.join(' and ') || 'nothing'} is not given`, async () => {
    const { giveToken, asked } = load();
    assert.equal(await giveToken({ ...params, scopes, interactive: true }), null);
    assert.deepEqual(asked, []);
  });
}

test('a cloud that is unknown gets no token', async () => {
  const { giveToken, asked } = load();
  assert.equal(await giveToken({ ...params, cloud: 'https://example.org', interactive: true }), null);
  assert.deepEqual(asked, []);
});

test('what is logged holds no secret that was typed', () => {
  const { keepOutOfLog, withoutTokens } = load();
  const lines = [];
  const output = withoutTokens({ trace: (...parts) => lines.push(...parts) });
  keepOutOfLog('hush "now"');
  keepOutOfLog(undefined);
  keepOutOfLog('');
  output.trace(`Params: ${JSON.stringify({ parameters: { key: 'hush "now"' } })}`);
  output.trace('hush "now"');
  assert.deepEqual(lines, ['Params: {"parameters":{"key":"(secret)"}}', '(secret)']);
});

test('what is logged holds no token', async () => {
  const { giveToken, withoutTokens } = load();
  const lines = [];
  const output = withoutTokens({ logLevel: 1, trace: (...parts) => lines.push(...parts) });
  await giveToken(params);
  output.trace('Result: {"token":"silent-token"}', 7);
  assert.deepEqual(lines, ['Result: {"token":"(token)"}', 7]);
  assert.equal(output.logLevel, 1);
});
