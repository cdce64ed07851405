import type { CiImpactGraphQuery } from '../../../graphql/generated/desk/graphql.ts';
import type { GraphEdge, GraphNode } from './graph-model.ts';

export type Impact = CiImpactGraphQuery['ciImpact'];

/** What the walk answered, as nodes and edges of the picture: each edge leads from the nearer item to the farther. */
export function pictureOf(impact: Impact, relationOf: (type: string, outgoing: boolean) => string): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes = new Map<string, GraphNode>();
  const add = (node: GraphNode): void => { if (!nodes.has(node.id)) nodes.set(node.id, node); };
  for (const { id, name, class: kind, life } of impact.roots) add({ id, name, kind, life, depth: 0, mark: 'root' });
  for (const { id, name, class: kind, life, depth } of impact.nodes) add({ id, name, kind, life, depth, mark: 'reached' });
  const edges = impact.edges.flatMap((edge): GraphEdge[] => {
    const source = nodes.get(edge.sourceId);
    const target = nodes.get(edge.targetId);
    if (source === undefined || target === undefined || edge.propagation === 'none') return [];
    // Along the walk; where both stand equally near, as the relation is written.
    const outgoing = source.depth <= target.depth;
    return [outgoing ? { from: source.id, to: target.id, label: relationOf(edge.type, true) } : { from: target.id, to: source.id, label: relationOf(edge.type, false) }];
  });
  const leaf = (id: string, name: string, kind: string, mark: 'spared' | 'barred'): void => add({ id, name, kind, life: '', depth: 1, mark });
  for (const { id, name, class: kind } of impact.spared) leaf(id, name, kind, 'spared');
  for (const { ciId, name, class: kind } of impact.notAffected) leaf(ciId, name, kind, 'barred');
  return { nodes: [...nodes.values()], edges: withinReach(edges, nodes) };
}

/** Two relations of one type between the same two are drawn once. */
function withinReach(edges: readonly GraphEdge[], nodes: ReadonlyMap<string, GraphNode>): GraphEdge[] {
  const once = new Map(edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)).map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge]));
  return [...once.values()];
}
