// The graph's view: draws what the extension sends, lets people move about in it, and tells the extension what they choose.
import './texts';
import * as l10n from '@vscode/l10n';
import { drawAll, svgText } from './drawing';
import { element, idAt, pngOf, showLegend, svgElement, svgNamespace, widthOf } from './elements';
import { type Box, type Direction, headOf, type Layout, neighbourOf, placeAll, type Point, shiftOf } from './layout';
import type { FromView, Graph, NodeRun, ToView } from './model';
import { drawingStyle, viewStyle } from './style';

interface Remembered {
  /** What was shown, for the extension to show again. */
  source?: string;
  closed?: string[];
  hiddenKinds?: string[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  getState(): Remembered | undefined;
  setState(state: Remembered): void;
};

const host = acquireVsCodeApi();
const styles = new CSSStyleSheet();
styles.replaceSync(drawingStyle + viewStyle);
document.adoptedStyleSheets = [styles];

const zoomStep = 1.2;
const [leastZoom, mostZoom] = [0.1, 3];
/** What is smaller cannot be read: a wide graph is shown from its beginning instead, until all of it is asked for. */
const leastReadable = 0.65;
/** A factory of more resources shows at first only what starts what. */
const mostAtFirst = 150;

/** What is shown, and from where it is looked at. */
class View {
  #graph: Graph | undefined;
  #layout: Layout | undefined;
  #source: string | undefined;
  #selected: string | undefined;
  #focused: string | undefined;
  #runs: ReadonlyMap<string, NodeRun> = new Map();
  #found: ReadonlySet<string> | undefined;
  #closed = new Set(host.getState()?.closed ?? []);
  #hiddenKinds: Set<string> | undefined = host.getState()?.hiddenKinds ? new Set(host.getState()!.hiddenKinds) : undefined;
  #zoom = 1;
  #at: Point = { x: 0, y: 0 };
  /** Whether the user has moved about: then nothing else moves the view. */
  #isMoved = false;

  readonly #title = element('h1');
  readonly #search = element('input', { type: 'search', placeholder: l10n.t('Find'), 'aria-label': l10n.t('Find in the graph') });
  readonly #hits = element('span', { class: 'hits', 'aria-live': 'polite' });
  readonly #kinds = element('div', { class: 'kinds', role: 'group', 'aria-label': l10n.t('Kinds that are shown') });
  readonly #note = element('div', { class: 'note', role: 'status' });
  readonly #nothing = element('div', { class: 'nothing' });
  readonly #spoken = element('div', { class: 'spoken', 'aria-live': 'polite' });
  readonly #svg = document.createElementNS(svgNamespace, 'svg');
  readonly #scene = document.createElementNS(svgNamespace, 'g');
  readonly #legend = element('div', { class: 'legend', 'aria-hidden': 'true' });
  readonly #canvas = element('div', { class: 'canvas' });

  constructor() {
    this.#svg.setAttribute('class', 'all');
    this.#svg.setAttribute('role', 'application');
    this.#svg.append(this.#scene);
    this.#canvas.append(this.#svg, this.#legend, this.#nothing);
    document.body.append(this.#makeTools(), this.#kinds, this.#note, this.#canvas, this.#spoken);
    this.#listen();
  }

  take(message: ToView): void {
    switch (message.type) {
      case 'graph':
        this.#show(message.graph, message.isBroken, message.source);
        break;
      case 'none':
        this.#showNothing(message.reason);
        break;
      case 'select':
        this.#select(message.id, true);
        break;
      case 'run':
        this.#runs = new Map(message.runs.map((run) => [run.id, run]));
        this.#draw();
        break;
      case 'export':
        void this.#export(message.format);
        break;
    }
  }

  #showNothing(reason: string): void {
    this.#graph = this.#layout = this.#source = undefined;
    this.#scene.replaceChildren();
    this.#legend.replaceChildren();
    this.#nothing.textContent = reason;
    this.#nothing.classList.add('shown');
    this.#note.classList.remove('shown');
  }

