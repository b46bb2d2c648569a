// Where each box stands. The layout library draws one list of activities at a time, from the innermost outwards: dependencies never leave their
// list, so a container is a box like any other for the list around it.
import * as l10n from '@vscode/l10n';
import { Graph as Layered, layout as layOut } from './dagre';
import type { Graph, GraphEdge, GraphNode } from './model';

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A node's box; of a container the box around what it holds. */
export interface PlacedNode extends Box {
  node: GraphNode;
  /** Whether it shows what it holds. */
  isOpen: boolean;
  /** Whether it holds anything, shown or not. */
  isContainer: boolean;
  /** How deep in containers. */
  depth: number;
}

export interface PlacedBranch extends Box {
  id: string;
  label: string;
  isEmpty: boolean;
}

export interface PlacedEdge {
  edge: GraphEdge;
  points: Point[];
  /** The middle of its label; absent for one without. */
  label?: Point;
}

export interface Layout {
  nodes: PlacedNode[];
  branches: PlacedBranch[];
  edges: PlacedEdge[];
  width: number;
  height: number;
}

export const nodeSize = { width: 184, height: 46 };
/** The upper part of an open container, which holds its name. */
export const headHeight = 40;
/** Beside the name of an open container stands what its run came to. */
const leastOpen = 244;
const emptySize = { width: 120, height: 32 };
const padding = 16;
const branchHead = 24;
const gap = 14;
const margin = 24;
/** More nodes than this that nothing leads to or from stand in rows rather than in one column. */
const mostLoose = { pipeline: 6, factory: 2 };

/** One of several: the words with an *or* between them. */
export const orText = (words: readonly string[]): string => words.reduce((before, word) => l10n.t('{0} or {1}', before, word));

/** What stands at an edge: nothing where it waits for success alone, as most do. */
export function labelOf({ conditions }: GraphEdge): string {
  return conditions.length === 0 || (conditions.length === 1 && conditions[0] === 'Succeeded') ? '' : orText(conditions);
}

export const labelSize = (text: string) => ({ width: Math.ceil(text.length * 6.5) + 34, height: 20 });

/** Lays a graph out from left to right. Of containers in `closed` only the name is shown. */
export function placeAll(graph: Graph, closed: ReadonlySet<string> = new Set()): Layout {
  const placer = new Placer(graph, closed);
  const { width, height } = placer.place(undefined, 0);
  return { ...placer.moved(margin, margin), width: width + 2 * margin, height: height + 2 * margin };
}

class Placer {
  readonly #byBranch = new Map<string | undefined, GraphNode[]>();
  readonly #branches = new Map<string, Graph['branches']>();
  readonly #edges = new Map<string | undefined, GraphEdge[]>();
  readonly #closed: ReadonlySet<string>;
  readonly #mostLoose: number;
  readonly #nodes: PlacedNode[] = [];
  readonly #placedBranches: PlacedBranch[] = [];
  readonly #placedEdges: PlacedEdge[] = [];

