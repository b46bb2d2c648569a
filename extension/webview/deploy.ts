// A deployment's view: what is planned and why before anything is done, and then what becomes of each resource.
import {
  type Action,
  type FromDeployView,
  groupsOf,
  hasChanged,
  keyOf,
  kindText,
  progressOf,
  progressText,
  type ShownDeployment,
  type ShownProperty,
  type ShownResource,
  signOf,
  type ToDeployView,
  valueText,
  wordOf,
} from './deployModel';
import { element } from './elements';
import { button, goKey, pageStyle, useStyle } from './page';
import { fill } from './words';
import { words } from './deployWords';

declare function acquireVsCodeApi(): { postMessage(message: FromDeployView): void };

const host = acquireVsCodeApi();

useStyle(
  pageStyle,
  `
main > * { max-width: 1100px; }
.actions { margin-top: 8px; }
.bar { height: 6px; border-radius: 3px; margin-top: 6px; border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); overflow: hidden; }
.bar span { display: block; height: 100%; background: var(--vscode-progressBar-background); }
details.resource { border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); padding: 1px 0; }
details.resource > summary { list-style: none; display: flex; align-items: baseline; gap: 8px; padding: 4px 6px; cursor: pointer; border-radius: 3px; }
details.resource > summary:hover { background: var(--vscode-list-hoverBackground); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
details.resource > summary::before { content: '▸'; width: 10px; color: var(--vscode-descriptionForeground); }
details.resource[open] > summary::before { content: '▾'; }
.about { flex: 1; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; }
.sign { flex: none; width: 14px; text-align: center; font-weight: 700; }
.create .sign, .created .sign, .updated .sign, .deleted .sign { color: var(--vscode-charts-green); }
.update .sign { color: var(--vscode-charts-yellow); }
.delete .sign, .failed .sign { color: var(--vscode-charts-red); }
.running .sign { color: var(--vscode-charts-blue); }
.waiting .sign, .notAttempted .sign, .unchanged .sign { color: var(--vscode-descriptionForeground); }
.name { font-weight: 600; }
.state { font-size: 11px; border: 1px solid currentColor; border-radius: 8px; padding: 0 7px; }
.inside { padding: 2px 6px 10px 40px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 12px; margin: 4px 0 6px; }
caption { text-align: left; }
th { text-align: left; font-weight: 600; color: var(--vscode-descriptionForeground); }
th, td { padding: 2px 8px 2px 0; vertical-align: top; overflow-wrap: anywhere; }
th:first-child { width: 44%; }
td { font-family: var(--vscode-editor-font-family, monospace); border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
td.gone { text-decoration: line-through; }
td.absent { font-style: italic; font-family: inherit; color: var(--vscode-descriptionForeground); }
.empty { margin: 40px auto; text-align: center; }
.status { flex: 1 1 240px; }
`,
);

class DeployView {
  #shown: ShownDeployment | undefined;
  readonly #open = new Map<string, boolean>();
  readonly #title = element('h1');
  readonly #place = element('div', { class: 'line faint' });
  readonly #bar = element('span');
  readonly #progress = element('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-label': words.running }, this.#bar);
  readonly #main = element('main', { tabindex: '-1' });
  readonly #status = element('p', { class: 'status', role: 'status', 'aria-live': 'polite' });
  readonly #buttons = element('div', { class: 'line' });

  constructor() {
    // Above the list: notifications would cover what is below it.
    const foot = element('div', { class: 'line actions' }, this.#status, this.#buttons);
    document.body.append(element('header', {}, this.#title, this.#place, this.#progress, foot), this.#main);
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.#canDeploy) {
        event.preventDefault();
        host.postMessage({ type: 'deploy' });
      }
    });
  }