  #show(graph: Graph, isBroken: boolean, source: string): void {
    const isSame = this.#source === source && this.#graph !== undefined;
    this.#note.textContent = l10n.t('The text has syntax errors: this is what it said before.');
    this.#note.classList.toggle('shown', isBroken && isSame);
    this.#canvas.classList.toggle('stale', isBroken && isSame);
    if (isBroken && isSame) {
      return;
    }
    if (isBroken) {
      this.#note.textContent = l10n.t('The text has syntax errors: something may be missing.');
      this.#note.classList.add('shown');
    }
    if (!isSame) {
      this.#runs = new Map();
      this.#selected = this.#focused = undefined;
      this.#isMoved = false;
    }
    this.#graph = graph;
    this.#source = source;
    this.#remember();
    this.#title.textContent = graph.title;
    this.#title.title = graph.title;
    this.#showKinds();
    this.#place(isSame);
  }

  /** Lays out anew. What stays in the graph stays at its place on the screen. */
  #place(keeps: boolean): void {
    const graph = this.#graph && shown(this.#graph, this.#hiddenKinds ?? new Set());
    if (!graph) {
      return;
    }
    const before = this.#layout;
    this.#layout = placeAll(graph, this.#closed);
    this.#nothing.textContent = graph.isFactory ? l10n.t('There is no resource to show.') : l10n.t('This pipeline has no activities yet.');
    this.#nothing.classList.toggle('shown', graph.nodes.length === 0);
    if (keeps && before && before.nodes.length > 0 && (this.#isMoved || !this.#fits() || !isSmall(this.#layout, this.#canvas))) {
      const shift = shiftOf(before, this.#layout, this.#focused ?? this.#selected);
      this.#at = { x: this.#at.x + shift.x * this.#zoom, y: this.#at.y + shift.y * this.#zoom };
    } else {
      this.#begin();
    }
    this.#find(false);
    this.#draw();
    showLegend(this.#legend, this.#scene);
    this.#svg.setAttribute(
      'aria-label',
      l10n.t('{0}: {1} nodes. Arrow keys go from one to the next, Enter opens its text.', graph.title, graph.nodes.length),
    );
  }

  #draw(): void {
    if (!this.#layout) {
      return;
    }
    const hadFocus = this.#scene.contains(document.activeElement);
    const marks = { selected: this.#selected, found: this.#found, runs: this.#runs, widthOf };
    this.#scene.replaceChildren(svgElement(drawAll(this.#layout, marks)));
    const reachable =
      this.#nodeElement(this.#focused) ?? this.#nodeElement(this.#selected) ?? this.#scene.querySelector<SVGElement>('.node');
    reachable?.setAttribute('tabindex', '0');
    if (hadFocus) {
      (reachable as SVGElement | null)?.focus({ preventScroll: true });
    }
    this.#look();
  }

  #look(): void {
    this.#scene.setAttribute('transform', `translate(${this.#at.x} ${this.#at.y}) scale(${this.#zoom})`);
  }

