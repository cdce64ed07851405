import type { GraphEdge, GraphNode } from './graph-model.ts';

/** From so many on, items that are alike are one box until it is opened. */
export const GROUP_FROM = 6;
/** So many items are read one by one without getting lost: nothing is put together. */
export const FEW = 24;

/** What makes items alike. `layer`: one kind, as many steps away; `place`: one kind with exactly the same neighbours. */
export type Alike = 'layer' | 'place';

export interface NodeGroup {
  readonly id: string;
  readonly members: readonly GraphNode[];
}

export interface Grouped {
  readonly groups: readonly NodeGroup[];
  readonly singles: readonly GraphNode[];
  /** Id of the group or of the item itself: where it is at home in the picture. */
  readonly homeOf: (id: string) => string;
}

/** Puts alike items together, so that a picture of hundreds says at once what there is; marked ones always stand alone. */
export function groupAlike(nodes: readonly GraphNode[], edges: readonly GraphEdge[], alike: Alike): Grouped {
  const keyOf = alike === 'place' ? placeKey(edges) : ({ kind, life, depth }: GraphNode): string => JSON.stringify([kind, life, depth]);
  const candidates = alike === 'layer' && nodes.length <= FEW ? [] : nodes.filter(({ mark }) => mark === 'reached');
  const groups = [...Map.groupBy(candidates, keyOf).values()].filter((members) => members.length >= GROUP_FROM)
    // Named by what they are, so that one that was opened stays open when the walk is asked again.
    .map((members): NodeGroup => ({ id: `group ${keyOf(members[0] ?? NOBODY)}`, members: members.toSorted(byName) }));
  const home = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member.id, id] as const)));
  return { groups, singles: nodes.filter(({ id }) => !home.has(id)), homeOf: (id) => home.get(id) ?? id };
}

const NOBODY: GraphNode = { id: '', name: '', kind: '', life: '', depth: 0, mark: 'reached' };

function placeKey(edges: readonly GraphEdge[]): (node: GraphNode) => string {
  const before = Map.groupBy(edges, ({ to }) => to);
  const after = Map.groupBy(edges, ({ from }) => from);
  return ({ id, kind, life }) => JSON.stringify([
    kind, life, (before.get(id) ?? []).map(({ from }) => from).toSorted(), (after.get(id) ?? []).map(({ to }) => to).toSorted(),
  ]);
}

/** The edges to draw: those of a closed group as one each; those that every member of an opened one has lead to its frame. */
export function drawnEdges(edges: readonly GraphEdge[], grouped: Grouped, open: ReadonlySet<string>): GraphEdge[] {
  const sizes = new Map(grouped.groups.filter(({ id }) => open.has(id)).map(({ id, members }) => [id, members.length]));
  const seen = (id: string): string => (sizes.has(grouped.homeOf(id)) ? id : grouped.homeOf(id));
  const visible = once(edges.map(({ from, to, label }) => ({ from: seen(from), to: seen(to), label })));
  const shared = (end: 'from' | 'to', list: readonly GraphEdge[]): GraphEdge[] => {
    const far = end === 'from' ? 'to' : 'from';
    const alike = [...Map.groupBy(list, (edge) => JSON.stringify([grouped.homeOf(edge[end]), edge[far], edge.label])).values()];
    return alike.flatMap((same) => {
      const frame = grouped.homeOf(same[0]?.[end] ?? '');
      return sizes.get(frame) === same.length ? same.slice(0, 1).map((edge) => ({ ...edge, [end]: frame })) : same;
    });
  };
  return shared('to', shared('from', visible));
}

function once(edges: readonly GraphEdge[]): GraphEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to, edge.label]), edge])).values()].filter(({ from, to }) => from !== to);
}

const byName = (a: GraphNode, b: GraphNode): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
