// `Pipewright: Deploy`: asks what must be asked, shows the server's progress, and shows what became of each resource.
import { type ExtensionContext, l10n, type LogOutputChannel, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DeployFailures } from './failures';
import { describePlan, type PlanDocuments } from './plan';
import { deployRequest, type DeployResult, planRequest, rollbackRequest, type Target } from './protocol';
import { saveAll } from './settings';
import { activeFile, chooseTarget, findTarget } from './target';

/** What a deployment needs of the extension. */
export interface DeployScene {
  client: LanguageClient;
  context: ExtensionContext;
  output: LogOutputChannel;
  failures: DeployFailures;
  plans: PlanDocuments;
}

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
  if (target === undefined || !(await saveAll()) || !(await isConfirmed(scene, uri, target))) {
    return undefined;
  }
  const result = await withProgress(scene.client, l10n.t('Deploying to {0}', target.name), (workDoneToken) =>
    scene.client.sendRequest(deployRequest, { textDocument: { uri }, target: target.name, workDoneToken }),
  );
  scene.failures.show(result.results);
  report(scene, uri, target, result);
  return result;
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
  const question = l10n.t('Put {0} back as it was before the last deployment?', target.factory);
  const yes = l10n.t('Roll Back');
  if (journal === undefined && (await window.showWarningMessage(question, { modal: true }, yes)) !== yes) {
    return undefined;
  }
  const result = await withProgress(scene.client, l10n.t('Rolling back in {0}', target.name), (workDoneToken) =>
    scene.client.sendRequest(rollbackRequest, {
      textDocument: { uri },
      target: target.name,
      workDoneToken,
      ...(journal === undefined ? {} : { journal }),
    }),
  );
  report(scene, uri, target, result, true);
  return result;
}

/** Whether to go on: an emulator needs no question, a factory in Azure does. */
async function isConfirmed({ client, plans }: DeployScene, uri: string, target: Target): Promise<boolean> {
  if (target.isEmulator) {
    return true;
  }
  const file = Uri.parse(uri).path.split('/').at(-1) ?? uri;
  const plan = await withProgress(client, l10n.t('Comparing with {0}', target.factory), (workDoneToken) =>
    client.sendRequest(planRequest, { textDocument: { uri }, target: target.name, workDoneToken }),
  );
  if (plan.changes.every(({ action }) => action === 'none')) {
    await window.showInformationMessage(l10n.t('{0} has {1} and what it depends on as they are: nothing to deploy.', target.factory, file));
    return false;
  }
  const question = l10n.t('Deploy {0} and what it depends on to {1}?', file, target.factory);
  const [yes, show] = [l10n.t('Deploy'), l10n.t('Show Changes')];
  const answer = await window.showWarningMessage(question, { modal: true, detail: describePlan(plan) }, yes, show);
  if (answer === show) {
    await plans.show(plan);
  }
  return answer === yes;
}

/** Runs a request with a notification that shows the server's progress. Cancel ends it after the resource at hand: the result says how far it came. */
function withProgress<T>(client: LanguageClient, title: string, send: (token: string) => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, cancellation) => {
    const { WorkDoneProgress, WorkDoneProgressCancelNotification } = await import('./client.js');
    const workDoneToken = `pipewright-deploy-${++deployments}`;
    let reached = 0;
    const subscriptions = [
      client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
        if (step.kind !== 'report') {
          return;
        }
        const percentage = step.percentage ?? reached;
        progress.report({ ...(step.message === undefined ? {} : { message: step.message }), increment: percentage - reached });
        reached = percentage;
      }),
      cancellation.onCancellationRequested(() =>
        client.sendNotification(WorkDoneProgressCancelNotification.type, { token: workDoneToken }),
      ),
    ];
    try {
      return await send(workDoneToken);
    } finally {
      subscriptions.forEach((subscription) => subscription.dispose());
    }
  });
}

let deployments = 0;

function report(scene: DeployScene, uri: string, target: Target, result: DeployResult, isRollback = false): void {
  const { succeeded, summary, results, journal } = result;
  scene.output.info(`${isRollback ? 'Rollback in' : 'Deploy to'} ${target.name}: ${summary}`);
  for (const { kind, name, action, error } of results) {
    scene.output.info(`  ${kind} ${name}: ${action}${error ? `: ${error}` : ''}`);
  }
  // Not awaited: the message stays until the user closes it.
  void (succeeded ? window.showInformationMessage(summary) : showFailure(scene, uri, target, summary, isRollback ? null : journal));
}

async function showFailure(
  scene: DeployScene,
  uri: string,
  target: Target,
  summary: string,
  journal: string | null | undefined,
): Promise<void> {
  const [show, back] = [l10n.t('Show Output'), l10n.t('Roll Back')];
  const answer = await window.showErrorMessage(summary, show, ...(journal ? [back] : []));
  if (answer === show) {
    scene.output.show();
  } else if (answer === back && journal) {
    await rollBack(scene, uri, target.name, journal);
  }
}
