import { Graph, layout } from '@dagrejs/dagre';
import { drawnEdges, groupAlike, type Alike, type Grouped, type NodeGroup } from './graph-groups.ts';
import type { GraphBox, GraphEdge, GraphNode, GraphPicture } from './graph-model.ts';

/** Pixels. A label that is longer than the widest box breaks into lines; it is never cut. */
const BOX = { least: 150, most: 300, line: 20, padding: 30, kindLine: 18, gap: 12, head: 34 } as const;
const WIDE_LETTER = 14;
const LETTER = 7.9;
/** Of the window that it is looked at in: parts that do not hang together are packed to about this shape. */
const SHAPE = 1.9;
const BETWEEN_PARTS = 34;

/** How large the box of a label is; Chinese letters are about twice as wide as Latin ones. */
export function boxSize(name: string): Size {
  const text = [...name].reduce((sum, letter) => sum + (/[\u1100-\uffff]/.test(letter) ? WIDE_LETTER : LETTER), 0);
  const width = Math.min(BOX.most, Math.max(BOX.least, Math.ceil(text) + BOX.padding));
  const lines = Math.max(1, Math.ceil(text / (BOX.most - BOX.padding)));
  return { width, height: lines * BOX.line + BOX.kindLine + 10 };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place extends Size {
  readonly x: number;
  readonly y: number;
}

interface Frame extends NodeGroup, Size {
  readonly columns: number;
  readonly cell: Size;
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

export interface LayoutRequest {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Ids of the groups that are opened. */
  readonly open: ReadonlySet<string>;
  readonly alike: Alike;
}

/** Places everything in layers along the edges; no box covers another. */
export function layOut({ nodes, edges, open, alike }: LayoutRequest): GraphPicture {
  const grouped = groupAlike(nodes, edges, alike);
  const frames = new Map(grouped.groups.filter(({ id }) => open.has(id)).map((group) => [group.id, frameOf(group)]));
  const sizes = new Map<string, Size>([
    ...grouped.singles.map(({ id, name }) => [id, boxSize(name)] as const),
    ...grouped.groups.map(({ id }) => [id, frames.get(id) ?? { width: 190, height: 52 }] as const),
  ]);
  const places = placeAll(sizes, edges.map(({ from, to }) => ({ from: grouped.homeOf(from), to: grouped.homeOf(to) })));
  const boxes = boxesOf(grouped, frames, places);
  return {
    boxes, edges: drawnEdges(edges, grouped, open),
    width: Math.max(0, ...boxes.map(({ x, width }) => x + width)), height: Math.max(0, ...boxes.map(({ y, height }) => y + height)),
  };
}

function boxesOf(grouped: Grouped, frames: ReadonlyMap<string, Frame>, places: ReadonlyMap<string, Place>): GraphBox[] {
  const at = (id: string): Place => places.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  return [
    ...grouped.singles.map((node): GraphBox => ({ id: node.id, shape: 'item', node, ...at(node.id) })),
    ...grouped.groups.flatMap((group): GraphBox[] => {
      const frame = frames.get(group.id);
      const place = at(group.id);
      return frame ? [{ id: group.id, shape: 'frame', members: group.members, ...place }, ...cellsOf(frame, place)] : [{ id: group.id, shape: 'group', members: group.members, ...place }];
    }),
  ];
}

interface Link {
  readonly from: string;
  readonly to: string;
}

/** Each part that hangs together is laid out for itself; the parts are packed in rows, the highest first. */
function placeAll(sizes: ReadonlyMap<string, Size>, links: readonly Link[]): Map<string, Place> {
  const parts = partsOf([...sizes.keys()], links).map((ids) => layOutPart(ids, sizes, links)).toSorted((a, b) => b.height - a.height);
  const area = parts.reduce((sum, { width, height }) => sum + (width + BETWEEN_PARTS) * (height + BETWEEN_PARTS), 0);
  const rowWidth = Math.max(Math.sqrt(area * SHAPE), ...parts.map(({ width }) => width));
  const places = new Map<string, Place>();
  let [x, y, rowHeight] = [0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > rowWidth) [x, y, rowHeight] = [0, y + rowHeight + BETWEEN_PARTS, 0];
    for (const [id, place] of part.places) places.set(id, { ...place, x: place.x + x, y: place.y + y });
    x += part.width + BETWEEN_PARTS;
    rowHeight = Math.max(rowHeight, part.height);
  }
  return places;
}

interface Part extends Size {
  readonly places: ReadonlyMap<string, Place>;
}

function layOutPart(ids: readonly string[], sizes: ReadonlyMap<string, Size>, links: readonly Link[]): Part {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 100 });
  graph.setDefaultEdgeLabel(() => ({}));
  const own = new Set(ids);
  for (const id of ids) graph.setNode(id, { width: 0, height: 0, ...sizes.get(id) });
  for (const { from, to } of links) if (from !== to && own.has(from)) graph.setEdge(from, to);
  layout(graph);
  const places = new Map(ids.map((id) => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id);
    return [id, { x: x - width / 2, y: y - height / 2, width, height }] as const;
  }));
  const all = [...places.values()];
  return { places, width: Math.max(...all.map(({ x, width }) => x + width)), height: Math.max(...all.map(({ y, height }) => y + height)) };
}

/** Sets of ids that hang together, in the order in which they were given. */
function partsOf(ids: readonly string[], links: readonly Link[]): string[][] {
  const near = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of links) {
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const seen = new Set<string>();
  return ids.flatMap((start): string[][] => {
    if (seen.has(start)) return [];
    seen.add(start);
    const part = [start];
    for (const id of part) {
      for (const other of near.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        part.push(other);
      }
    }
    return [part];
  });
}

function cellsOf(frame: Frame, place: Place): GraphBox[] {
  const { gap, head } = BOX;
  return frame.members.map((node, index) => ({
    id: node.id, shape: 'item', node, frame: frame.id, width: frame.cell.width, height: frame.cell.height,
    x: place.x + gap + (index % frame.columns) * (frame.cell.width + gap), y: place.y + head + Math.floor(index / frame.columns) * (frame.cell.height + gap),
  }));
}
