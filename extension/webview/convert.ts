// The preview of a conversion: the files that it makes, what would be overwritten or lost, and the yes.
import { decide, type FromConvertView, type ShownConversion, type ShownFile, type ToConvertView } from './convertModel';
import { element } from './elements';
import { button, goKey, pageStyle, useStyle } from './page';
import { fill } from './words';
import { words } from './convertWords';

declare function acquireVsCodeApi(): { postMessage(message: FromConvertView): void };

const host = acquireVsCodeApi();

useStyle(
  pageStyle,
  `
main > * { max-width: 1100px; }
ul.files { list-style: none; margin: 0; padding: 0; }
ul.files li { display: flex; align-items: baseline; gap: 8px; padding: 4px 6px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.about { flex: 1; display: flex; flex-wrap: wrap; align-items: baseline; gap: 1px 10px; }
.sign { flex: none; width: 14px; text-align: center; font-weight: 700; }
.new .sign { color: var(--vscode-charts-green); }
.differs .sign { color: var(--vscode-editorWarning-foreground); }
.path { font-weight: 600; overflow-wrap: anywhere; }
.state { font-size: 11px; border: 1px solid currentColor; border-radius: 8px; padding: 0 7px; }
.empty { margin: 40px auto; text-align: center; }
.status { flex: 1 1 240px; }
`,
);

/** More are listed only when they are asked for. */
const mostLosses = 8;

const signs = { new: '+', same: '=', differs: '!' };

class ConvertView {
  #shown: ShownConversion | undefined;
  readonly #title = element('h1');
  readonly #main = element('main', { tabindex: '-1' });
  readonly #status = element('p', { class: 'status', role: 'status', 'aria-live': 'polite' });
  readonly #buttons = element('div', { class: 'line' });
  readonly #overwrites = element('input', { type: 'checkbox' });
  readonly #deletes = element('input', { type: 'checkbox' });
  readonly #convert = button(words.convert, () => this.#tryConvert(), { label: words.convertHint, look: 'primary' });

  constructor() {
    this.#convert.append(' ', goKey());
    this.#deletes.checked = true;
    document.body.append(element('header', {}, this.#title), this.#main, element('footer', {}, this.#status, this.#buttons));
    [this.#overwrites, this.#deletes].forEach((box) => box.addEventListener('change', () => this.#tell()));
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#tryConvert();
      }
    });
  }

  get #wishes() {
    // Files elsewhere are copies: what they are made of stays.
    return { overwrites: this.#overwrites.checked, deletesSources: this.#deletes.checked && this.#shown?.out === undefined };
  }

  take({ shown }: ToConvertView): void {
    const isFirst = this.#shown === undefined;
    this.#shown = shown;
    this.#title.textContent = fill(words.title, shown.what);
    this.#draw(shown);
    const close = button(words.close, () => host.postMessage({ type: 'close' }));
    const again = button(words.again, () => host.postMessage({ type: 'again' }));
    this.#buttons.replaceChildren(
      ...(shown.phase === 'preview'
        ? [again, close, this.#convert]
        : shown.phase === 'writing' || shown.phase === 'reading'
          ? [close]
          : [again, close]),
    );
    this.#tell();
    if (isFirst) {
      this.#main.focus();
    }
  }

