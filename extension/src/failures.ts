// What the service refused, shown in the file that it came from until the file changes or is deployed again.
import { Diagnostic, DiagnosticSeverity, type Disposable, l10n, languages, Range, Uri, workspace } from 'vscode';
import type { ResourceResult } from './protocol';

/** The failures of the last deployment. */
export class DeployFailures implements Disposable {
  readonly #diagnostics = languages.createDiagnosticCollection('pipewright-deploy');
  readonly #changes = workspace.onDidChangeTextDocument(({ document }) => this.#diagnostics.delete(document.uri));

  /** Replaces what is shown by the failures among the results. */
  show(results: readonly ResourceResult[]): void {
    this.#diagnostics.clear();
    const failed = results.filter(({ uri, error }) => uri && error);
    this.#diagnostics.set(failed.map(({ uri, error, range }) => [Uri.parse(uri!), [failure(error!, range)]]));
  }

  dispose(): void {
    this.#changes.dispose();
    this.#diagnostics.dispose();
  }
}

/** Of what is about no place in particular, the first line. */
function failure(message: string, place: ResourceResult['range']): Diagnostic {
  const named = place ? new Range(place.start.line, place.start.character, place.end.line, place.end.character) : undefined;
  const range = named && !named.isEmpty ? named : new Range(0, 0, 0, Number.MAX_SAFE_INTEGER);
  const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Error);
  diagnostic.source = l10n.t('Deploy');
  return diagnostic;
}
