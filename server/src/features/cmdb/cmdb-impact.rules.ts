import type { Instant } from '../../kernel/instant.ts';
import type { CiGraph, GraphRedundancy } from './cmdb-graph.rules.ts';

export type ImpactDirection = 'impact' | 'dependency';

export interface ImpactWalk {
  readonly ciIds: readonly string[];
  /** `impact`: all that is affected when they fail; `dependency`: all that they rest on. */
  readonly direction: ImpactDirection;
  /** As it was then; null: as it is. */
  readonly asOf: Instant | null;
  readonly maxDepth: number;
  readonly maxNodes: number;
  /** Known not to be affected: neither counted nor walked through. */
  readonly notAffected: ReadonlySet<string>;
  /** True once the time for it is used up; asked now and then. */
  outOfTime(): boolean;
}

/** An item that was reached. Its path is put together only when somebody looks at it: of 100,000 nobody does. */
export class ReachedCi {
  readonly ciId: string;
  readonly depth: number;
  /** The item that it was reached from, and over which type of relation. */
  readonly via: string;
  readonly type: string;
  private readonly trace: () => string[];

  constructor(facts: { ciId: string; depth: number; via: string; type: string }, trace: () => string[]) {
    this.ciId = facts.ciId;
    this.depth = facts.depth;
    this.via = facts.via;
    this.type = facts.type;
    this.trace = trace;
  }

  /** From the item asked about to this one, both included. */
  get path(): string[] {
    return this.trace();
  }
}

/** An item that lost some of what it has over a type of relation, and stands because it needs no more than what is left. */
export interface SparedCi {
  readonly ciId: string;
  readonly type: string;
  readonly required: number;
  readonly has: number;
  readonly failed: number;
}

export interface ImpactResult {
  /** In order of depth; the items asked about are not among them. */
  readonly nodes: readonly ReachedCi[];
  readonly spared: readonly SparedCi[];
  readonly cutOff: boolean;
  readonly cutOffBy: 'depth' | 'nodes' | 'time' | null;
}

const NONE = -1;
const ASK_TIME_EVERY = 1024;

interface Group {
  readonly ciId: string;
  readonly type: string;
  readonly required: number;
  has: number;
  failed: number;
}

/**
 * Breadth first, each item once: cycles end by themselves, depth is the shortest way, and a path is walked back over who reached whom.
 * An item with redundancy n of m falls only when fewer than n of its m are left (CMDB-04): so the walk counts what failed and goes on
 * from the item at the failure that was one too many. Affected never becomes unaffected, so the order does not change the outcome.
 */
export function walkImpact(graph: CiGraph, walk: ImpactWalk): ImpactResult {
  const reachedBy = new Int32Array(graph.nodeCount).fill(NONE);
  const depth = new Int32Array(graph.nodeCount).fill(NONE);
  const groups = redundancyGroups(graph, walk);
  const barred = new Uint8Array(graph.nodeCount);
  for (const id of walk.notAffected) if (graph.indexOf(id) !== NONE) barred[graph.indexOf(id)] = 1;
  const queue: number[] = [];
  for (const id of walk.ciIds) {
    const root = graph.indexOf(id);
    if (root === NONE || depth[root] !== NONE || barred[root]) continue;
    depth[root] = 0;
    queue.push(root);
  }
  const roots = queue.length;
  const cutOffBy = spread({ graph, walk, reachedBy, depth, groups, barred, queue, roots });
  const down = walk.direction === 'impact';
  const before = (node: number): number => (down ? graph.supplier[reachedBy[node]!]! : graph.dependent[reachedBy[node]!]!);
  const nodes = queue.slice(roots).map((node) => new ReachedCi(
    { ciId: graph.ids[node]!, depth: depth[node]!, via: graph.ids[before(node)]!, type: graph.typeOf(reachedBy[node]!) },
    () => {
      const path = [graph.ids[node]!];
      for (let at = node; reachedBy[at] !== NONE; at = before(at)) path.push(graph.ids[before(at)]!);
      return path.reverse();
    },
  ));
  const spared = [...groups.values()].filter((group) => group.failed > 0 && depth[graph.indexOf(group.ciId)] === NONE && !barred[graph.indexOf(group.ciId)]);
  return { nodes, spared, cutOff: cutOffBy !== null, cutOffBy };
}

interface Spread {
  readonly graph: CiGraph;
  readonly walk: ImpactWalk;
  readonly reachedBy: Int32Array;
  readonly depth: Int32Array;
  readonly groups: ReadonlyMap<string, Group>;
  readonly barred: Uint8Array;
  readonly queue: number[];
  readonly roots: number;
}

/** Fills the queue; says by what it was cut off before it was done. */
function spread({ graph, walk, reachedBy, depth, groups, barred, queue, roots }: Spread): ImpactResult['cutOffBy'] {
  const down = walk.direction === 'impact';
  const [first, next, other] = down
    ? [graph.firstOfSupplier, graph.nextOfSupplier, graph.dependent]
    : [graph.firstOfDependent, graph.nextOfDependent, graph.supplier];
  const { from, to } = graph;
  const { asOf, maxDepth, maxNodes } = walk;
  let cutByDepth = false;
  for (let at = 0; at < queue.length; at += 1) {
    if (at % ASK_TIME_EVERY === ASK_TIME_EVERY - 1 && walk.outOfTime()) return 'time';
    const node = queue[at]!;
    for (let arc = first[node]!; arc !== NONE; arc = next[arc]!) {
      if (asOf === null ? to[arc] !== Number.POSITIVE_INFINITY : from[arc]! > asOf || to[arc]! <= asOf) continue;
      const reached = other[arc]!;
      if (depth[reached] !== NONE || barred[reached] || (down && groups.size > 0 && holds(graph, groups, arc))) continue;
      if (depth[node]! >= maxDepth) {
        cutByDepth = true;
        continue;
      }
      if (queue.length - roots >= maxNodes) return 'nodes';
      depth[reached] = depth[node]! + 1;
      reachedBy[reached] = arc;
      queue.push(reached);
    }
  }
  return cutByDepth ? 'depth' : null;
}

/** Counts one more failure of what the arc's dependent has; whether enough are left. */
function holds(graph: CiGraph, groups: ReadonlyMap<string, Group>, arc: number): boolean {
  const group = groups.get(groupKey(graph.dependent[arc]!, graph.type[arc]!));
  if (!group) return false;
  group.failed += 1;
  return group.has - group.failed >= group.required;
}

function groupKey(node: number, type: number): string {
  return `${node} ${type}`;
}

function redundancyGroups(graph: CiGraph, { asOf }: ImpactWalk): ReadonlyMap<string, Group> {
  const inForce = ({ validFrom, validTo }: GraphRedundancy): boolean => (asOf === null ? validTo === null : validFrom <= asOf && (validTo === null || validTo > asOf));
  const groups = new Map<string, Group>();
  for (const { ciId, type, required } of graph.redundancies.filter(inForce)) {
    const node = graph.indexOf(ciId);
    const typeIndex = graph.typeIndex(type);
    if (node === NONE || typeIndex === NONE) continue;
    let has = 0;
    for (let arc = graph.firstOfDependent[node]!; arc !== NONE; arc = graph.nextOfDependent[arc]!) {
      const open = asOf === null ? graph.to[arc] === Number.POSITIVE_INFINITY : graph.from[arc]! <= asOf && graph.to[arc]! > asOf;
      if (open && graph.type[arc] === typeIndex) has += 1;
    }
    groups.set(groupKey(node, typeIndex), { ciId, type, required, has, failed: 0 });
  }
  return groups;
}
