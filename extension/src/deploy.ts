// `Pipewright: Deploy`: shows the plan where something is to be asked, carries it out, and tells what became of each resource.
import { commands, type ExtensionContext, l10n, type LogOutputChannel, ProgressLocation, window, workspace } from 'vscode';
import type { LanguageClient, ProgressToken } from 'vscode-languageclient/node';
import type { DeploymentSubject, DeploymentView } from './deploymentView';
import type { DeployFailures } from './failures';
import {
  type DeployChange,
  deployChanged,
  deployRequest,
  type DeployResult,
  planRequest,
  type PlanResult,
  rollbackRequest,
  type Target,
} from './protocol';
import { saveAll } from './settings';
import { activeFile, chooseTarget, findTarget } from './target';

/** What a deployment needs of the extension. */
export interface DeployScene {
  client: LanguageClient;
  context: ExtensionContext;
  output: LogOutputChannel;
  failures: DeployFailures;
  view: DeploymentView;
  /** The factory has changed. */
  onDone: () => void;
}

/** When a deployment is shown before it is made. */
type Asking = 'always' | 'azure' | 'risks';

/** Deploys the file, by default that of the active editor, to the target, by default the current one. */
export async function deploy(scene: DeployScene, uri = activeFile(), targetName?: string): Promise<DeployResult | undefined> {
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('Open the pipeline to deploy first.'));
    return undefined;
  }
  if (!workspace.isTrusted) {
    await window.showWarningMessage(l10n.t('Pipewright deploys from trusted workspaces only.'));
    return undefined;
  }
  const target = (await findTarget(scene.client, uri, targetName)) ?? (await chooseTarget(scene.client, scene.context));
  if (target === undefined || !(await saveAll())) {
    return undefined;
  }
  const deployment = new Deployment(scene, { uri, target, wholeFactory: false, deletes: false });
  const asking = workspace.getConfiguration('pipewright').get<Asking>('deploy.ask', 'azure');
  if (target.isEmulator && asking !== 'always') {
    return deployment.carryOut();
  }
  if (asking === 'risks') {
    const plan = await deployment.compare(false);
    if (plan && !isRisky(plan) && isAgreed(scene.context, target)) {
      return deployment.carryOut();
    }
    scene.view.open();
    return undefined;
  }
  scene.view.open();
  await deployment.compare(true);
  return undefined;
}

/** Shows what a deployment would change, and lets it be made from there. */
export async function showPlan(scene: DeployScene, uri = activeFile()): Promise<void> {
  const target =
    uri === undefined ? undefined : ((await findTarget(scene.client, uri)) ?? (await chooseTarget(scene.client, scene.context)));
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('Open a file of the factory first.'));
  } else if (target) {
    scene.view.open();
    await new Deployment(scene, { uri, target, wholeFactory: false, deletes: false }).compare(true);
  }
}

/** Puts back what the last deployment to the target, or that of a journal, has changed. */
export async function rollBack(
  scene: DeployScene,
  uri = activeFile(),
  targetName?: string,
  journal?: string,
): Promise<DeployResult | undefined> {
  const target = uri === undefined ? undefined : await findTarget(scene.client, uri, targetName);
  if (uri === undefined || target === undefined || !workspace.isTrusted) {
    await window.showInformationMessage(l10n.t('Open a file of the factory first, and choose its target.'));
    return undefined;
  }
  return (await isRollbackWanted(target))
    ? new Deployment(scene, { uri, target, wholeFactory: true, deletes: false }).rollBack(journal)
    : undefined;
}

async function isRollbackWanted({ factory }: Target): Promise<boolean> {
  const question = l10n.t('Put {0} back as it was before the last deployment?', factory);
  const yes = l10n.t('Roll Back');
  return (await window.showWarningMessage(question, { modal: true }, yes)) === yes;
}

const agreedFactoriesKey = 'agreedFactories';

