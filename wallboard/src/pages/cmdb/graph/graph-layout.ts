import { Graph, layout } from '@dagrejs/dagre';
import { groupAlike, type NodeGroup } from './graph-groups.ts';
import type { GraphBox, GraphEdge, GraphNode, GraphPicture } from './graph-model.ts';

/** Pixels. A label that is longer than the widest box breaks into lines; it is never cut. */
const BOX = { least: 150, most: 300, line: 20, padding: 30, kindLine: 18, gap: 12, head: 34 } as const;
const WIDE_LETTER = 14;
const LETTER = 7.9;

/** How large the box of a label is; Chinese letters are about twice as wide as Latin ones. */
export function boxSize(name: string): { readonly width: number; readonly height: number } {
  const text = [...name].reduce((sum, letter) => sum + (/[\u1100-\uffff]/.test(letter) ? WIDE_LETTER : LETTER), 0);
  const width = Math.min(BOX.most, Math.max(BOX.least, Math.ceil(text) + BOX.padding));
  const lines = Math.max(1, Math.ceil(text / (BOX.most - BOX.padding)));
  return { width, height: lines * BOX.line + BOX.kindLine + 10 };
}

interface Frame extends NodeGroup {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly cell: { readonly width: number; readonly height: number };
}

/** An opened group is a block of equal cells, about as wide as high, so that hundreds stay on one screen. */
function frameOf(group: NodeGroup): Frame {
  const sizes = group.members.map(({ name }) => boxSize(name));
  const cell = { width: Math.max(...sizes.map(({ width }) => width)), height: Math.max(...sizes.map(({ height }) => height)) };
  const columns = Math.max(1, Math.round(Math.sqrt((group.members.length * cell.height * 1.6) / cell.width)));
  const rows = Math.ceil(group.members.length / columns);
  const { gap, head } = BOX;
  return { ...group, cell, columns, width: columns * (cell.width + gap) + gap, height: head + rows * (cell.height + gap) };
}

/** Places everything in layers along the walk; nothing overlaps. `open`: ids of the groups that are opened. */
export function layOut(nodes: readonly GraphNode[], edges: readonly GraphEdge[], open: ReadonlySet<string>): GraphPicture {
  const grouped = groupAlike(nodes, edges);
  const frames = new Map(grouped.groups.filter(({ id }) => open.has(id)).map((group) => [group.id, frameOf(group)]));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 110, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, name } of grouped.singles) graph.setNode(id, { ...boxSize(name) });
  for (const { id } of grouped.groups) {
    const frame = frames.get(id);
    graph.setNode(id, frame ? { width: frame.width, height: frame.height } : { width: 190, height: 52 });
  }
  for (const { from, to, label } of grouped.edges) graph.setEdge(from, to, {}, label);
  layout(graph);
  const placeOf = (id: string): Pick<GraphBox, 'x' | 'y' | 'width' | 'height'> => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id);
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const boxes = [
    ...grouped.singles.map((node): GraphBox => ({ id: node.id, shape: 'item', node, ...placeOf(node.id) })),
    ...grouped.groups.flatMap((group): GraphBox[] => {
      const frame = frames.get(group.id);
      const place = placeOf(group.id);
      return frame ? [{ id: group.id, shape: 'frame', members: group.members, ...place }, ...cellsOf(frame, place)] : [{ id: group.id, shape: 'group', members: group.members, ...place }];
    }),
  ];
  return { boxes, edges: grouped.edges, width: Math.max(0, ...boxes.map(({ x, width }) => x + width)), height: Math.max(0, ...boxes.map(({ y, height }) => y + height)) };
}

function cellsOf(frame: Frame, place: Pick<GraphBox, 'x' | 'y'>): GraphBox[] {
  const { gap, head } = BOX;
  return frame.members.map((node, index) => ({
    id: node.id, shape: 'item', node, frame: frame.id, width: frame.cell.width, height: frame.cell.height,
    x: place.x + gap + (index % frame.columns) * (frame.cell.width + gap), y: place.y + head + Math.floor(index / frame.columns) * (frame.cell.height + gap),
  }));
}