  #draw(shown: ShownConversion): void {
    const { files, losses } = shown;
    const isOver = shown.phase === 'done';
    this.#main.replaceChildren(
      ...(shown.phase === 'problem' ? [element('div', { class: 'alert', role: 'alert' }, shown.message ?? '')] : []),
      ...(isOver ? [] : [this.#choices(shown)]),
      ...(shown.phase === 'preview' && files.length === 0
        ? [
            element(
              'div',
              { class: 'empty' },
              element('p', {}, element('strong', {}, words.nothing)),
              element('p', { class: 'faint' }, words.nothingHint),
            ),
          ]
        : []),
      ...(shown.already > 0 ? [element('p', { class: 'faint' }, fill(words.already, String(shown.already)))] : []),
      ...(losses.length > 0
        ? [
            element(
              'div',
              { class: 'warn' },
              element(
                'details',
                // Many are looked at by whoever wants to.
                losses.length > mostLosses ? {} : { open: '' },
                element('summary', {}, element('strong', {}, `⚠ ${words.losses} (${losses.length})`)),
                element('ul', {}, ...losses.map((text) => element('li', {}, text))),
              ),
            ),
          ]
        : files.length > 0
          ? [element('p', {}, `✓ ${words.noLosses}`)]
          : []),
      ...(files.length > 0
        ? [
            element('h2', {}, fill(words.files, String(files.length))),
            element('ul', { class: 'files' }, ...files.map((file) => this.#lineOf(file, isOver))),
          ]
        : []),
    );
  }

  #choices({ to, out, files, phase }: ShownConversion): HTMLElement {
    const radio = (form: 'spec' | 'git', text: string) => {
      const input = element('input', { type: 'radio', name: 'to' });
      input.checked = to === form;
      input.disabled = phase === 'writing';
      input.addEventListener('change', () => host.postMessage({ type: 'to', to: form }));
      return element('label', { class: 'choice' }, input, text);
    };
    const where = element(
      'div',
      { class: 'line' },
      element('span', {}, out === undefined ? words.inPlace : fill(words.elsewhere, out)),
      button(words.chooseFolder, () => host.postMessage({ type: 'chooseFolder' })),
      ...(out === undefined ? [] : [button(words.inPlaceAgain, () => host.postMessage({ type: 'inPlace' }))]),
    );
    const overwrite = element('label', { class: 'choice' }, this.#overwrites, words.overwrite);
    overwrite.hidden = !files.some(({ state }) => state === 'differs');
    const remove = element('label', { class: 'choice' }, this.#deletes, words.deleteSources);
    remove.hidden = out !== undefined || files.length === 0;
    return element(
      'div',
      {},
      element('fieldset', {}, element('legend', {}, words.to), radio('spec', words.toSpec), radio('git', words.toGit)),
      element('fieldset', {}, element('legend', {}, words.where), where, remove, overwrite),
    );
  }

  #lineOf(file: ShownFile, isOver: boolean): HTMLElement {
    const { uri, path, source, sourceUri, state } = file;
    const label = (text: string) => ({ label: `${text}: ${path}`, look: 'link' });
    return element(
      'li',
      { class: state },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[state]),
      element(
        'span',
        { class: 'about' },
        element('span', { class: 'path' }, path),
        ...(isOver ? [] : [element('span', { class: 'state' }, words[state])]),
        element('span', { class: 'faint' }, fill(words.made, source)),
        element('span', { class: 'space' }),
        ...(isOver
          ? [button(words.openSource, () => host.postMessage({ type: 'open', uri }), label(words.openSource))]
          : [
              button(words.compare, () => host.postMessage({ type: 'compare', uri, with: 'source' }), label(words.compare)),
              ...(state === 'differs'
                ? [button(words.compareThere, () => host.postMessage({ type: 'compare', uri, with: 'there' }), label(words.compareThere))]
                : []),
              button(words.openSource, () => host.postMessage({ type: 'open', uri: sourceUri }), label(words.openSource)),
            ]),
      ),
    );
  }

  /** What a yes would do, in numbers. */
  #tell(): void {
    const shown = this.#shown;
    if (!shown) {
      return;
    }
    const { write, kept, remove } = decide(shown.files, this.#wishes);
    this.#convert.disabled = write.length + remove.length === 0;
    const parts = [
      fill(words.willWrite, String(write.length)),
      ...(remove.length > 0 ? [fill(words.willDelete, String(remove.length))] : []),
      ...(kept.length > 0 ? [fill(words.willKeep, String(kept.length))] : []),
    ];
    const texts = {
      reading: words.reading,
      preview: shown.files.length === 0 ? '' : parts.join(' '),
      writing: words.writing,
      done: `✓ ${shown.message ?? ''}`,
      problem: '',
    };
    this.#status.textContent = texts[shown.phase];
  }

  #tryConvert(): void {
    if (this.#shown?.phase === 'preview' && !this.#convert.disabled) {
      host.postMessage({ type: 'convert', wishes: this.#wishes });
    }
  }
}

const view = new ConvertView();
window.addEventListener('message', ({ data }: MessageEvent<ToConvertView>) => view.take(data));
host.postMessage({ type: 'ready' });
