// The form that asks for a run's parameters. What a value must be, and what is wrong with one, the server says.
import { element } from './elements';
import { button, goKey, pageStyle, useStyle } from './page';
import {
  type Entries,
  type FormField,
  type FromRunForm,
  hintOf,
  inOrder,
  laidOut,
  type Problem,
  statusOf,
  textOf,
  type ToRunForm,
  toSend,
} from './runFormModel';
import { fill } from './words';
import { words } from './runFormWords';

declare function acquireVsCodeApi(): { postMessage(message: FromRunForm): void };

const host = acquireVsCodeApi();
const checkPause = 150;

useStyle(
  pageStyle,
  `
.field { padding: 7px 0 5px; }
.field .head { display: flex; align-items: baseline; gap: 8px; margin-bottom: 3px; }
.field .head label { font-weight: 600; }
.type, .mark { font-size: 11px; color: var(--vscode-descriptionForeground); }
.mark { border: 1px solid currentColor; border-radius: 8px; padding: 0 6px; }
.below { display: flex; flex-wrap: wrap; gap: 2px 12px; font-size: 12px; margin-top: 2px; }
.wrong { font-size: 12px; margin-top: 2px; color: var(--vscode-errorForeground); }
.wrong:empty { display: none; }
.wrong::before { content: '✗ '; }
.status { flex: 1 1 240px; }
.status.bad::before { content: '✗ '; }
.status.good::before { content: '✓ '; }
`,
);

type Show = Extract<ToRunForm, { type: 'show' }>;
type Control = HTMLInputElement | HTMLTextAreaElement;

/** A field with what belongs to it. */
interface Row {
  field: FormField;
  control: Control;
  hint: HTMLElement;
  wrong: HTMLElement;
  reset: HTMLButtonElement;
}

class RunForm {
  #shown: Show | undefined;
  #entries: Entries = {};
  #problems: Problem[] = [];
  #rows: Row[] = [];
  /** Fields that were typed in or left; a value that is missing is no mistake before that. */
  readonly #touched = new Set<string>();
  #checks = 0;
  #timer: number | undefined;
  /** Waits for the check of what is on the screen. */
  #runsNext = false;

  readonly #title = element('h1');
  readonly #target = element('span', { class: 'faint' });
  readonly #fields = element('div');
  readonly #origin = element('p', { class: 'faint' });
  readonly #alert = element('div', { class: 'alert', role: 'alert', hidden: '' });
  readonly #deployed = radio('how', words.deployed, words.deployedHint);
  readonly #scratch = radio('how', words.scratch, words.scratchHint);
  readonly #status = element('p', { class: 'status', role: 'status', 'aria-live': 'polite' });
  readonly #run = button(words.run, () => this.#tryRun(), { label: words.runHint, look: 'primary' });
  readonly #resetAll = button(words.resetAll, () => this.#set({}, ''));
  readonly #earlier = button(words.earlier, () => host.postMessage({ type: 'earlier' }));

  constructor() {
    this.#run.append(' ', goKey());
    const how = element('fieldset', {}, element('legend', {}, words.whatRuns), this.#deployed.line, this.#scratch.line);
    const change = button(words.changeTarget, () => host.postMessage({ type: 'changeTarget' }), { look: 'link' });
    document.body.append(
      element('header', {}, this.#title, element('div', { class: 'line' }, this.#target, change)),
      element(
        'main',
        {},
        this.#alert,
        how,
        element('h2', {}, words.parameters),
        element('div', { class: 'line' }, this.#origin, element('span', { class: 'space' }), this.#earlier, this.#resetAll),
        this.#fields,
      ),
      element(
        'footer',
        {},
        this.#status,
        element(
          'div',
          { class: 'line' },
          button(words.cancel, () => host.postMessage({ type: 'cancel' })),
          this.#run,
        ),
      ),
    );
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#tryRun();
      }
    });
  }

