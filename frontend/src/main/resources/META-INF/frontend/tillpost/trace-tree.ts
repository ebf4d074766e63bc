/** A tree out of spans as they come: in any order, some missing, some twice, clocks that differ. */

export interface Span {
  id: string;
  parentId?: string;
  name: string;
  service: string;
  /** Microseconds since the first start of the trace. */
  start: number;
  /** Microseconds. */
  duration: number;
  error: boolean;
}

export interface Node {
  span: Span;
  children: Node[];
  parent: Node | undefined;
  /** 1 for roots. */
  depth: number;
  /** Its parent is named but is not among the spans. */
  orphan: boolean;
  /** How many microseconds it starts before its parent; 0 if it does not. */
  early: number;
  /** Spans below it, at any depth. */
  below: number;
  /** Errors below it, at any depth. */
  errorsBelow: number;
}

export interface Tree {
  roots: Node[];
  nodes: Map<string, Node>;
  /** Microseconds from the first start to the last end; never 0. */
  total: number;
  /** The first start. */
  from: number;
  services: string[];
}

export function treeOf(spans: readonly Span[]): Tree {
  const nodes = new Map<string, Node>();
  for (const span of spans) {
    if (!nodes.has(span.id)) {
      const clean = { ...span, start: finite(span.start), duration: Math.max(0, finite(span.duration)) };
      nodes.set(span.id, {
        span: clean,
        children: [],
        parent: undefined,
        depth: 1,
        orphan: false,
        early: 0,
        below: 0,
        errorsBelow: 0,
      });
    }
  }
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = node.span.parentId ? nodes.get(node.span.parentId) : undefined;
    if (parent && !leadsTo(parent, node)) {
      node.parent = parent;
      parent.children.push(node);
    } else {
      node.orphan = Boolean(node.span.parentId);
      roots.push(node);
    }
  }
  finish(roots);
  const all = [...nodes.values()];
  const from = all.reduce((least, node) => Math.min(least, node.span.start), Infinity);
  const to = all.reduce((most, node) => Math.max(most, node.span.start + node.span.duration), -Infinity);
  return {
    roots,
    nodes,
    from: Number.isFinite(from) ? from : 0,
    total: Math.max(1, all.length === 0 ? 0 : to - from),
    services: [...new Set(rowsOf(roots, new Set()).map((node) => node.span.service))],
  };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** Whether one comes to `wanted` by going up from `node`: then `wanted` must not hang below it. */
function leadsTo(node: Node, wanted: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at === wanted) {
      return true;
    }
  }
  return false;
}

/** Sorts, and works out what depends on depth. No recursion: a trace can be a chain of thousands. */
function finish(roots: Node[]): void {
  roots.sort(byStart);
  const order: Node[] = [];
  const open = [...roots];
  for (let node = open.pop(); node; node = open.pop()) {
    order.push(node);
    node.children.sort(byStart);
    for (const child of node.children) {
      child.depth = node.depth + 1;
      child.early = Math.max(0, node.span.start - child.span.start);
      open.push(child);
    }
  }
  for (const node of order.reverse()) {
    if (node.parent) {
      node.parent.below += node.below + 1;
      node.parent.errorsBelow += node.errorsBelow + (node.span.error ? 1 : 0);
    }
  }
}

function byStart(one: Node, other: Node): number {
  return one.span.start - other.span.start || other.span.duration - one.span.duration;
}

/** The nodes to show, top to bottom: all but those below a folded one. */
export function rowsOf(roots: readonly Node[], folded: ReadonlySet<string>): Node[] {
  const rows: Node[] = [];
  const open = [...roots].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    rows.push(node);
    if (!folded.has(node.span.id)) {
      for (let index = node.children.length - 1; index >= 0; index--) {
        open.push(node.children[index] as Node);
      }
    }
  }
  return rows;
}

/** Round steps in microseconds for about `count` marks, without the one at 0. */
export function ticksOf(total: number, count = 5): number[] {
  const raw = total / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const ticks: number[] = [];
  for (let at = step; at < total * 0.98; at += step) {
    ticks.push(at);
  }
  return ticks;
}
