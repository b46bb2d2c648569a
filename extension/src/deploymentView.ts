// The view of a deployment: the plan to say yes to, and what becomes of each resource. What is done, `deploy.ts` does.
import { env, type ExtensionContext, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import {
  type FromDeployView,
  keyOf,
  type ShownDeployment,
  type ShownResource,
  type ToDeployView,
  withChange,
  withWaiting,
} from '../webview/deployModel';
import type { PlanDocuments } from './plan';
import type { DeployChange, DeployResult, PlannedResource, PlanResult, Target } from './protocol';
import { columnOfViews, webviewOptions, webviewPage } from './webviewPage';

const viewType = 'pipewright.deployment';
/** Many resources change at once. */
const drawingPause = 80;

/** What can be asked for in the view. */
export interface DeploymentActions {
  compare: () => Promise<void>;
  deploy: () => Promise<void>;
  setScope: (wholeFactory: boolean, deletes: boolean) => Promise<void>;
  changeTarget: () => Promise<void>;
  rollBack: () => Promise<void>;
  cancel: () => void;
}

/** What a deployment is of, and where it goes. */
export interface DeploymentSubject {
  uri: string;
  target: Target;
  wholeFactory: boolean;
  deletes: boolean;
}

/** One deployment, shown or not: a view that is opened later shows how far it has come. */
export class DeploymentView {
  readonly #context: ExtensionContext;
  readonly #plans: PlanDocuments;
  #actions: DeploymentActions | undefined;
  #panel: WebviewPanel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shown: ShownDeployment | undefined;
  #plan: PlanResult | undefined;
  #files = new Map<string, string>();
  #journal: string | undefined;

  constructor(context: ExtensionContext, plans: PlanDocuments) {
    this.#context = context;
    this.#plans = plans;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#panel?.dispose();
  }

  /** Whether there is something to show. */
  get isFilled(): boolean {
    return this.#shown !== undefined;
  }

  /** Begins to show another deployment, in the phase that it begins with. */
  begin(phase: 'comparing' | 'deploying', subject: DeploymentSubject, actions: DeploymentActions, isRollback = false): void {
    this.#actions = actions;
    this.#plan = undefined;
    this.#journal = undefined;
    this.#files = new Map([]);
    const { uri, target, wholeFactory, deletes } = subject;
    this.#shown = {
      id: (this.#shown?.id ?? 0) + 1,
      phase,
      what: isRollback || wholeFactory ? l10n.t('the factory') : (Uri.parse(uri).path.split('/').at(-1) ?? uri),
      factory: target.factory,
      target: target.name,
      isEmulator: target.isEmulator,
      isRollback,
      wholeFactory,
      deletes,
      summary: '',
      succeeded: false,
      warnings: [],
      resources: [],
      hasJournal: false,
    };
    this.#drawSoon();
  }

  /** Shows what would change. */
  showPlan(plan: PlanResult): void {
    this.#plan = plan;
    plan.changes.forEach((change) => this.#remember(change));
    this.#change({ phase: 'plan', summary: plan.summary, warnings: plan.warnings, resources: plan.changes.map(shownOf) });
  }

  /** Shows that what was planned is being done. */
  showBeginning(): void {
    this.#change({ phase: 'deploying', problem: undefined, resources: withWaiting(this.#shown?.resources ?? []) });
  }

  showChange({ kind, name, state, error, workspace }: DeployChange): void {
    this.#change({ resources: withChange(this.#shown?.resources ?? [], { kind, name, state, error, workspace }) });
  }

  showResult(result: DeployResult): void {
    this.#journal = result.journal ?? undefined;
    let resources = this.#shown?.resources ?? [];
    for (const { kind, name, action, error, link, workspace, uri } of result.results) {
      this.#remember({ kind, name, workspace, uri });
      resources = withChange(resources, { kind, name, state: action, error, link, workspace, hasText: Boolean(uri) });
    }
    // Of these nothing was said; nothing was done with them either.
    resources = resources.map((one) => (one.state === 'waiting' || one.state === 'running' ? { ...one, state: 'notAttempted' } : one));
    this.#change({
      phase: 'done',
      succeeded: result.succeeded,
      summary: result.summary,
      resources,
      hasJournal: this.#journal !== undefined,
    });
  }

  /** Says why nothing could be planned or done. */
  showProblem(problem: string): void {
    const resources = (this.#shown?.resources ?? []).map((one) => ({ ...one, state: undefined }));
    this.#change({ phase: 'problem', problem, resources });
  }

  /** Opens the view beside the text, or brings it to the front. */
  open(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, false);
    } else {
      const { extensionUri } = this.#context;
      const title = l10n.t('Deployment');
      const panel = window.createWebviewPanel(viewType, title, { viewColumn: columnOfViews() }, webviewOptions(extensionUri));
      panel.iconPath = Uri.joinPath(extensionUri, 'icons', 'pipewright.png');
      panel.onDidDispose(() => (this.#panel = undefined));
      panel.webview.onDidReceiveMessage((message: FromDeployView) => this.#take(message));
      panel.webview.html = webviewPage(panel.webview, extensionUri, 'deploy.js', title);
      this.#panel = panel;
    }
    this.#drawSoon();
  }

  close(): void {
    this.#panel?.dispose();
  }

  #remember({
    kind,
    name,
    workspace,
    uri,
  }: {
    kind: string;
    name: string;
    workspace?: string | null | undefined;
    uri?: string | null | undefined;
  }): void {
    if (uri) {
      this.#files.set(keyOf({ kind, name, workspace }), uri);
    }
  }

  #change(change: Partial<ShownDeployment>): void {
    if (this.#shown) {
      this.#shown = { ...this.#shown, ...change };
      this.#drawSoon();
    }
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => this.#draw(), drawingPause);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#panel && this.#shown) {
      this.#panel.title = l10n.t('Deploy to {0}', this.#shown.target);
      void this.#panel.webview.postMessage({ type: 'show', shown: this.#shown } satisfies ToDeployView);
    }
  }

  async #take(message: FromDeployView): Promise<void> {
    try {
      await this.#act(message);
    } catch (error) {
      await window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  async #act(message: FromDeployView): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#draw();
        break;
      case 'deploy':
        await this.#actions?.deploy();
        break;
      case 'compare':
        await this.#actions?.compare();
        break;
      case 'scope':
        await this.#actions?.setScope(message.wholeFactory, message.deletes);
        break;
      case 'changeTarget':
        await this.#actions?.changeTarget();
        break;
      case 'rollBack':
        await this.#actions?.rollBack();
        break;
      case 'cancel':
        this.#actions?.cancel();
        break;
      case 'close':
        this.close();
        break;
      case 'diff':
        await this.#showDiff(message.key);
        break;
      case 'open':
        await openBeside(this.#files.get(message.key));
        break;
      case 'link': {
        const link = this.#shown?.resources.find((one) => keyOf(one) === message.key)?.link;
        if (link) {
          await env.openExternal(Uri.parse(link));
        }
        break;
      }
      case 'journal':
        await openBeside(this.#journal === undefined ? undefined : Uri.file(this.#journal).toString());
        break;
    }
  }

  async #showDiff(key: string | undefined): Promise<void> {
    if (!this.#plan) {
      return;
    }
    const change = this.#plan.changes.find((one) => keyOf(one) === key);
    await (change ? this.#plans.showOne(this.#plan, change) : this.#plans.show(this.#plan));
  }
}

/** Opens a text in the column of texts, so that the view stays. */
async function openBeside(uri: string | undefined): Promise<void> {
  if (uri) {
    const visible = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
    await window.showTextDocument(Uri.parse(uri), { viewColumn: visible?.viewColumn ?? ViewColumn.One });
  }
}

const shownOf = ({
  kind,
  name,
  workspace,
  action,
  why,
  properties,
  changedOutside,
  uri,
  before,
  after,
}: PlannedResource): ShownResource => ({
  kind,
  name,
  workspace: workspace ?? undefined,
  action,
  why: why ?? undefined,
  properties: properties ?? [],
  changedOutside: changedOutside ?? [],
  hasText: Boolean(uri),
  hasDiff: typeof before === 'string' || typeof after === 'string',
});
