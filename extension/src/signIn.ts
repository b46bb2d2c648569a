// The user's own sign-in to Microsoft, for the server: it asks by `pipewright/getToken`, and the answer comes from VS Code's accounts.
import { authentication, type AuthenticationGetSessionOptions, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

export interface TokenParams {
  scopes: string[];
  /** Which of Azure's clouds. */
  cloud: string;
  tenant?: string | null;
  /** What the service asks for beyond a token. */
  claims?: string | null;
  /** Whether the user has just asked for something that needs a sign-in; nothing else may open a dialog. */
  interactive: boolean;
}

export interface TokenResult {
  token: string;
  /** Who is signed in, to be shown. */
  account: string;
}

/** The other clouds have one provider of VS Code's, and a setting that says which of them it is for. */
const sovereignProvider = 'microsoft-sovereign-cloud';
const sovereignEnvironments: Record<string, string> = { usGovernment: 'USGovernment', china: 'ChinaCloud' };

/** What tokens may be for, by cloud: Azure Resource Manager, and Databricks workspaces, which are one application in all clouds. */
const databricks = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default';
const knownScopes: Record<string, string[]> = {
  public: ['https://management.azure.com/.default', databricks],
  usGovernment: ['https://management.usgovcloudapi.net/.default', databricks],
  china: ['https://management.chinacloudapi.cn/.default', databricks],
};

/** Tokens of late: what is logged must not hold them. */
const given: string[] = [];

/** Answers the server's requests for tokens. */
export function serveTokens(client: LanguageClient): void {
  client.onRequest('pipewright/getToken', giveToken);
}

/** A token of the user's; null where there is none, and where the user does not want to sign in. */
export async function giveToken({ scopes, cloud, tenant, claims, interactive }: TokenParams): Promise<TokenResult | null> {
  const isKnown = scopes.length === 1 && scopes.every((scope) => knownScopes[cloud]?.includes(scope));
  if (!isKnown || !workspace.isTrusted || !(await isReady(cloud, interactive))) {
    return null;
  }
  const provider = cloud === 'public' ? 'microsoft' : sovereignProvider;
  const wanted = [...scopes, ...(tenant ? [`VSCODE_TENANT:${tenant}`] : [])];
  const get = (options: AuthenticationGetSessionOptions) => authentication.getSession(provider, wanted, options);
  try {
    // A session that is there already is not enough where the service asks for more.
    const session =
      (claims ? undefined : await get({ silent: true })) ??
      (interactive
        ? await get(claims ? { forceNewSession: { detail: l10n.t('Azure asks for another sign-in.') } } : { createIfNone: true })
        : undefined);
    return session ? remember(session.accessToken, session.account.label) : null;
  } catch {
    // Refused or cancelled: the server says what that means for what it was about.
    return null;
  }
}

/** Whether the provider is for that cloud. */
async function isReady(cloud: string, interactive: boolean): Promise<boolean> {
  const environment = sovereignEnvironments[cloud];
  const setting = `${sovereignProvider}.environment`;
  if (cloud === 'public' || (environment !== undefined && workspace.getConfiguration().get<string>(setting) === environment)) {
    return true;
  }
  if (interactive && environment !== undefined) {
    // Not awaited: the message stays until the user closes it.
    void window.showErrorMessage(l10n.t('To sign in to this cloud, set `{0}` to `{1}`.', setting, environment));
  }
  return false;
}

function remember(token: string, account: string): TokenResult {
  given.push(token);
  given.splice(0, given.length - 8);
  return { token, account };
}

/** Values of secret parameters that were typed: they go into no log either. */
const secrets = new Set<string>();

export function keepOutOfLog(secret: string | undefined): void {
  if (secret) {
    secrets.add(secret);
    // As it stands in a message.
    secrets.add(JSON.stringify(secret).slice(1, -1));
  }
}

/** The same channel, for the trace of all messages: tokens and secrets do not come into it. */
export function withoutTokens(output: LogOutputChannel): LogOutputChannel {
  return new Proxy(output, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (...values: unknown[]) => member.apply(target, values.map(scrub)) as unknown : member;
    },
  });
}

function scrub(value: unknown): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  const withoutGiven = given.reduce((text, token) => text.replaceAll(token, '(token)'), value);
  return [...secrets].reduce((text, secret) => text.replaceAll(secret, '(secret)'), withoutGiven);
}