  #nodeElement(id: string | undefined): SVGElement | null {
    return id === undefined ? null : this.#scene.querySelector<SVGElement>(`.node[data-id="${CSS.escape(id)}"]`);
  }

  #select(id: string | undefined, reveals: boolean): void {
    if (this.#selected === id) {
      return;
    }
    this.#selected = id;
    this.#draw();
    const placed = this.#layout?.nodes.find(({ node }) => node.id === id);
    if (placed && reveals) {
      this.#reveal(headOf(placed));
    }
  }

  #focus(id: string | undefined): void {
    const placed = this.#layout?.nodes.find(({ node }) => node.id === id);
    if (!placed) {
      return;
    }
    this.#focused = id;
    this.#scene.querySelectorAll('.node[tabindex="0"]').forEach((node) => node.setAttribute('tabindex', '-1'));
    const focused = this.#nodeElement(id);
    focused?.setAttribute('tabindex', '0');
    focused?.focus({ preventScroll: true });
    this.#reveal(headOf(placed));
  }

  /** Moves the view no further than it takes to see a box. */
  #reveal({ x, y, width, height }: Box): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const edge = 20;
    const [left, top] = [x * this.#zoom + this.#at.x, y * this.#zoom + this.#at.y];
    const [right, bottom] = [left + width * this.#zoom, top + height * this.#zoom];
    const dx = left < edge ? edge - left : right > clientWidth - edge ? clientWidth - edge - right : 0;
    const dy = top < edge ? edge - top : bottom > clientHeight - edge ? clientHeight - edge - bottom : 0;
    if (dx !== 0 || dy !== 0) {
      this.#at = { x: this.#at.x + dx, y: this.#at.y + dy };
      this.#look();
    }
  }

  /** Whether all is on the screen as it is looked at now. */
  #fits(): boolean {
    const { clientWidth, clientHeight } = this.#canvas;
    return (
      !!this.#layout &&
      this.#layout.width * this.#zoom <= clientWidth &&
      this.#layout.height * this.#zoom <= clientHeight &&
      this.#at.x >= 0 &&
      this.#at.y >= 0
    );
  }

  /** Shows all of it, or its beginning where all would be too small to read. */
  #begin(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (!this.#layout || clientWidth === 0) {
      return;
    }
    const { width, height } = this.#layout;
    const whole = Math.min(1, clientWidth / width, clientHeight / height);
    if (whole >= leastReadable) {
      this.#fit();
      return;
    }
    // What everything begins with in the middle, and nothing empty above or below where that can be.
    const begins = new Set(this.#layout.edges.map(({ edge }) => edge.from));
    const candidates = this.#layout.nodes.filter(({ node }) => begins.has(node.id));
    const first = (candidates.length > 0 ? candidates : this.#layout.nodes).reduce((left, placed) => (placed.x < left.x ? placed : left));
    this.#zoom = leastReadable;
    const wanted = clientHeight / 2 - (first.y + first.height / 2) * this.#zoom;
    const room = clientHeight - height * this.#zoom;
    this.#at = { x: 0, y: room >= 0 ? room / 2 : Math.max(room, Math.min(0, wanted)) };
    this.#look();
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (!this.#layout || clientWidth === 0) {
      return;
    }
    const { width, height } = this.#layout;
    this.#zoom = Math.max(leastZoom, Math.min(1, clientWidth / width, clientHeight / height));
    this.#at = { x: Math.max(0, (clientWidth - width * this.#zoom) / 2), y: Math.max(0, (clientHeight - height * this.#zoom) / 2) };
    this.#look();
  }

  #zoomBy(factor: number, around?: Point): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const centre = around ?? { x: clientWidth / 2, y: clientHeight / 2 };
    const zoom = Math.min(mostZoom, Math.max(leastZoom, this.#zoom * factor));
    const by = zoom / this.#zoom;
    this.#at = { x: centre.x - (centre.x - this.#at.x) * by, y: centre.y - (centre.y - this.#at.y) * by };
    this.#zoom = zoom;
    this.#isMoved = true;
    this.#look();
  }

  #find(reveals: boolean): void {
    const wanted = this.#search.value.trim().toLowerCase();
    const nodes = this.#layout?.nodes ?? [];
    this.#found = wanted
      ? new Set(nodes.filter(({ node }) => `${node.name}\n${node.detail}`.toLowerCase().includes(wanted)).map(({ node }) => node.id))
      : undefined;
    this.#hits.textContent = this.#found ? l10n.t('{0} found', this.#found.size) : '';
    const first = reveals && nodes.find(({ node }) => this.#found?.has(node.id));
    if (first) {
      this.#reveal(headOf(first));
    }
  }

  #nextFound(): void {
    const ids = (this.#layout?.nodes ?? []).map(({ node }) => node.id).filter((id) => this.#found?.has(id));
    this.#focus(ids[(ids.indexOf(this.#focused ?? '') + 1) % Math.max(1, ids.length)]);
  }

  #toggle(id: string): void {
    if (!this.#closed.delete(id)) {
      this.#closed.add(id);
    }
    this.#focused = id;
    this.#isMoved = true;
    this.#remember();
    this.#place(true);
    const placed = this.#layout?.nodes.find(({ node }) => node.id === id);
    const { name } = placed?.node ?? { name: '' };
    this.#spoken.textContent = placed ? (placed.isOpen ? l10n.t('{0} is open', name) : l10n.t('{0} is closed', name)) : '';
  }

  #remember(): void {
    host.setState({
      ...(this.#source === undefined ? {} : { source: this.#source }),
      closed: [...this.#closed],
      ...(this.#hiddenKinds ? { hiddenKinds: [...this.#hiddenKinds] } : {}),
    });
  }

  async #export(format: 'svg' | 'png'): Promise<void> {
    if (!this.#layout || !this.#graph) {
      return;
    }
    const values = getComputedStyle(document.documentElement);
    const text = svgText(this.#layout, { runs: this.#runs, widthOf }, this.#graph.title, drawingStyle, (name) =>
      values.getPropertyValue(name).trim(),
    );
    host.postMessage({ type: 'export', format, content: format === 'svg' ? text : await pngOf(text, this.#layout) });
  }

  #makeTools(): HTMLElement {
    const button = (label: string, text: string, act: () => void) => {
      const made = element('button', { type: 'button', title: label, 'aria-label': label }, text);
      made.addEventListener('click', act);
      return made;
    };
    const fit = () => {
      this.#isMoved = true;
      this.#fit();
    };
    return element(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': l10n.t('Graph') },
      this.#title,
      element('span', { class: 'space' }),
      this.#search,
      this.#hits,
      button(l10n.t('Zoom out (-)'), '−', () => this.#zoomBy(1 / zoomStep)),
      button(l10n.t('Zoom in (+)'), '+', () => this.#zoomBy(zoomStep)),
      button(l10n.t('Fit into the window (0)'), l10n.t('Fit'), fit),
      button(l10n.t('Save as SVG'), 'SVG', () => void this.#export('svg')),
      button(l10n.t('Save as PNG'), 'PNG', () => void this.#export('png')),
      button(l10n.t('Copy as Mermaid'), 'Mermaid', () => host.postMessage({ type: 'mermaid' })),
    );
  }

  #showKinds(): void {
    const kinds = this.#graph?.isFactory ? [...new Set(this.#graph.nodes.map(({ shape }) => shape))] : [];
    if (this.#graph?.isFactory && !this.#hiddenKinds) {
      const isLarge = this.#graph.nodes.length > mostAtFirst;
      this.#hiddenKinds = new Set(isLarge ? kinds.filter((kind) => kind !== 'pipeline' && kind !== 'trigger') : []);
    }
    this.#kinds.replaceChildren(
      ...kinds.map((kind) => {
        const count = this.#graph!.nodes.filter(({ shape }) => shape === kind).length;
        const isShown = !this.#hiddenKinds!.has(kind);
        const made = element(
          'button',
          { type: 'button', 'aria-pressed': String(isShown), title: isShown ? l10n.t('Hide {0}', kind) : l10n.t('Show {0}', kind) },
          `${kind} ${count}`,
        );
        made.addEventListener('click', () => {
          if (!this.#hiddenKinds!.delete(kind)) {
            this.#hiddenKinds!.add(kind);
          }
          this.#remember();
          this.#showKinds();
          // What is left stands elsewhere: there is no place to keep.
          this.#isMoved = false;
          this.#place(false);
        });
        return made;
      }),
    );
  }

  #listen(): void {
    this.#svg.addEventListener('click', (event) => this.#click(event));
    this.#svg.addEventListener('dblclick', (event) => {
      const id = idAt(event.target, 'node');
      if (id !== undefined) {
        host.postMessage({ type: 'follow', id });
      }
    });
    this.#svg.addEventListener('keydown', (event) => this.#key(event));
    this.#svg.addEventListener('focusin', (event) => {
      this.#focused = idAt(event.target, 'node') ?? this.#focused;
    });
    this.#svg.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        this.#isMoved = true;
        if (event.ctrlKey || event.metaKey) {
          const { left, top } = this.#canvas.getBoundingClientRect();
          this.#zoomBy(Math.exp(-event.deltaY / 300), { x: event.clientX - left, y: event.clientY - top });
        } else {
          this.#at = {
            x: this.#at.x - (event.shiftKey ? event.deltaY : event.deltaX),
            y: this.#at.y - (event.shiftKey ? 0 : event.deltaY),
          };
          this.#look();
        }
      },
      { passive: false },
    );
    this.#listenToDrags();
    this.#search.addEventListener('input', () => {
      this.#find(true);
      this.#draw();
    });
    this.#search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        this.#nextFound();
      } else if (event.key === 'Escape') {
        this.#search.value = '';
        this.#find(false);
        this.#draw();
      }
    });
    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
        event.preventDefault();
        this.#search.focus();
        this.#search.select();
      }
    });
    new ResizeObserver(() => {
      if (!this.#isMoved) {
        this.#begin();
      }
    }).observe(this.#canvas);
  }

  #listenToDrags(): void {
    let from: (Point & { at: Point }) | undefined;
    this.#svg.addEventListener('pointerdown', (event) => {
      if (event.button === 0 && idAt(event.target, 'node') === undefined) {
        from = { x: event.clientX, y: event.clientY, at: this.#at };
        this.#svg.setPointerCapture(event.pointerId);
        this.#svg.classList.add('dragging');
      }
    });
    this.#svg.addEventListener('pointermove', (event) => {
      if (from) {
        this.#at = { x: from.at.x + event.clientX - from.x, y: from.at.y + event.clientY - from.y };
        this.#isMoved = true;
        this.#look();
      }
    });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      this.#svg.addEventListener(end, () => {
        from = undefined;
        this.#svg.classList.remove('dragging');
      });
    }
  }

  #click(event: MouseEvent): void {
    const toggled = idAt(event.target, 'toggle');
    const id = idAt(event.target, 'node');
    if (toggled !== undefined) {
      this.#toggle(toggled);
    } else if (id !== undefined) {
      this.#focused = id;
      this.#select(id, false);
      host.postMessage({ type: 'open', id });
    }
  }

  #key(event: KeyboardEvent): void {
    const directions: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
    const direction = directions[event.key];
    const id = this.#focused ?? this.#layout?.nodes[0]?.node.id;
    const act = (): boolean => {
      if (direction && this.#layout && id !== undefined) {
        this.#focus(neighbourOf(this.#layout, id, direction));
      } else if (event.key === 'Enter' && id !== undefined) {
        this.#select(id, false);
        host.postMessage({ type: event.ctrlKey || event.metaKey ? 'follow' : 'open', id });
      } else if (event.key === ' ' && this.#layout?.nodes.some(({ node, isContainer }) => isContainer && node.id === id)) {
        this.#toggle(id!);
      } else if (event.key === 'Home' || event.key === 'End') {
        this.#focus(this.#graph?.nodes.at(event.key === 'Home' ? 0 : -1)?.id);
      } else if (event.key === '+' || event.key === '=') {
        this.#zoomBy(zoomStep);
      } else if (event.key === '-') {
        this.#zoomBy(1 / zoomStep);
      } else if (event.key === '0') {
        this.#isMoved = true;
        this.#fit();
      } else if (event.key === 'Escape') {
        this.#select(undefined, false);
      } else {
        return false;
      }
      return true;
    };
    if (act()) {
      event.preventDefault();
    }
  }
}

/** Whether all of a layout can be read at once. */
const isSmall = ({ width, height }: Layout, { clientWidth, clientHeight }: HTMLElement) =>
  Math.min(clientWidth / width, clientHeight / height) >= leastReadable;

/** The graph without the kinds that are not wanted. */
function shown(graph: Graph, hidden: ReadonlySet<string>): Graph {
  return graph.isFactory && hidden.size > 0 ? { ...graph, nodes: graph.nodes.filter(({ shape }) => !hidden.has(shape)) } : graph;
}

const view = new View();
window.addEventListener('message', ({ data }: MessageEvent<ToView>) => view.take(data));
host.postMessage({ type: 'ready' });
