import type { GraphEdge, GraphNode } from './graph-model.ts';

/** From so many on, items that stand in the same place of the picture are one box until it is opened. */
export const GROUP_FROM = 6;

export interface NodeGroup {
  readonly id: string;
  readonly members: readonly GraphNode[];
}

export interface Grouped {
  readonly groups: readonly NodeGroup[];
  readonly singles: readonly GraphNode[];
  /** Edges between singles and groups, each once. */
  readonly edges: readonly GraphEdge[];
}

/** Puts together items of one kind and life that have exactly the same neighbours: nothing but their names tells them apart here. */
export function groupAlike(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Grouped {
  const before = Map.groupBy(edges, ({ to }) => to);
  const after = Map.groupBy(edges, ({ from }) => from);
  const placeOf = ({ id, kind, life, mark }: GraphNode): string => {
    const near = (before.get(id) ?? []).map(({ from, label }) => `${from} ${label}`).toSorted();
    const far = (after.get(id) ?? []).map(({ to, label }) => `${to} ${label}`).toSorted();
    return JSON.stringify([kind, life, mark, near, far]);
  };
  const alike = [...Map.groupBy(nodes, placeOf).values()];
  const groups = alike.filter((members) => members.length >= GROUP_FROM && members[0]?.mark === 'reached')
    .map((members): NodeGroup => ({ id: `group ${members[0]?.id}`, members: members.toSorted(byName) }));
  const home = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member.id, id] as const)));
  const at = (id: string): string => home.get(id) ?? id;
  const once = new Map(edges.map(({ from, to, label }) => [`${at(from)} ${at(to)} ${label}`, { from: at(from), to: at(to), label }]));
  return { groups, singles: nodes.filter(({ id }) => !home.has(id)), edges: [...once.values()] };
}

const byName = (a: GraphNode, b: GraphNode): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
