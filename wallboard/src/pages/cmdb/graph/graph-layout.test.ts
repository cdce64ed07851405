import { describe, expect, test } from 'vitest';
import { boxSize, layOut } from './graph-layout.ts';
import type { GraphBox, GraphEdge, GraphNode } from './graph-model.ts';
import { stepFrom } from './graph-walk.ts';

const node = (id: string, depth: number, kind = 'virtual-machine'): GraphNode => ({ id, name: `${kind}-${id}`, kind, life: 'in-use', depth, mark: depth === 0 ? 'root' : 'reached' });
const edge = (from: string, to: string): GraphEdge => ({ from, to, label: 'hosts' });

/** A host with `count` machines, and a database behind the first of them. */
function host(count: number): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const machines = Array.from({ length: count }, (_, index) => node(`m${index}`, 1));
  return {
    nodes: [node('host', 0, 'server'), ...machines, node('db', 2, 'database')],
    edges: [...machines.map(({ id }) => edge('host', id)), edge('m0', 'db')],
  };
}

const drawn = ({ nodes, edges }: { nodes: readonly GraphNode[]; edges: readonly GraphEdge[] }, open: readonly string[] = [], alike: 'place' | 'layer' = 'place') =>
  layOut({ nodes, edges, open: new Set(open), alike });

function overlapping(boxes: readonly GraphBox[]): string[] {
  const drawn = boxes.filter(({ shape }) => shape !== 'frame');
  return drawn.flatMap((a, index) => drawn.slice(index + 1).filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).map((b) => `${a.id} ${b.id}`));
}

describe('WBD-07 the picture of relations', () => {
  test('WBD-07 alike items are one box from six on; what leads on stands alone', () => {
    expect(drawn(host(6)).boxes.map(({ shape }) => shape)).toEqual(Array(8).fill('item'));
    const { boxes, edges } = drawn(host(7));
    expect(boxes.filter(({ shape }) => shape === 'group').map(({ members }) => members?.length)).toEqual([6]);
    expect(boxes.filter(({ shape }) => shape === 'item').map(({ id }) => id).toSorted()).toEqual(['db', 'host', 'm0']);
    expect(edges).toHaveLength(3);
  });

  test('WBD-07 200 items, opened and closed: no box covers another', () => {
    const { nodes, edges } = host(198);
    const closed = drawn({ nodes, edges });
    expect(overlapping(closed.boxes)).toEqual([]);
    const group = closed.boxes.find(({ shape }) => shape === 'group');
    const open = drawn({ nodes, edges }, [group?.id ?? '']);
    expect(open.boxes.filter(({ shape }) => shape === 'item')).toHaveLength(200);
    expect(overlapping(open.boxes)).toEqual([]);
    expect(open.height).toBeLessThan(2600);
  });

  test('WBD-07 the layers of a large picture are one box a kind; opened, each member keeps its own relations', () => {
    const feeds = Array.from({ length: 16 }, (_, index) => node(`f${index}`, 1, 'power-feed'));
    const racks = Array.from({ length: 16 }, (_, index) => node(`r${index}`, 2, 'rack'));
    const nodes = [node('panel', 0, 'power-panel'), ...feeds, ...racks];
    const edges = [...feeds.map(({ id }) => edge('panel', id)), ...feeds.map(({ id }, index) => edge(id, `r${index}`))];
    const closed = drawn({ nodes, edges }, [], 'layer');
    expect(closed.boxes.map(({ shape, members }) => [shape, members?.length ?? 1])).toEqual([['item', 1], ['group', 16], ['group', 16]]);
    expect(closed.edges).toHaveLength(2);
    const [feedGroup = '', rackGroup = ''] = closed.boxes.filter(({ shape }) => shape === 'group').map(({ id }) => id);
    const half = drawn({ nodes, edges }, [feedGroup], 'layer');
    // Every feed leads to the racks: said once, from the frame.
    expect(half.edges.map(({ from, to }) => [from, to])).toEqual([['panel', feedGroup], [feedGroup, rackGroup]]);
    const open = drawn({ nodes, edges }, [feedGroup, rackGroup], 'layer');
    expect(open.edges).toHaveLength(17);
    expect(open.edges).toContainEqual(edge('f3', 'r3'));
    expect(overlapping(open.boxes)).toEqual([]);
  });

  test('WBD-07 up to 24 items are drawn one by one', () => {
    expect(drawn(host(22), [], 'layer').boxes.every(({ shape }) => shape === 'item')).toBe(true);
    expect(drawn(host(23), [], 'layer').boxes.some(({ shape }) => shape === 'group')).toBe(true);
  });

  test('WBD-07 parts that do not hang together stand beside each other', () => {
    const pairs = Array.from({ length: 12 }, (_, index) => index);
    const nodes = pairs.flatMap((index) => [node(`a${index}`, 0), node(`b${index}`, 0)]);
    const { boxes, width, height } = drawn({ nodes, edges: pairs.map((index) => edge(`a${index}`, `b${index}`)) });
    expect(overlapping(boxes)).toEqual([]);
    expect(width / height).toBeGreaterThan(1);
  });

  test('WBD-07 a cycle and a pair of relations between the same two are drawn too', () => {
    const nodes = [node('a', 0), node('b', 1), node('c', 2)];
    const { boxes } = drawn({ nodes, edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), { from: 'a', to: 'b', label: 'backs up' }] });
    expect(overlapping(boxes)).toEqual([]);
    expect(boxes).toHaveLength(3);
  });

  test('WBD-07 a long label gets more lines instead of being cut', () => {
    expect(boxSize('sw01')).toEqual({ width: 150, height: 48 });
    expect(boxSize('门诊楼三层核心交换机')).toEqual({ width: 170, height: 48 });
    expect(boxSize('x'.repeat(100)).width).toBe(300);
    expect(boxSize('x'.repeat(100)).height).toBe(88);
  });
});

describe('WBD-11 walked by arrow keys', () => {
  const picture = drawn(host(7));
  const group = picture.boxes.find(({ shape }) => shape === 'group')?.id ?? '';

  test('WBD-11 right and left go along the edges, up and down within the layer', () => {
    expect(['m0', group]).toContain(stepFrom(picture, 'host', 'ArrowRight'));
    expect(stepFrom(picture, 'm0', 'ArrowRight')).toBe('db');
    expect(stepFrom(picture, 'db', 'ArrowLeft')).toBe('m0');
    expect(new Set([stepFrom(picture, 'm0', 'ArrowDown'), stepFrom(picture, 'm0', 'ArrowUp')])).toEqual(new Set([group, null]));
    expect(stepFrom(picture, 'db', 'ArrowRight')).toBe(null);
    expect(stepFrom(picture, 'nobody', 'ArrowRight')).toBe(null);
  });

  test('WBD-11 every cell of an opened group is reached', () => {
    const open = drawn(host(30), [drawn(host(30)).boxes.find(({ shape }) => shape === 'group')?.id ?? '']);
    const seen = new Set(['host']);
    const queue = ['host'];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const step of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'] as const) {
        const next = stepFrom(open, id, step);
        if (next !== null && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
    expect(open.boxes.filter(({ shape, id }) => shape === 'item' && !seen.has(id))).toEqual([]);
  });
});