  take(message: ToRunForm): void {
    switch (message.type) {
      case 'show':
        this.#show(message);
        break;
      case 'target':
        this.#tellTarget(message.factory, message.isEmulator);
        break;
      case 'entries':
        this.#set(message.entries, message.origin);
        break;
      case 'checked':
        if (message.id === this.#checks) {
          this.#problems = inOrder(this.#shown?.fields ?? [], message.problems);
          this.#mark();
          if (this.#runsNext) {
            this.#runsNext = false;
            this.#send();
          }
        }
        break;
      case 'failed':
        this.#setBusy(false);
        this.#alert.textContent = message.message;
        this.#alert.hidden = false;
        this.#alert.scrollIntoView({ block: 'nearest' });
        this.#mark();
        break;
    }
  }

  #tellTarget(factory: string, isEmulator: boolean): void {
    this.#target.textContent = fill(words.inTarget, isEmulator ? fill(words.emulator, factory) : factory);
  }

  #show(shown: Show): void {
    this.#shown = shown;
    this.#alert.hidden = true;
    this.#touched.clear();
    this.#title.textContent = fill(words.title, shown.pipeline);
    this.#tellTarget(shown.factory, shown.isEmulator);
    (shown.scratch ? this.#scratch : this.#deployed).input.checked = true;
    this.#rows = shown.fields.map((field) => this.#makeRow(field));
    this.#fields.replaceChildren(
      ...(this.#rows.length > 0 ? this.#rows.map((row) => this.#lineOf(row)) : [element('p', { class: 'faint' }, words.noParameters)]),
    );
    this.#resetAll.hidden = this.#earlier.hidden = this.#rows.length === 0;
    this.#set(shown.entries, shown.origin ?? '');
    this.#setBusy(false);
    // Where nothing is asked for, Enter runs.
    (
      this.#rows.find(({ field }) => field.required && this.#entries[field.name] === undefined)?.control ??
      this.#rows[0]?.control ??
      this.#run
    ).focus();
  }

  #makeRow(field: FormField): Row {
    const id = `field-${field.name}`;
    const described = { id, 'aria-describedby': `${id}-hint ${id}-wrong`, 'data-name': field.name };
    const hasLines = /\n/.test(textOf(field, this.#shown?.entries ?? {}));
    const control: Control =
      field.kind === 'boolean'
        ? element('input', { type: 'checkbox', ...described })
        : field.kind === 'list' || field.kind === 'object'
          ? element('textarea', { rows: '4', spellcheck: 'false', ...described })
          : field.kind === 'text' && hasLines
            ? element('textarea', { rows: '3', class: 'prose', spellcheck: 'false', ...described })
            : element('input', {
                type: field.kind === 'secret' ? 'password' : 'text',
                autocomplete: field.kind === 'secret' ? 'new-password' : 'off',
                spellcheck: 'false',
                ...(field.kind === 'integer' ? { inputmode: 'numeric' } : field.kind === 'number' ? { inputmode: 'decimal' } : {}),
                ...described,
              });
    if (field.required) {
      control.setAttribute('aria-required', 'true');
    }
    const row: Row = {
      field,
      control,
      hint: element('span', { id: `${id}-hint`, class: 'faint' }),
      wrong: element('div', { id: `${id}-wrong`, class: 'wrong' }),
      reset: button(field.required ? words.clear : words.reset, () => this.#reset(row), {
        label: `${field.required ? words.clear : words.reset}: ${field.name}`,
        look: 'link',
      }),
    };
    control.addEventListener(field.kind === 'boolean' ? 'change' : 'input', () => this.#take(row));
    control.addEventListener('blur', () => {
      this.#touched.add(field.name);
      this.#mark();
    });
    return row;
  }

  #lineOf({ field, control, hint, wrong, reset }: Row): HTMLElement {
    const name = element('label', { for: control.id }, field.name);
    const head = element('div', { class: 'head' }, name, element('span', { class: 'type' }, field.type ?? ''));
    if (field.required) {
      head.append(element('span', { class: 'mark' }, words.required));
    }
    const below = element('div', { class: 'below' }, hint, reset);
    if (control instanceof HTMLTextAreaElement && field.kind !== 'text') {
      below.append(
        button(
          words.layOut,
          () => {
            control.value = laidOut(control.value);
            this.#fit(control);
          },
          { label: `${words.layOut}: ${field.name}`, look: 'link' },
        ),
      );
    }
    if (field.kind === 'boolean') {
      head.prepend(control);
      return element('div', { class: 'field' }, head, below, wrong);
    }
    return element('div', { class: 'field' }, head, control, below, wrong);
  }

  /** What was typed counts; a number that is taken away again does not. */
  #take({ field, control }: Row): void {
    this.#touched.add(field.name);
    const text = control instanceof HTMLInputElement && control.type === 'checkbox' ? String(control.checked) : control.value;
    const isNothing = text.trim() === '' && field.kind !== 'text';
    if (isNothing) {
      delete this.#entries[field.name];
    } else {
      this.#entries[field.name] = text;
    }
    this.#mark();
    this.#checkSoon();
  }

  #reset(row: Row): void {
    delete this.#entries[row.field.name];
    this.#fillIn(row);
    this.#mark();
    this.#checkSoon();
    row.control.focus();
  }

  /** Puts other values in all fields. */
  #set(entries: Entries, origin: string): void {
    this.#entries = { ...entries };
    this.#origin.textContent = origin;
    this.#rows.forEach((row) => this.#fillIn(row));
    this.#mark();
    this.#checkNow();
  }

  #fillIn({ field, control }: Row): void {
    const text = textOf(field, this.#entries);
    if (control instanceof HTMLInputElement && control.type === 'checkbox') {
      control.checked = text.toLowerCase() === 'true';
      control.indeterminate = text === '';
    } else {
      control.value = text;
      this.#fit(control);
    }
  }

  /** As high as its text, within reason. */
  #fit(control: Control): void {
    if (control instanceof HTMLTextAreaElement) {
      control.rows = Math.min(14, Math.max(3, control.value.split('\n').length));
    }
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#checkNow(), checkPause);
  }

  #checkNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const fields = this.#shown?.fields ?? [];
    host.postMessage({ type: 'check', id: ++this.#checks, entries: toSend(fields, this.#entries) });
  }

  /** Says at each field, and in one sentence, what is wrong. */
  #mark(): void {
    for (const { field, control, hint, wrong, reset } of this.#rows) {
      const isGiven = this.#entries[field.name] !== undefined;
      const problem = this.#problems.find(({ name }) => name.toLowerCase() === field.name.toLowerCase());
      // A value that nobody has had the time to type is not yet wrong.
      const isShown = problem !== undefined && (isGiven || this.#touched.has(field.name));
      hint.textContent = field.kind === 'boolean' && !isGiven && field.required ? words.unset : hintOf(words, field, this.#entries);
      wrong.textContent = isShown ? problem.message : '';
      control.setAttribute('aria-invalid', String(isShown));
      reset.hidden = !isGiven;
    }
    if (!this.#run.disabled) {
      this.#status.textContent = statusOf(words, this.#shown?.pipeline ?? '', this.#problems);
      this.#status.className = `status ${this.#problems.length === 0 ? 'good' : 'bad'}`;
    }
  }

  #tryRun(): void {
    if (this.#run.disabled || !this.#shown) {
      return;
    }
    this.#rows.forEach(({ field }) => this.#touched.add(field.name));
    this.#runsNext = true;
    this.#checkNow();
  }

  #send(): void {
    this.#mark();
    if (this.#problems.length > 0) {
      this.#rows.find(({ control }) => control.getAttribute('aria-invalid') === 'true')?.control.focus();
      return;
    }
    this.#alert.hidden = true;
    this.#setBusy(true);
    host.postMessage({ type: 'run', entries: toSend(this.#shown?.fields ?? [], this.#entries), scratch: this.#scratch.input.checked });
  }

  #setBusy(isBusy: boolean): void {
    this.#run.disabled = isBusy;
    if (isBusy) {
      this.#status.textContent = words.running;
      this.#status.className = 'status';
    }
  }
}

function radio(name: string, text: string, hint: string): { line: HTMLElement; input: HTMLInputElement } {
  const input = element('input', { type: 'radio', name });
  return { input, line: element('label', { class: 'choice' }, input, text, ' ', element('span', { class: 'faint' }, hint)) };
}

const form = new RunForm();
window.addEventListener('message', ({ data }: MessageEvent<ToRunForm>) => form.take(data));
host.postMessage({ type: 'ready' });