  get #canDeploy(): boolean {
    return this.#shown?.phase === 'plan' && this.#shown.resources.some(({ action }) => action !== 'none');
  }

  take({ shown }: ToDeployView): void {
    const isNew = this.#shown?.phase !== shown.phase;
    if (this.#shown?.id !== shown.id) {
      this.#open.clear();
    }
    this.#shown = shown;
    const factory = shown.isEmulator ? fill(words.emulator, shown.factory) : shown.factory;
    this.#title.textContent = fill(shown.isRollback ? words.rollbackTitle : words.title, shown.what, factory);
    this.#drawPlace(shown);
    const { done, total } = progressOf(shown.resources);
    this.#progress.hidden = shown.phase !== 'deploying' && shown.phase !== 'comparing';
    this.#progress.setAttribute('aria-valuemax', String(total));
    this.#progress.setAttribute('aria-valuenow', String(done));
    this.#bar.style.width = shown.phase === 'comparing' ? '30%' : `${total === 0 ? 0 : Math.round((100 * done) / total)}%`;
    this.#drawMain(shown);
    this.#status.textContent = this.#statusText(shown);
    this.#drawButtons(shown, isNew);
  }

  #drawPlace(shown: ShownDeployment): void {
    if (shown.phase !== 'plan' && shown.phase !== 'problem') {
      this.#place.replaceChildren(shown.target);
      return;
    }
    const scope = element(
      'select',
      { 'aria-label': words.scope, class: 'scope' },
      element('option', { value: 'file' }, words.scopeFile),
      element('option', { value: 'factory' }, words.scopeFactory),
    );
    scope.style.width = 'auto';
    scope.value = shown.wholeFactory ? 'factory' : 'file';
    const deletes = element('input', { type: 'checkbox' });
    deletes.checked = shown.deletes;
    const tell = () =>
      host.postMessage({ type: 'scope', wholeFactory: scope.value === 'factory', deletes: scope.value === 'factory' && deletes.checked });
    scope.addEventListener('change', tell);
    deletes.addEventListener('change', tell);
    const withDeletes = element('label', {}, deletes, words.deletes);
    withDeletes.hidden = !shown.wholeFactory;
    this.#place.replaceChildren(
      shown.target,
      button(words.changeTarget, () => host.postMessage({ type: 'changeTarget' }), { look: 'link' }),
      ...(shown.isRollback ? [] : [scope, withDeletes]),
    );
  }

  #drawMain(shown: ShownDeployment): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
    const top = this.#main.scrollTop;
    const changes = shown.resources.filter(({ action }) => action !== 'none');
    this.#main.replaceChildren(
      ...(shown.problem ? [element('div', { class: 'alert', role: 'alert' }, shown.problem)] : []),
      ...(shown.warnings.length > 0 && shown.phase !== 'done'
        ? [
            element(
              'div',
              { class: 'warn' },
              element('strong', {}, `⚠ ${words.warnings}`),
              element('ul', {}, ...shown.warnings.map((text) => element('li', {}, text))),
            ),
          ]
        : []),
      ...(shown.phase === 'plan' && changes.length === 0
        ? [
            element(
              'div',
              { class: 'empty' },
              element('p', {}, element('strong', {}, fill(words.nothing, shown.factory))),
              element('p', { class: 'faint' }, words.nothingHint),
            ),
          ]
        : []),
      ...groupsOf(shown.resources).flatMap(({ action, kinds }) => [
        element(
          'h2',
          {},
          `${shown.phase === 'done' && action !== 'none' ? words[`${action}Done`] : words[action]} (${kinds.reduce((count, { resources }) => count + resources.length, 0)})`,
        ),
        ...kinds.flatMap(({ kind, resources }) => [
          element('h3', {}, kindText(words, kind, resources.length)),
          ...resources.map((resource) => this.#lineOf(resource, action)),
        ]),
      ]),
    );
    this.#main.scrollTop = top;
    if (focused) {
      this.#main.querySelector<HTMLElement>(`summary[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  }

  #lineOf(resource: ShownResource, action: Action): HTMLElement {
    const key = keyOf(resource);
    const word = wordOf(words, resource);
    const summary = element(
      'summary',
      { 'data-key': key },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, signOf(resource)),
      element(
        'span',
        { class: 'about' },
        element('span', { class: 'name' }, resource.name),
        ...(resource.workspace ? [element('span', { class: 'faint' }, resource.workspace)] : []),
        ...(word && resource.state !== undefined ? [element('span', { class: 'state' }, word)] : []),
        element('span', { class: 'faint' }, resource.why ?? ''),
      ),
    );
    const made = element('details', { class: `resource ${resource.state ?? action}` }, summary, this.#inside(resource, key));
    // What failed is what one looks for.
    made.open = this.#open.get(key) ?? resource.state === 'failed';
    // Not when it has opened: it may be drawn anew before that is told.
    summary.addEventListener('click', () => this.#open.set(key, !made.open));
    return made;
  }

  #inside(resource: ShownResource, key: string): HTMLElement {
    const actions = [
      ...(resource.hasDiff
        ? [button(words.diff, () => host.postMessage({ type: 'diff', key }), { label: `${words.diff}: ${resource.name}` })]
        : []),
      ...(resource.hasText
        ? [button(words.openFile, () => host.postMessage({ type: 'open', key }), { label: `${words.openFile}: ${resource.name}` })]
        : []),
      ...(resource.link
        ? [button(words.openStudio, () => host.postMessage({ type: 'link', key }), { label: `${words.openStudio}: ${resource.name}` })]
        : []),
    ];
    return element(
      'div',
      { class: 'inside' },
      ...(resource.error ? [element('div', { class: resource.state === 'failed' ? 'alert' : 'faint' }, resource.error)] : []),
      ...(resource.properties.length > 0 ? [tableOf(words.properties, [words.now, words.then], resource.properties)] : []),
      ...(resource.changedOutside.length > 0 ? [tableOf(words.changedOutside, [words.deployed, words.now], resource.changedOutside)] : []),
      element('div', { class: 'line' }, ...actions),
    );
  }

  #statusText(shown: ShownDeployment): string {
    switch (shown.phase) {
      case 'comparing':
        return fill(words.comparing, shown.factory);
      case 'deploying':
        return progressText(words, shown.resources);
      case 'done':
        return `${shown.succeeded ? '✓' : '✗'} ${shown.summary}`;
      case 'plan':
        return shown.summary;
      default:
        return '';
    }
  }

  #drawButtons(shown: ShownDeployment, isNew: boolean): void {
    const close = button(words.close, () => host.postMessage({ type: 'close' }));
    const again = button(words.compareAgain, () => host.postMessage({ type: 'compare' }));
    const all = button(words.allDiffs, () => host.postMessage({ type: 'diff' }));
    const deploy = button(words.deploy, () => host.postMessage({ type: 'deploy' }), { label: words.deployHint, look: 'primary' });
    deploy.append(' ', goKey());
    const cancel = button(words.cancel, () => host.postMessage({ type: 'cancel' }), { label: words.cancelHint });
    const journal = button(words.journal, () => host.postMessage({ type: 'journal' }));
    const rollBack = button(words.rollBack, () => host.postMessage({ type: 'rollBack' }));
    const hasDiffs = shown.resources.some(({ hasDiff }) => hasDiff);
    const wanted: Record<ShownDeployment['phase'], HTMLElement[]> = {
      comparing: [cancel],
      plan: this.#canDeploy ? [...(hasDiffs ? [all] : []), close, deploy] : [again, close],
      deploying: [cancel],
      done: [
        ...(shown.hasJournal ? [journal] : []),
        ...(shown.hasJournal && !shown.isRollback && hasChanged(shown.resources) ? [rollBack] : []),
        again,
        close,
      ],
      problem: [again, close],
    };
    const hadFocus = this.#buttons.contains(document.activeElement) || document.activeElement === document.body;
    if (isNew || this.#buttons.childElementCount !== wanted[shown.phase].length) {
      this.#buttons.replaceChildren(...wanted[shown.phase]);
      if (hadFocus) {
        (this.#buttons.querySelector<HTMLElement>('.primary') ?? this.#main).focus();
      }
    }
  }
}

/** Long paths go on in the next line where one of their names ends. */
const brokenAtDots = (path: string): Node[] => path.split(/(?<=\.)/).flatMap((part) => [document.createTextNode(part), element('wbr')]);

function tableOf(title: string, sides: [string, string], properties: readonly ShownProperty[]): HTMLElement {
  const cell = (value: unknown, isGone: boolean) => {
    const isAbsent = value === undefined || value === null;
    return element('td', { class: isAbsent ? 'absent' : isGone ? 'gone' : '' }, valueText(value, words.absent));
  };
  return element(
    'table',
    {},
    element('caption', { class: 'faint' }, title),
    element('tr', {}, ...[words.property, ...sides].map((text) => element('th', { scope: 'col' }, text))),
    ...properties.map(({ path, before, after }) =>
      element('tr', {}, element('td', {}, ...brokenAtDots(path)), cell(before, true), cell(after, false)),
    ),
  );
}

const view = new DeployView();
window.addEventListener('message', ({ data }: MessageEvent<ToDeployView>) => view.take(data));
host.postMessage({ type: 'ready' });
