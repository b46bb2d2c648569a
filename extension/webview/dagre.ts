// The layout library, with the few types that are used of it.
import { graphlib, layout as dagreLayout } from '@dagrejs/dagre';

interface Size {
  width?: number;
  height?: number;
}

interface PlacedLabel extends Size {
  x?: number;
  y?: number;
  labelpos?: string;
  points: { x: number; y: number }[];
}

/** A graph whose nodes are placed in layers. */
export interface LayeredGraph {
  setGraph(options: Record<string, unknown>): void;
  setNode(id: string, size: Required<Size>): void;
  setEdge(from: string, to: string, label: Size & { labelpos?: string }, name: string): void;
  node(id: string): Required<Size> & { x: number; y: number };
  edge(from: string, to: string, name: string): PlacedLabel;
  graph(): Size;
}

export const Graph = graphlib.Graph as unknown as new (options: { multigraph: boolean }) => LayeredGraph;

export function layout(graph: LayeredGraph): void {
  dagreLayout(graph as unknown as Parameters<typeof dagreLayout>[0]);
}
