// The words of a view in the user's language: the page brings them, where it is another one than English. To be loaded before all that speaks.
import { config } from '@vscode/l10n';

const contents = document.getElementById('texts')?.textContent;
if (contents) {
  config({ contents });
}