/** Whether the user has said yes to this factory before: a file of the workspace may have put another one in its place. */
const isAgreed = ({ workspaceState }: ExtensionContext, { factory }: Target) =>
  workspaceState.get<string[]>(agreedFactoriesKey, []).includes(factory);

const agree = ({ workspaceState }: ExtensionContext, { factory }: Target) =>
  workspaceState.update(agreedFactoriesKey, [...new Set([...workspaceState.get<string[]>(agreedFactoriesKey, []), factory])]);

/** Whether somebody should look at a plan before it is carried out. */
const isRisky = ({ changes, warnings }: PlanResult) =>
  warnings.length > 0 || changes.some(({ action, changedOutside }) => action === 'delete' || (changedOutside ?? []).length > 0);

/** One deployment from its plan to its end, and back. */
class Deployment {
  readonly #scene: DeployScene;
  #subject: DeploymentSubject;
  #cancel: () => void = () => undefined;
  /** Whether the view shows this very deployment. */
  #isShown = false;
  #journal: string | undefined;

  constructor(scene: DeployScene, subject: DeploymentSubject) {
    this.#scene = scene;
    this.#subject = subject;
  }

  /** Makes the plan and shows it. Gives undefined where it can't be made, which is told. */
  async compare(isInView: boolean): Promise<PlanResult | undefined> {
    const { client, view } = this.#scene;
    const { uri, target, wholeFactory, deletes } = this.#subject;
    view.begin('comparing', this.#subject, this.#actions);
    try {
      const title = l10n.t('Comparing with {0}', target.factory);
      // The view says how far it is, and has a button of its own to stop it.
      const location = isInView ? ProgressLocation.Window : ProgressLocation.Notification;
      const plan = await this.#withProgress(
        title,
        (workDoneToken) =>
          client.sendRequest(planRequest, { textDocument: { uri }, target: target.name, wholeFactory, deletes, workDoneToken }),
        location,
      );
      view.showPlan(plan);
      this.#isShown = true;
      return plan;
    } catch (error) {
      this.#tellProblem(error, isInView);
      return undefined;
    }
  }

  /** Deploys. What went wrong with the whole is told and thrown, as other commands do it. */
  async carryOut(): Promise<DeployResult> {
    const { client, view, failures } = this.#scene;
    const { uri, target, wholeFactory, deletes } = this.#subject;
    if (this.#isShown) {
      view.showBeginning();
    } else {
      view.begin('deploying', this.#subject, this.#actions);
    }
    this.#isShown = true;
    const result = await this.#apply(l10n.t('Deploying to {0}', target.name), (workDoneToken) =>
      client.sendRequest(deployRequest, {
        textDocument: { uri },
        target: target.name,
        wholeFactory,
        deletes,
        workDoneToken,
        reportResources: true,
      }),
    );
    failures.show(result.results);
    this.#report(result, false);
    return result;
  }

  async rollBack(journal?: string): Promise<DeployResult> {
    const { client, view } = this.#scene;
    const { uri, target } = this.#subject;
    view.begin('deploying', this.#subject, this.#actions, true);
    const result = await this.#apply(l10n.t('Rolling back in {0}', target.name), (workDoneToken) =>
      client.sendRequest(rollbackRequest, {
        textDocument: { uri },
        target: target.name,
        workDoneToken,
        reportResources: true,
        ...(journal === undefined ? {} : { journal }),
      }),
    );
    this.#report(result, true);
    return result;
  }

