// What is drawn: the server's graphs of pipelines and of factories in one shape, and the messages between the view and the extension.

/** Where something stands in a text, as the protocol counts. */
export interface TextRange {
  start: { line: number; character: number };
  end: { line: number; character: number };
}

/** One thing that is drawn as a box. */
export interface GraphNode {
  id: string;
  name: string;
  /** What stands below the name. */
  detail: string;
  /** Which picture stands beside it: a word of the server's. */
  shape: string;
  /** The branch that it is in; absent for what is in none. */
  branch?: string | undefined;
  /** Switched off. */
  isInactive: boolean;
  /** Referred to, but not there. */
  isMissing: boolean;
  errors: number;
  warnings: number;
  /** What the gravest finding says. */
  finding?: string | undefined;
  /** The file that declares it. */
  uri?: string | undefined;
  /** What a double click opens as a graph of its own. */
  follows?: string | undefined;
}

/** A list within a container. */
export interface GraphBranch {
  id: string;
  /** The container. */
  node: string;
  label: string;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** The outcomes that it waits for, in the service's words; empty where there is nothing to wait for. */
  conditions: string[];
}

export interface Graph {
  /** What it is of, for people. */
  title: string;
  /** Whether its nodes are resources of a factory, which are filtered by kind. */
  isFactory: boolean;
  nodes: GraphNode[];
  branches: GraphBranch[];
  edges: GraphEdge[];
}

/** What an activity did in the run that is watched. */
export interface NodeRun {
  id: string;
  /** In the service's words. */
  status: string;
  /** One letter that looks like it. */
  icon: string;
  /** How long, or how many of which. */
  text: string;
}

/** What the extension tells the view. */
export type ToView =
  | { type: 'graph'; graph: Graph; isBroken: boolean; source: string }
  | { type: 'none'; reason: string }
  | { type: 'select'; id: string | undefined }
  | { type: 'run'; runs: NodeRun[] }
  | { type: 'export'; format: 'svg' | 'png' };

/** What the view tells the extension. */
export type FromView =
  | { type: 'ready' }
  | { type: 'open'; id: string }
  | { type: 'follow'; id: string }
  | { type: 'export'; format: 'svg' | 'png'; content: string }
  | { type: 'mermaid' };
