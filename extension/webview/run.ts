// A run's view: a chart of what began and ended when, and beside it what the chosen activity took and gave.
import './texts';
import * as l10n from '@vscode/l10n';
import { durationText, iconOf } from '../src/runText';
import { element } from './elements';
import { barOf, type FromRunView, linksOf, type Row, rowsOf, scaleOf, ticksOf, type ToRunView } from './gantt';
import { runStyle } from './runStyle';

declare function acquireVsCodeApi(): {
  postMessage(message: FromRunView): void;
  getState(): { source?: string } | undefined;
  setState(state: { source: string }): void;
};

const host = acquireVsCodeApi();
const styles = new CSSStyleSheet();
styles.replaceSync(runStyle);
document.adoptedStyleSheets = [styles];

type Show = Extract<ToRunView, { type: 'show' }>;

function button(text: string, act: () => void, label = text): HTMLButtonElement {
  const made = element('button', { type: 'button', title: label, 'aria-label': label }, text);
  made.addEventListener('click', act);
  return made;
}

const isOver = (status: string) => !['Queued', 'InProgress', 'Canceling'].includes(status);

class RunView {
  #shown: Show | undefined;
  #rows: Row[] = [];
  #selected: string | undefined;
  readonly #title = element('h1');
  readonly #state = element('span', { class: 'state', role: 'status' });
  readonly #history = element('select', { 'aria-label': l10n.t('Runs of this pipeline') });
  readonly #cancel = button(
    l10n.t('Cancel'),
    () => host.postMessage({ type: 'cancel' }),
    l10n.t('Cancel the run with those that it has called'),
  );
  readonly #rerun = button(
    l10n.t('Rerun from failed'),
    () => host.postMessage({ type: 'rerun' }),
    l10n.t('Run what failed again, and what comes after it'),
  );
  readonly #again = button(
    l10n.t('Run again…'),
    () => host.postMessage({ type: 'again' }),
    l10n.t('Run the pipeline with these values once more'),
  );
  readonly #monitor = button(
    l10n.t('Monitor'),
    () => this.#shown?.monitor && host.postMessage({ type: 'link', address: this.#shown.monitor }),
    l10n.t('Open the run in Azure'),
  );
  readonly #problem = element('div', { class: 'problem', role: 'alert' });
  readonly #chart = element('div', { class: 'chart', role: 'listbox', 'aria-label': l10n.t('Activities') });
  readonly #axis = element('div', { class: 'axis', 'aria-hidden': 'true' });
  readonly #details = element('section', { class: 'details', 'aria-live': 'polite', 'aria-label': l10n.t('Details') });

  constructor() {
    const tools = element('div', { class: 'tools', role: 'toolbar', 'aria-label': l10n.t('Run') });
    tools.append(
      this.#title,
      this.#state,
      element('span', { class: 'space' }),
      this.#history,
      this.#cancel,
      this.#rerun,
      this.#again,
      this.#monitor,
    );
    const main = element('div', { class: 'main' }, element('div', { class: 'left' }, this.#axis, this.#chart), this.#details);
    document.body.append(tools, this.#problem, main);
    this.#history.addEventListener('change', () => host.postMessage({ type: 'choose', runId: this.#history.value }));
    this.#chart.addEventListener('keydown', (event) => this.#key(event));
    // What goes on grows.
    setInterval(() => this.#rows.some(({ status }) => !isOver(status)) && this.#draw(), 1000);
  }

  take(message: ToRunView): void {
    if (message.type === 'history') {
      this.#history.replaceChildren(...message.runs.map(({ runId, label }) => element('option', { value: runId }, label)));
      this.#history.value = this.#shown?.rootId ?? '';
      return;
    }
    if (this.#shown?.rootId !== message.rootId) {
      this.#selected = undefined;
    }
    this.#shown = message;
    host.setState({ source: message.source });
    this.#rows = rowsOf(message.runs, message.activities, message.rootId);
    // What failed is what one looks for.
    this.#selected ??= this.#rows.find(({ activity, status }) => activity && status === 'Failed')?.key;
    this.#draw();
  }

  #draw(): void {
    const shown = this.#shown;
    if (!shown) {
      return;
    }
    const now = Date.now();
    const root = this.#rows.find(({ run }) => run?.runId === shown.rootId) ?? this.#rows.find(({ run }) => run);
    // What could not be found has no state.
    const status = root?.status ?? (shown.problem ? '' : 'Queued');
    this.#title.textContent = shown.title;
    this.#state.hidden = status === '';
    this.#state.textContent = `${iconOf(status)} ${status}${root?.durationMs === undefined ? '' : ` · ${durationText(root.durationMs)}`}`;
    this.#state.className = `state ${status.toLowerCase()}`;
    this.#cancel.hidden = isOver(status);
    this.#rerun.hidden = status !== 'Failed' && status !== 'Cancelled';
    this.#again.hidden = !root || !isOver(status);
    this.#monitor.hidden = !shown.monitor;
    this.#history.hidden = this.#history.options.length < 2;
    this.#problem.textContent = shown.problem ?? '';
    this.#problem.hidden = !shown.problem;
    this.#drawChart(now);
    this.#showDetails();
  }

  #drawChart(now: number): void {
    const hadFocus = this.#chart.contains(document.activeElement);
    const scale = scaleOf(this.#rows, now);
    this.#axis.replaceChildren(
      ...ticksOf(scale, Math.max(2, Math.floor(this.#axis.clientWidth / 72)))
        // There is no room for words at the very end.
        .filter((tick) => tick < 0.85 * (scale.end - scale.start))
        .map((tick) => {
          const mark = element('span', {}, tick === 0 ? '0' : durationText(tick));
          mark.style.left = `${(100 * tick) / (scale.end - scale.start)}%`;
          return mark;
        }),
    );
    this.#chart.replaceChildren(
      ...this.#rows.map((row) => {
        const duration =
          row.durationMs === undefined
            ? row.start === undefined || isOver(row.status)
              ? ''
              : durationText(now - row.start)
            : durationText(row.durationMs);
        const name = element('span', { class: 'name' }, `${iconOf(row.status)} ${row.name}`, element('small', {}, row.detail));
        name.style.paddingLeft = `${8 + 14 * row.depth}px`;
        const lane = element('span', { class: 'lane' });
        const bar = barOf(row, scale, now);
        if (bar) {
          const drawn = element('span', { class: `bar ${row.status.toLowerCase()}${row.run ? ' whole' : ''}` });
          drawn.style.left = `${bar.left}%`;
          drawn.style.width = `${bar.width}%`;
          const label = element('span', { class: 'duration' }, duration);
          label.style.left = bar.left + bar.width < 80 ? `calc(${bar.left + bar.width}% + 6px)` : `calc(${bar.left}% - 6px)`;
          label.classList.toggle('before', bar.left + bar.width >= 80);
          lane.append(drawn, label);
        }
        const isSelected = row.key === this.#selected;
        const made = element(
          'div',
          {
            class: `row${isSelected ? ' selected' : ''}`,
            role: 'option',
            tabindex: '-1',
            'aria-selected': String(isSelected),
            'data-key': row.key,
          },
          name,
          lane,
        );
        made.setAttribute('aria-label', [row.name, row.detail, row.status, duration].filter(Boolean).join(', '));
        made.addEventListener('click', () => this.#select(row.key));
        made.addEventListener('dblclick', () => host.postMessage({ type: 'open', key: row.key }));
        return made;
      }),
    );
    const reachable = this.#rowElement(this.#selected) ?? this.#chart.querySelector<HTMLElement>('.row');
    reachable?.setAttribute('tabindex', '0');
    if (hadFocus) {
      reachable?.focus({ preventScroll: true });
    }
  }

  #rowElement(key: string | undefined): HTMLElement | null {
    return key === undefined ? null : this.#chart.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  }

  #select(key: string | undefined): void {
    this.#selected = key;
    this.#draw();
    const row = this.#rowElement(key);
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    const at = this.#rows.findIndex(({ key }) => key === this.#selected);
    const next: Record<string, number> = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: this.#rows.length - 1 };
    const wanted = this.#rows[next[event.key] ?? -1];
    if (wanted) {
      event.preventDefault();
      this.#select(wanted.key);
    } else if (event.key === 'Enter' && this.#selected !== undefined) {
      host.postMessage({ type: 'open', key: this.#selected });
    }
  }

  #showDetails(): void {
    const row = this.#rows.find(({ key }) => key === this.#selected);
    const { activity, run } = row ?? {};
    const block = (title: string, value: unknown) =>
      value === undefined
        ? []
        : [element('h3', {}, title), element('pre', { tabindex: '0' }, typeof value === 'string' ? value : JSON.stringify(value, null, 2))];
    const error = activity?.error ? [activity.error.errorCode, activity.error.message].filter(Boolean).join(': ') : run?.message;
    const links = linksOf(activity?.output).map((address) =>
      button(address, () => host.postMessage({ type: 'link', address }), l10n.t('Open {0}', address)),
    );
    links.forEach((link) => link.classList.add('link'));
    this.#details.replaceChildren(
      ...(row
        ? [
            element('h2', {}, row.name),
            element(
              'p',
              {},
              [row.detail, row.status, row.durationMs === undefined ? '' : durationText(row.durationMs)].filter(Boolean).join(' · '),
            ),
            ...(activity?.hasText ? [button(l10n.t('Go to text'), () => host.postMessage({ type: 'open', key: row.key }))] : []),
            ...links,
            ...(error ? [element('div', { class: 'error' }, error)] : []),
            ...block(l10n.t('Parameters'), run?.parameters),
            ...block(l10n.t('Input'), activity?.input),
            ...block(l10n.t('Output'), activity?.output),
          ]
        : this.#rows.length === 0 && this.#shown?.problem
          ? [
              element('p', { class: 'hint' }, l10n.t('There is no run to show.')),
              button(l10n.t('Run…'), () => host.postMessage({ type: 'run' }), l10n.t('Run the pipeline')),
            ]
          : [element('p', { class: 'hint' }, l10n.t('Choose an activity to see what it took and what it gave.'))]),
    );
  }
}

const view = new RunView();
window.addEventListener('message', ({ data }: MessageEvent<ToRunView>) => view.take(data));
host.postMessage({ type: 'ready' });
