// A layout as SVG, in plain values: the view makes elements of them, and an exported file text.
import * as l10n from '@vscode/l10n';
import { headHeight, headOf, type Layout, labelOf, labelSize, orText, type PlacedEdge, type PlacedNode, type Point } from './layout';
import type { NodeRun } from './model';

/** An element of SVG. */
export interface Drawn {
  tag: string;
  attributes: Record<string, string | number>;
  children: (Drawn | string)[];
}

/** What is shown beside the graph itself. */
export interface Marks {
  selected?: string | undefined;
  /** The nodes that a search has found; absent where nothing is searched for. */
  found?: ReadonlySet<string> | undefined;
  runs: ReadonlyMap<string, NodeRun>;
  /** How wide a text is in the font of names or of what stands below them; by its letters where nobody can measure. */
  widthOf?: WidthOf;
}

export type WidthOf = (text: string, font: 'name' | 'detail') => number;

const byLetters: WidthOf = (text, font) => text.length * (font === 'name' ? 7.1 : 6.2);

const draw = (tag: string, attributes: Drawn['attributes'], ...children: Drawn['children']): Drawn => ({ tag, attributes, children });

/** Pictures of 16 by 16, drawn as lines, by the server's words for what a node does or is. */
const pictures: Record<string, string> = {
  control: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0 -11M8 5v3.2l2.2 1.6',
  container: 'M2.5 2.5h11v11h-11zM5.5 6h5v4.5h-5z',
  pipeline: 'M2 5.5h4v5h-4zM10 2h4v4h-4zM10 10h4v4h-4zM6 8h2M8 4v8M8 4h2M8 12h2',
  dataFlow: 'M2 3.5h4M2 8h4M2 12.5h4M6 3.5c3 0 2 4.5 4 4.5M6 12.5c3 0 2 -4.5 4 -4.5M6 8h8M12 6l2 2l-2 2',
  data: 'M3 4c0 -2.4 10 -2.4 10 0v8c0 2.4 -10 2.4 -10 0zM3 4c0 2.4 10 2.4 10 0M3 8c0 2.4 10 2.4 10 0',
  service: 'M8 1.8l5.4 3.1v6.2l-5.4 3.1l-5.4 -3.1v-6.2zM8 8l5.2 -3M8 8l-5.2 -3M8 8v6',
  trigger: 'M9 1.5l-5.5 7.5h4l-1 5.5l6 -8h-4z',
  integrationRuntime: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM4.5 5h1M4.5 11h1',
  credential: 'M10.5 2.5a3 3 0 1 0 0 6a3 3 0 1 0 0 -6M8.3 7.7l-5.8 5.8M4.5 11.5l1.8 1.8',
  other: 'M3 2.5h7l3 3v8h-10zM10 2.5v3h3',
};

const sameAs: Record<string, string> = { dataset: 'data', linkedService: 'service', dataflow: 'dataFlow' };

/** The look of an outcome that is waited for: by words, so that an outcome of tomorrow has one, too. */
const looks: Record<string, { style: string; sign: string }> = {
  Succeeded: { style: 'succeeded', sign: '✓' },
  Failed: { style: 'failed', sign: '✗' },
  Completed: { style: 'completed', sign: '●' },
  Skipped: { style: 'skipped', sign: '↷' },
};

function wordOf(condition: string): string {
  const words: Record<string, string> = {
    Succeeded: l10n.t('succeeded'),
    Failed: l10n.t('failed'),
    Completed: l10n.t('completed'),
    Skipped: l10n.t('skipped'),
  };
  return words[condition] ?? condition.toLowerCase();
}

/** Names are cut to what fits: SVG does not do it. */
export function shorten(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) {
    return text;
  }
  let [fits, tooLong] = [1, text.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    [fits, tooLong] = widthOf(`${text.slice(0, middle)}…`) <= width ? [middle, tooLong] : [fits, middle];
  }
  return `${text.slice(0, fits).trimEnd()}…`;
}