  readonly #actions = {
    compare: async () => {
      await saveAll();
      await this.compare(true);
    },
    deploy: async () => {
      if (!workspace.isTrusted) {
        throw new Error(l10n.t('Pipewright deploys from trusted workspaces only.'));
      }
      if (await saveAll()) {
        await agree(this.#scene.context, this.#subject.target);
        // Told in the view.
        await this.carryOut().catch(() => undefined);
      }
    },
    setScope: async (wholeFactory: boolean, deletes: boolean) => {
      this.#subject = { ...this.#subject, wholeFactory, deletes };
      await this.compare(true);
    },
    changeTarget: async () => {
      const target = await commands.executeCommand<Target | undefined>('pipewright.chooseTarget', this.#subject.uri);
      if (target) {
        this.#subject = { ...this.#subject, target };
        await this.compare(true);
      }
    },
    rollBack: async () => {
      if (await isRollbackWanted(this.#subject.target)) {
        await this.rollBack(this.#journal);
      }
    },
    cancel: () => this.#cancel(),
  };

  /** Sends what changes something, with its progress in a notification and in the view. */
  async #apply(title: string, send: (token: string) => Promise<DeployResult>): Promise<DeployResult> {
    const { client, view, onDone } = this.#scene;
    try {
      const result = await this.#withProgress(title, async (token) => {
        listeners.set(token, (change) => view.showChange(change));
        listen(client);
        try {
          return await send(token);
        } finally {
          listeners.delete(token);
        }
      });
      this.#journal = result.journal ?? undefined;
      view.showResult(result);
      return result;
    } catch (error) {
      view.showProblem(error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      onDone();
    }
  }

  #tellProblem(error: unknown, isInView: boolean): void {
    const problem = error instanceof Error ? error.message : String(error);
    this.#scene.view.showProblem(problem);
    if (!isInView) {
      void window.showErrorMessage(problem);
    }
  }

  /** Runs a request with a notification that shows the server's progress. Cancel ends it after the resource at hand: the result says how far it came. */
  #withProgress<T>(title: string, send: (token: string) => Promise<T>, location = ProgressLocation.Notification): Thenable<T> {
    const { client } = this.#scene;
    return window.withProgress({ location, title, cancellable: true }, async (progress, cancellation) => {
      const { WorkDoneProgress, WorkDoneProgressCancelNotification } = await import('./client.js');
      const workDoneToken = `pipewright-deploy-${++deployments}`;
      let reached = 0;
      this.#cancel = () => void client.sendNotification(WorkDoneProgressCancelNotification.type, { token: workDoneToken });
      const subscriptions = [
        client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
          if (step.kind !== 'report') {
            return;
          }
          const percentage = step.percentage ?? reached;
          progress.report({ ...(step.message === undefined ? {} : { message: step.message }), increment: percentage - reached });
          reached = percentage;
        }),
        cancellation.onCancellationRequested(() => this.#cancel()),
      ];
      try {
        return await send(workDoneToken);
      } finally {
        this.#cancel = () => undefined;
        subscriptions.forEach((subscription) => subscription.dispose());
      }
    });
  }

  #report(result: DeployResult, isRollback: boolean): void {
    const { output } = this.#scene;
    const { succeeded, summary, results } = result;
    output.info(`${isRollback ? 'Rollback in' : 'Deploy to'} ${this.#subject.target.name}: ${summary}`);
    for (const { kind, name, action, error } of results) {
      output.info(`  ${kind} ${name}: ${action}${error ? `: ${error}` : ''}`);
    }
    // Not awaited: the message stays until the user closes it.
    void this.#tellResult(succeeded, summary, !isRollback && Boolean(result.journal));
  }

  async #tellResult(succeeded: boolean, summary: string, canRollBack: boolean): Promise<void> {
    const details = l10n.t('Show Details');
    const back = l10n.t('Roll Back');
    const answer = await (succeeded
      ? window.showInformationMessage(summary, details)
      : window.showErrorMessage(summary, details, ...(canRollBack ? [back] : [])));
    if (answer === details) {
      this.#scene.view.open();
    } else if (answer === back) {
      await this.rollBack(this.#journal);
    }
  }
}

let deployments = 0;

/** Who is told of the resources of which request. */
const listeners = new Map<ProgressToken, (change: DeployChange) => void>();
const listened = new WeakSet<LanguageClient>();

/** A server that was started anew is another client. */
function listen(client: LanguageClient): void {
  if (!listened.has(client)) {
    listened.add(client);
    client.onNotification(deployChanged, (change) => listeners.get(change.token)?.(change));
  }
}
