// Which documents are ours, and that they are ours alone: VS Code's JSON and other people's YAML extensions answer for every document of their
// languages, so a document that this extension answers for gets a language of its own.
import { type Disposable, languages, type TextDocument, workspace } from 'vscode';

/** The folders of the Git form that hold resources. */
const gitFolders = '{pipeline,dataset,linkedService,trigger,dataflow,integrationRuntime,credential,factory,managedVirtualNetwork,adfcdc}';

/** Where documents of ours are: on a disk, unsaved, and where the open folders are. Old versions in a comparison are none. */
export const ownSchemes = (): string[] => [
  ...new Set(['file', 'untitled', ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]),
];

/** The patterns of the user's settings that name resources, or those that leave files alone. */
function userPatterns(isOurs: boolean): string[] {
  const files = workspace.getConfiguration('pipewright').get<Record<string, string>>('files', {});
  return Object.entries(files).flatMap(([pattern, kind]) => ((kind !== 'none') === isOurs ? [`**/${pattern}`] : []));
}

const matches = (document: TextDocument, patterns: readonly string[]) =>
  patterns.some((pattern) => languages.match({ pattern }, document) > 0);

/** Whether the user has said which language a file is in. */
function isAssociated(document: TextDocument): boolean {
  const associations = Object.keys(workspace.getConfiguration('files', document.uri).get<Record<string, string>>('associations', {}));
  return matches(
    document,
    associations.map((pattern) => (pattern.includes('/') ? pattern : `**/${pattern}`)),
  );
}

/** Our language for a document that has another one; undefined for what is not ours. */
function languageFor(document: TextDocument): string | undefined {
  const { languageId, uri } = document;
  if (languageId.startsWith('pipewright-') || !ownSchemes().includes(uri.scheme) || matches(document, userPatterns(false))) {
    return undefined;
  }
  if (matches(document, userPatterns(true))) {
    return /\.ya?ml$/i.test(uri.path) ? 'pipewright-yaml' : 'pipewright-json';
  }
  // A folder called `dataset` may hold anything: a resource has properties, or nothing yet.
  const isResource =
    languageId === 'json' && matches(document, [`**/${gitFolders}/**/*.json`]) && /^\s*$|"properties"\s*:/.test(document.getText());
  return isResource && !isAssociated(document) ? 'pipewright-json' : undefined;
}

/** Gives our documents their languages as they are opened. A language that the user chooses afterwards stays. */
export class OwnDocuments implements Disposable {
  readonly #taken = new Set<string>();
  readonly #subscriptions: Disposable[];

  constructor() {
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.#take(document)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        // A document that changes its language is closed and opened in one go.
        setTimeout(() => {
          if (!workspace.textDocuments.some((open) => open.uri.toString() === uri.toString())) {
            this.#taken.delete(uri.toString());
          }
        });
      }),
    ];
    workspace.textDocuments.forEach((document) => this.#take(document));
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => subscription.dispose());
  }

  #take(document: TextDocument): void {
    const key = document.uri.toString();
    const language = this.#taken.has(key) ? undefined : languageFor(document);
    if (language) {
      this.#taken.add(key);
      void languages.setTextDocumentLanguage(document, language);
    }
  }
}