/** A line that leaves to the right and comes in from the left. */
export function pathOf(points: readonly Point[]): string {
  const round = (value: number) => Math.round(value * 10) / 10;
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (!before) {
        return `M${round(x)} ${round(y)}`;
      }
      const middle = round((before.x + x) / 2);
      return `C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join('');
}

/** What is waited for, as a screen reader says it. */
const waitText = (name: string, conditions: readonly string[]) => l10n.t('after {0} {1}', name, orText(conditions.map(wordOf)));

/** What a screen reader says of a node. */
export function sentenceOf(
  { node, isContainer, isOpen }: PlacedNode,
  edges: readonly PlacedEdge[],
  names: ReadonlyMap<string, string>,
  run?: NodeRun,
): string {
  const waits = edges.flatMap(({ edge }) =>
    edge.to === node.id && edge.conditions.length > 0 ? [waitText(names.get(edge.from) ?? edge.from, edge.conditions)] : [],
  );
  const uses = edges.flatMap(({ edge }) =>
    edge.from === node.id && edge.conditions.length === 0 ? [l10n.t('uses {0}', names.get(edge.to) ?? edge.to)] : [],
  );
  return [
    node.name || l10n.t('no name'),
    node.detail,
    ...(isContainer ? [isOpen ? l10n.t('open') : l10n.t('closed')] : []),
    ...waits,
    ...uses.slice(0, 5),
    ...(node.isInactive ? [l10n.t('inactive')] : []),
    ...(node.isMissing ? [l10n.t('not in the files')] : []),
    ...(node.errors > 0 ? [node.errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', node.errors)] : []),
    ...(node.warnings > 0 ? [node.warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', node.warnings)] : []),
    ...(run ? [`${run.status} ${run.text}`.trim()] : []),
  ]
    .filter(Boolean)
    .join(', ');
}

/** All of a layout: boxes of containers, edges above them, nodes above those. */
export function drawAll(layout: Layout, marks: Marks): Drawn {
  const names = new Map(layout.nodes.map(({ node }) => [node.id, node.name]));
  const containers = layout.nodes.filter(({ isOpen }) => isOpen).sort((a, b) => a.depth - b.depth);
  const leaves = layout.nodes.filter(({ isOpen }) => !isOpen);
  const one = (placed: PlacedNode) => drawNode(placed, layout.edges, names, marks);
  const dims = (edge: PlacedEdge) => isBeside(edge, marks);
  return draw(
    'g',
    { class: 'graph' },
    ...containers.map((placed) => drawFrame(placed, marks)),
    ...layout.branches.map(drawBranch),
    ...layout.edges.map((edge) => drawEdge(edge, dims(edge))),
    ...[...containers, ...leaves].map(one),
  );
}

/** Whether an edge has nothing to do with what is selected. */
const isBeside = ({ edge }: PlacedEdge, { selected }: Marks) => selected !== undefined && edge.from !== selected && edge.to !== selected;

function drawFrame({ node, x, y, width, height }: PlacedNode, marks: Marks): Drawn {
  return draw('rect', { class: classesOf('frame', node, marks), x, y, width, height, rx: 8 });
}

function drawBranch({ label, isEmpty, x, y, width, height }: Layout['branches'][number]): Drawn {
  const shownLabel = label ? [draw('text', { class: 'branch-label', x: x + 12, y: y + 17 }, label)] : [];
  const nothing = isEmpty ? [draw('text', { class: 'empty', x: x + 14, y: y + (label ? 46 : 21) }, l10n.t('nothing in here'))] : [];
  return draw('g', { class: label ? 'branch' : 'branch unnamed' }, draw('rect', { x, y, width, height, rx: 6 }), ...shownLabel, ...nothing);
}

function drawEdge(placed: PlacedEdge, isBesideSelected: boolean): Drawn {
  const { edge, points, label } = placed;
  const look = edge.conditions.length === 1 ? looks[edge.conditions[0]!] : undefined;
  const style = edge.conditions.length === 0 ? 'reference' : (look?.style ?? 'mixed');
  const text = labelOf(edge);
  const last = points.at(-1)!;
  const arrow = draw('path', { class: 'arrow', d: `M${last.x} ${last.y}l-8 -4.5v9z` });
  const line = draw('path', { class: 'line', d: pathOf([...points.slice(0, -1), { x: last.x - 7, y: last.y }]) });
  const pill = label && text ? [drawPill(label, `${look?.sign ?? '◆'} ${text}`, labelSize(text))] : [];
  return draw('g', { class: `edge ${style}${isBesideSelected ? ' beside' : ''}` }, line, arrow, ...pill);
}

function drawPill({ x, y }: Point, text: string, { width, height }: { width: number; height: number }): Drawn {
  return draw(
    'g',
    { class: 'pill' },
    draw('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: height / 2 }),
    draw('text', { x, y: y + 4, 'text-anchor': 'middle' }, text),
  );
}

function classesOf(name: string, node: PlacedNode['node'], { selected, found, runs }: Marks): string {
  return [
    name,
    node.id === selected ? 'selected' : '',
    node.isInactive ? 'inactive' : '',
    node.isMissing ? 'missing' : '',
    node.errors > 0 ? 'wrong' : node.warnings > 0 ? 'doubtful' : '',
    found && !found.has(node.id) ? 'not-found' : '',
    runs.has(node.id) ? `run run-${runs.get(node.id)!.status.toLowerCase()}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function drawNode(placed: PlacedNode, edges: readonly PlacedEdge[], names: ReadonlyMap<string, string>, marks: Marks): Drawn {
  const { node, x, y, width, isOpen, isContainer } = placed;
  const box = headOf(placed);
  const run = marks.runs.get(node.id);
  const widthOf = marks.widthOf ?? byLetters;
  const picture = pictures[sameAs[node.shape] ?? node.shape] ?? pictures.other!;
  const signs = (node.errors + node.warnings > 0 ? 1 : 0) + (isContainer ? 1 : 0);
  const ofRun = run && isOpen ? widthOf(`${run.icon} ${run.text}`, 'detail') + 16 : 0;
  const room = (isOpen ? width : box.width) - 50 - 22 * signs - ofRun;
  const middle = y + (isOpen ? headHeight : box.height) / 2;
  const sentence = sentenceOf(placed, edges, names, run);
  const body = isOpen
    ? draw('rect', { class: 'head', x: x + 2, y: y + 2, width: width - 4, height: headHeight - 4, rx: 7 })
    : draw('rect', { class: 'body', x, y, width: box.width, height: box.height, rx: 6 });
  return draw(
    'g',
    {
      class: classesOf(`node shape-${node.shape}${isOpen ? ' open' : ''}`, node, marks),
      'data-id': node.id,
      role: 'button',
      tabindex: -1,
      'aria-label': sentence,
    },
    draw('title', {}, [node.name, node.detail, node.finding ?? ''].filter(Boolean).join('\n')),
    body,
    draw('rect', { class: 'picture-back', x: x + 8, y: middle - 14, width: 28, height: 28, rx: 5 }),
    draw('path', { class: 'picture', d: picture, transform: `translate(${x + 14} ${middle - 8})` }),
    draw(
      'text',
      { class: 'name', x: x + 44, y: middle - 3 },
      shorten(node.name || `(${l10n.t('no name')})`, room, (text) => widthOf(text, 'name')),
    ),
    draw(
      'text',
      { class: 'detail', x: x + 44, y: middle + 12 },
      shorten(
        node.isInactive ? `${node.detail} · ${l10n.t('inactive')}` : node.detail,
        room - (run && !isOpen ? widthOf(`${run.icon} ${run.text}`, 'detail') + 12 : 0),
        (text) => widthOf(text, 'detail'),
      ),
    ),
    ...drawSigns(placed, middle),
    ...(run ? [drawRun(isOpen ? { x: x + width - 12 - 24 * signs, y: middle + 4 } : { x: x + box.width - 10, y: middle + 15 }, run)] : []),
  );
}

/** What is wrong with a node, and whether it can be opened. */
function drawSigns({ node, x, y, width, isOpen, isContainer }: PlacedNode, middle: number): Drawn[] {
  const right = x + width - 16;
  const toggle = isContainer
    ? [
        draw(
          'g',
          { class: 'toggle', 'data-toggle': node.id },
          draw('rect', { x: right - 10, y: middle - 10, width: 20, height: 20, rx: 4 }),
          draw('path', { d: isOpen ? `M${right - 4} ${middle - 2}l4 4l4 -4` : `M${right - 2} ${middle - 4}l4 4l-4 4` }),
        ),
      ]
    : [];
  const count = node.errors || node.warnings;
  const at = { x: isContainer ? right - 24 : right, y: isOpen ? middle : y + 14 };
  const sign =
    count > 0
      ? [
          draw(
            'g',
            { class: node.errors > 0 ? 'sign error' : 'sign warning' },
            node.errors > 0
              ? draw('circle', { cx: at.x, cy: at.y, r: 7.5 })
              : draw('path', { class: 'back', d: `M${at.x} ${at.y - 8.5}l8.5 15h-17z` }),
            draw('text', { x: at.x, y: at.y + (node.errors > 0 ? 3.5 : 5), 'text-anchor': 'middle' }, node.errors > 0 ? '✕' : '!'),
          ),
        ]
      : [];
  return [...sign, ...toggle];
}

function drawRun({ x, y }: Point, { icon, text }: NodeRun): Drawn {
  return draw('g', { class: 'run-state' }, draw('text', { x, y, 'text-anchor': 'end' }, `${icon} ${text}`.trim()));
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// What XML cannot hold at all is left out.
const escape = (text: string) =>
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll(/[&<>"]/g, (letter) => escapes[letter]!);

/** What only the view needs. */
const onlyInView = new Set(['data-id', 'data-toggle', 'tabindex', 'role']);

function write({ tag, attributes, children }: Drawn): string {
  const written = Object.entries(attributes)
    .filter(([name]) => !onlyInView.has(name))
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join('');
  return `<${tag}${written}>${children.map((child) => (typeof child === 'string' ? escape(child) : write(child))).join('')}</${tag}>`;
}

/** A file of its own. Colours are those of the moment: `valueOf` tells what a variable of the style stands for. */
export function svgText(layout: Layout, marks: Marks, title: string, style: string, valueOf: (variable: string) => string): string {
  const plain = drawAll(layout, { ...marks, selected: undefined, found: undefined });
  const size = { width: Math.ceil(layout.width), height: Math.ceil(layout.height) };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${escape(resolve(style, valueOf))}</style>`,
    `<rect class="paper" width="100%" height="100%"/>`,
    write({ ...plain, attributes: { class: 'graph' } }),
    '</svg>\n',
  ].join('');
}

/** Puts values in the place of `var(--name, fallback)`, from the innermost outwards. */
export function resolve(style: string, valueOf: (variable: string) => string): string {
  const innermost = /var\((--[\w-]+)(?:,\s*([^()]*(?:\([^()]*\)[^()]*)*))?\)/;
  let text = style;
  for (let found = findInnermost(text, innermost); found; found = findInnermost(text, innermost)) {
    const [whole, name, fallback] = found;
    text = text.replace(whole, () => valueOf(name!) || fallback?.trim() || 'transparent');
  }
  return text;
}

/** A variable whose fallback holds no other one. */
function findInnermost(text: string, pattern: RegExp): RegExpExecArray | undefined {
  for (let at = text.lastIndexOf('var('); at >= 0; at = at === 0 ? -1 : text.lastIndexOf('var(', at - 1)) {
    const found = pattern.exec(text.slice(at));
    if (found?.index === 0) {
      return found;
    }
  }
  return undefined;
}
