// `Pipewright: Show Changes`: what a deployment would change, in VS Code's own diff editor.
import { commands, EventEmitter, type Disposable, l10n, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type DeployParams, planRequest, type PlannedResource, type PlanResult } from './protocol';

const scheme = 'pipewright-plan';

/** The texts of the last plan, as documents that can't be edited. */
export class PlanDocuments implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens all that would change in one editor; tells where there is nothing. */
  async show(plan: PlanResult): Promise<void> {
    const changes = plan.changes.filter(({ action }) => action !== 'none');
    if (changes.length === 0) {
      await window.showInformationMessage(l10n.t('{0} is as the files want it: nothing to deploy.', plan.factory));
      return;
    }
    const resources = changes.map((change) => [
      this.#uri(plan, change),
      this.#put(plan, change, 'before'),
      this.#put(plan, change, 'after'),
    ]);
    await commands.executeCommand('vscode.changes', l10n.t('Changes in {0}: {1}', plan.factory, plan.summary), resources);
  }

  /** Opens what would change of one resource. */
  async showOne(plan: PlanResult, change: PlannedResource): Promise<void> {
    const sides = (['before', 'after'] as const).map((side) => this.#put(plan, change, side) ?? this.put('/nothing', ''));
    await commands.executeCommand('vscode.diff', ...sides, l10n.t('{0}: now, and as it is wanted', change.name), { preview: true });
  }

  /** Makes a text a document. */
  put(path: string, text: string): Uri {
    const uri = Uri.from({ scheme, path });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #put(plan: PlanResult, change: PlannedResource, side: 'before' | 'after'): Uri | undefined {
    const text = change[side];
    if (text === null || text === undefined) {
      return undefined;
    }
    const uri = this.#uri(plan, change, side);
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  // What goes into a workspace is named by its path there, and is no JSON.
  #uri = ({ target }: PlanResult, { kind, name, workspace: host }: PlannedResource, query = ''): Uri =>
    Uri.from({ scheme, path: host ? `/${target}/${host}${name}` : `/${target}/${kind}/${name}.json`, query });
}

/** Asks for the plan and shows it. */
export async function showChanges(client: LanguageClient, documents: PlanDocuments, params: DeployParams): Promise<PlanResult> {
  const plan = await client.sendRequest(planRequest, params);
  await documents.show(plan);
  return plan;
}
