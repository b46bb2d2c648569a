// `Pipewright: Deploy`: asks what must be asked, shows the server's progress, and shows what became of each resource.
import { type ExtensionContext, type LogOutputChannel, ProgressLocation, Uri, window, workspace } from 'vscode';
import { type LanguageClient, WorkDoneProgress, WorkDoneProgressCancelNotification } from 'vscode-languageclient/node';
import { saveAll } from './client';
import type { DeployFailures } from './failures';
import { deployRequest, type DeployResult, type Target } from './protocol';
import { activeFile, chooseTarget, findTarget } from './target';

/** What a deployment needs of the extension. */
export interface DeployScene {
  client: LanguageClient;
  context: ExtensionContext;
  output: LogOutputChannel;
  failures: DeployFailures;
}

/** Deploys the file, by default that of the active editor, to the target, by default the current one. */
export async function deploy(scene: DeployScene, uri = activeFile(), targetName?: string): Promise<DeployResult | undefined> {
  if (uri === undefined) {
    await window.showInformationMessage('Open the pipeline to deploy first.');
    return undefined;
  }
  if (!workspace.isTrusted) {
    await window.showWarningMessage('Pipewright deploys from trusted workspaces only.');
    return undefined;
  }
  const target = await confirmedTarget(scene, uri, targetName);
  if (target === undefined || !(await saveAll())) {
    return undefined;
  }
  const result = await withProgress(scene.client, uri, target);
  scene.failures.show(result.results);
  report(scene.output, target, result);
  return result;
}

/** The target to deploy to, once the user agrees: an emulator needs no question, a factory in Azure does. */
async function confirmedTarget({ client, context }: DeployScene, uri: string, targetName?: string): Promise<Target | undefined> {
  const target = (await findTarget(client, uri, targetName)) ?? (await chooseTarget(client, context));
  if (target === undefined || target.isEmulator) {
    return target;
  }
  const file = Uri.parse(uri).path.split('/').at(-1);
  const question = `Deploy ${file} and what it depends on to ${target.factory}?`;
  return (await window.showWarningMessage(question, { modal: true }, 'Deploy')) === 'Deploy' ? target : undefined;
}

/** Runs the request with a notification that shows the server's progress. Cancel ends it after the resource at hand: the result says how far it came. */
function withProgress(client: LanguageClient, uri: string, target: Target): Thenable<DeployResult> {
  const options = { location: ProgressLocation.Notification, title: `Deploying to ${target.name}`, cancellable: true };
  return window.withProgress(options, async (progress, cancellation) => {
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
      return await client.sendRequest(deployRequest, { textDocument: { uri }, target: target.name, workDoneToken });
    } finally {
      subscriptions.forEach((subscription) => subscription.dispose());
    }
  });
}

let deployments = 0;

function report(output: LogOutputChannel, target: Target, { succeeded, summary, results }: DeployResult): void {
  output.info(`Deploy to ${target.name}: ${summary}`);
  for (const { kind, name, action, error } of results) {
    output.info(`  ${kind} ${name}: ${action}${error ? `: ${error}` : ''}`);
  }
  // Not awaited: the message stays until the user closes it.
  void (succeeded ? window.showInformationMessage(summary) : showFailure(output, summary));
}

async function showFailure(output: LogOutputChannel, summary: string): Promise<void> {
  if ((await window.showErrorMessage(summary, 'Show Output')) !== undefined) {
    output.show();
  }
}