  constructor(graph: Graph, closed: ReadonlySet<string>) {
    this.#closed = closed;
    this.#mostLoose = graph.isFactory ? mostLoose.factory : mostLoose.pipeline;
    const branchOf = new Map(graph.nodes.map(({ id, branch }) => [id, branch]));
    graph.nodes.forEach((node) => add(this.#byBranch, node.branch, node));
    graph.branches.forEach((branch) => add(this.#branches, branch.node, branch));
    graph.edges
      .filter(({ from, to }) => branchOf.has(from) && branchOf.has(to))
      .forEach((edge) => add(this.#edges, branchOf.get(edge.from), edge));
  }

  /** Places one list with its upper left corner at the origin, and gives its size. */
  place(branch: string | undefined, depth: number): { width: number; height: number } {
    const nodes = this.#byBranch.get(branch) ?? [];
    const inner = new Map(nodes.map((node) => [node.id, this.#measure(node, depth)]));
    const edges = this.#edges.get(branch) ?? [];
    const ends = new Set(edges.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
    const loose = nodes.filter(({ id }) => !ends.has(id));
    const inRows = loose.length > this.#mostLoose;
    const layered = nodes.filter(({ id }) => !inRows || ends.has(id));
    const size = this.#placeLayers(layered, edges, inner, depth);
    return inRows ? this.#placeRows(loose, inner, depth, size) : size;
  }

  moved(dx: number, dy: number) {
    this.#move(dx, dy, 0, 0, 0);
    return { nodes: this.#nodes, branches: this.#placedBranches, edges: this.#placedEdges };
  }

  #move(dx: number, dy: number, fromNode: number, fromBranch: number, fromEdge: number): void {
    for (const box of [...this.#nodes.slice(fromNode), ...this.#placedBranches.slice(fromBranch)]) {
      box.x += dx;
      box.y += dy;
    }
    for (const { points, label } of this.#placedEdges.slice(fromEdge)) {
      for (const point of label ? [...points, label] : points) {
        point.x += dx;
        point.y += dy;
      }
    }
  }

  /** Places what a node holds, and gives its size and what moves along with it. */
  #measure(node: GraphNode, depth: number): Measured {
    const branches = this.#branches.get(node.id) ?? [];
    const begin = this.#mark();
    if (branches.length === 0 || this.#closed.has(node.id)) {
      return { ...nodeSize, begin, end: begin, isOpen: false, isContainer: branches.length > 0 };
    }
    let y = headHeight;
    let width = leastOpen;
    for (const { id, label } of branches) {
      const isEmpty = !this.#byBranch.has(id);
      const before = this.#mark();
      const content = isEmpty ? emptySize : this.place(id, depth + 1);
      const top = label ? branchHead : 0;
      const inset = label ? 12 : 0;
      this.#move(padding + inset, y + top + (label ? 4 : 0), before.nodes, before.branches, before.edges);
      const box = { x: padding, y, width: content.width + 2 * inset, height: content.height + top + (label ? 16 : 0) };
      this.#placedBranches.push({ id, label, isEmpty, ...box });
      y += box.height + gap;
      width = Math.max(width, box.width + 2 * padding);
    }
    this.#placedBranches.slice(begin.branches).forEach((branch) => {
      if (branches.some(({ id }) => id === branch.id)) {
        branch.width = width - 2 * padding;
      }
    });
    return { width, height: y - gap + padding, begin, end: this.#mark(), isOpen: true, isContainer: true };
  }

  #placeLayers(nodes: GraphNode[], edges: GraphEdge[], inner: Map<string, Measured>, depth: number) {
    if (nodes.length === 0) {
      return { width: 0, height: 0 };
    }
    const layered = new Layered({ multigraph: true });
    layered.setGraph({ rankdir: 'LR', nodesep: 20, edgesep: 14, ranksep: 36 });
    for (const { id } of nodes) {
      const { width, height } = inner.get(id)!;
      layered.setNode(id, { width, height });
    }
    const drawn = edges.filter(({ from, to }) => from !== to);
    drawn.forEach((edge, index) => {
      const label = labelOf(edge);
      layered.setEdge(edge.from, edge.to, label ? { ...labelSize(label), labelpos: 'c' } : {}, String(index));
    });
    layOut(layered);
    const boxes = new Map<string, Box>();
    for (const node of nodes) {
      const { x, y, width, height } = layered.node(node.id);
      boxes.set(node.id, this.#put(node, inner.get(node.id)!, x - width / 2, y - height / 2, depth));
    }
    drawn.forEach((edge, index) => {
      const { points, x, y } = layered.edge(edge.from, edge.to, String(index));
      const ends = attach(boxes.get(edge.from)!, boxes.get(edge.to)!, points.slice(1, -1));
      this.#placedEdges.push({ edge, points: ends, ...(labelOf(edge) ? { label: { x: x!, y: y! } } : {}) });
    });
    const { width, height } = layered.graph();
    return { width: width ?? 0, height: height ?? 0 };
  }

  #placeRows(nodes: GraphNode[], inner: Map<string, Measured>, depth: number, above: { width: number; height: number }) {
    const most = Math.max(above.width, Math.ceil(Math.sqrt(nodes.length)) * (nodeSize.width + gap));
    let { width } = above;
    let [x, y, rowHeight] = [0, above.height > 0 ? above.height + 2 * gap : 0, 0];
    for (const node of nodes) {
      const measured = inner.get(node.id)!;
      if (x > 0 && x + measured.width > most) {
        [x, y, rowHeight] = [0, y + rowHeight + gap, 0];
      }
      this.#put(node, measured, x, y, depth);
      x += measured.width + gap;
      rowHeight = Math.max(rowHeight, measured.height);
      width = Math.max(width, x - gap);
    }
    return { width, height: y + rowHeight };
  }

  /** Puts a node at a place, with all that it holds. */
  #put(node: GraphNode, { width, height, begin, end, isOpen, isContainer }: Measured, x: number, y: number, depth: number): Box {
    for (const box of [...this.#nodes.slice(begin.nodes, end.nodes), ...this.#placedBranches.slice(begin.branches, end.branches)]) {
      box.x += x;
      box.y += y;
    }
    for (const { points, label } of this.#placedEdges.slice(begin.edges, end.edges)) {
      for (const point of label ? [...points, label] : points) {
        point.x += x;
        point.y += y;
      }
    }
    const box = { node, x, y, width, height, isOpen, isContainer, depth };
    this.#nodes.push(box);
    return box;
  }

  #mark(): Mark {
    return { nodes: this.#nodes.length, branches: this.#placedBranches.length, edges: this.#placedEdges.length };
  }
}

/** How much has been placed. */
interface Mark {
  nodes: number;
  branches: number;
  edges: number;
}

interface Measured {
  width: number;
  height: number;
  begin: Mark;
  end: Mark;
  isOpen: boolean;
  isContainer: boolean;
}

/** Where edges touch a box: in the middle of a node's side, and beside the name of an open container, which may be far away from its middle. */
function attach(from: Box, to: Box, between: Point[]): Point[] {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  return [start, ...between.map(({ x, y }) => ({ x, y })), end];
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) {
    known.push(value);
  } else {
    map.set(key, [value]);
  }
}

/**
 * How far a new layout must be moved so that what was there before stays where it is on the screen: the node that counts most, else as many as possible.
 */
export function shiftOf(before: Layout, after: Layout, kept?: string): Point {
  const old = new Map(before.nodes.map((placed) => [placed.node.id, placed]));
  const moves = after.nodes.flatMap(({ node, x, y }) => {
    const was = old.get(node.id);
    return was ? [{ id: node.id, x: was.x - x, y: was.y - y }] : [];
  });
  const wanted = moves.find(({ id }) => id === kept);
  if (wanted) {
    return { x: wanted.x, y: wanted.y };
  }
  const counts = new Map<string, { point: Point; count: number }>();
  for (const { x, y } of moves) {
    const key = `${Math.round(x)}/${Math.round(y)}`;
    counts.set(key, { point: { x, y }, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.point ?? { x: 0, y: 0 };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The part of a node's box that stands for it when one goes from node to node. */
export function headOf({ x, y, width, height, isOpen }: PlacedNode): Box {
  return isOpen ? { x, y, width: nodeSize.width, height: headHeight } : { x, y, width, height };
}

/** The next node in a direction; undefined where there is none. */
export function neighbourOf({ nodes, edges }: Layout, id: string, direction: Direction): string | undefined {
  const here = nodes.find(({ node }) => node.id === id);
  if (!here) {
    return nodes[0]?.node.id;
  }
  // Along an edge first: of those that lead there the nearest one.
  const along = new Set(
    edges.flatMap(({ edge }) =>
      direction === 'right' && edge.from === id ? [edge.to] : direction === 'left' && edge.to === id ? [edge.from] : [],
    ),
  );
  const from = middleOf(headOf(here));
  const scored = nodes
    .filter(({ node }) => node.id !== id)
    .map((placed) => ({ id: placed.node.id, ...distance(from, middleOf(headOf(placed)), direction) }))
    .filter((candidate) => candidate.ahead > 1);
  const near = scored.filter((candidate) => along.has(candidate.id));
  return (near.length > 0 ? near : scored.filter(({ ahead, aside }) => aside <= 2 * ahead + nodeSize.height)).sort(
    (a, b) => a.ahead + 2 * a.aside - (b.ahead + 2 * b.aside),
  )[0]?.id;
}

const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

function distance(from: Point, to: Point, direction: Direction): { ahead: number; aside: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  switch (direction) {
    case 'left':
      return { ahead: -dx, aside: Math.abs(dy) };
    case 'right':
      return { ahead: dx, aside: Math.abs(dy) };
    case 'up':
      return { ahead: -dy, aside: Math.abs(dx) };
    case 'down':
      return { ahead: dy, aside: Math.abs(dx) };
  }
}
