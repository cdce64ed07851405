import type { GraphBox, GraphPicture } from './graph-model.ts';

export type Step = 'ArrowRight' | 'ArrowLeft' | 'ArrowUp' | 'ArrowDown';

/**
 * Where an arrow key leads from a box: right and left along the edges to the farther and the nearer items, up and down among
 * those of the same layer; within an opened group from cell to cell first. Null: there is nothing that way.
 */
export function stepFrom(picture: GraphPicture, id: string, step: Step): string | null {
  const from = picture.boxes.find((box) => box.id === id);
  if (from === undefined) return null;
  const cell = nextCell(picture, from, step);
  if (cell !== null) return cell;
  switch (step) {
    case 'ArrowRight': return nearest(from, alongEdges(picture, from, 'from'));
    case 'ArrowLeft': return nearest(from, alongEdges(picture, from, 'to'));
    case 'ArrowUp': return nearest(from, layerOf(picture, from).filter((box) => middle(box) < middle(from)));
    case 'ArrowDown': return nearest(from, layerOf(picture, from).filter((box) => middle(box) > middle(from)));
  }
}

const middle = ({ y, height }: GraphBox): number => y + height / 2;
const centre = ({ x, width }: GraphBox): number => x + width / 2;

/** What can be stood on: a frame is only a border. */
const standing = (box: GraphBox): boolean => box.shape !== 'frame';

/** What its own edges and those of its frame lead to; a frame stands for all that is in it. */
function alongEdges({ boxes, edges }: GraphPicture, from: GraphBox, end: 'from' | 'to'): GraphBox[] {
  const others = new Set(edges.filter((edge) => edge[end] === from.id || edge[end] === from.frame).map((edge) => (end === 'from' ? edge.to : edge.from)));
  return boxes.filter((box) => standing(box) && (others.has(box.id) || (box.frame !== undefined && others.has(box.frame))));
}

/** Boxes above and below it in the same layer: those whose widths overlap. */
function layerOf({ boxes }: GraphPicture, from: GraphBox): GraphBox[] {
  return boxes.filter((box) => standing(box) && box.id !== from.id && box.x < from.x + from.width && from.x < box.x + box.width);
}

function nextCell({ boxes }: GraphPicture, from: GraphBox, step: Step): string | null {
  if (from.frame === undefined || step === 'ArrowUp' || step === 'ArrowDown') return null;
  const row = boxes.filter((box) => box.frame === from.frame && box.y === from.y);
  const ahead = row.filter((box) => (step === 'ArrowRight' ? box.x > from.x : box.x < from.x));
  return nearest(from, ahead);
}

function nearest(from: GraphBox, boxes: readonly GraphBox[]): string | null {
  const distance = (box: GraphBox): number => Math.hypot(centre(box) - centre(from), middle(box) - middle(from));
  return boxes.toSorted((a, b) => distance(a) - distance(b))[0]?.id ?? null;
}
