import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CiGraph } from './cmdb-graph.rules.ts';
import { walkImpact, type ImpactDirection } from './cmdb-impact.rules.ts';

interface World {
  readonly relations: readonly { readonly from: number; readonly to: number; readonly type: string; readonly both: boolean; readonly validFrom: number; readonly validTo: number | null }[];
  readonly needs: readonly { readonly ci: number; readonly type: string; readonly required: number }[];
  readonly roots: readonly number[];
  readonly barred: readonly number[];
  readonly at: number | null;
}

const ITEMS = 12;
const item = fc.integer({ min: 0, max: ITEMS - 1 });
const type = fc.constantFrom('a', 'b');
const world: fc.Arbitrary<World> = fc.record({
  relations: fc.uniqueArray(
    fc.record({ from: item, to: item, type, both: fc.boolean(), validFrom: fc.integer({ min: 0, max: 9 }), validTo: fc.option(fc.integer({ min: 10, max: 20 })) }),
    { maxLength: 40, selector: ({ from, to, type: kind }) => [Math.min(from, to), Math.max(from, to), kind].join() },
  ),
  needs: fc.uniqueArray(fc.record({ ci: item, type, required: fc.integer({ min: 1, max: 4 }) }), { maxLength: 8, selector: ({ ci, type: kind }) => `${ci} ${kind}` }),
  roots: fc.uniqueArray(item, { minLength: 1, maxLength: 3 }),
  barred: fc.uniqueArray(item, { maxLength: 3 }),
  at: fc.option(fc.integer({ min: 0, max: 20 })),
});

function graphOf({ relations, needs }: World): CiGraph {
  const graph = new CiGraph();
  for (const { from, to, type: kind, both, validFrom, validTo } of relations) {
    graph.add({ sourceId: `c${from}`, type: kind, targetId: `c${to}`, propagation: both ? 'both' : 'target-to-source', validFrom, validTo });
  }
  graph.redundancies = needs.map(({ ci, type: kind, required }) => ({ ciId: `c${ci}`, type: kind, required, validFrom: 0, validTo: null }));
  return graph;
}

function walk(given: World, direction: ImpactDirection, more: Partial<Parameters<typeof walkImpact>[1]> = {}) {
  return walkImpact(graphOf(given), {
    ciIds: given.roots.map((root) => `c${root}`), direction, asOf: given.at, maxDepth: Number.MAX_SAFE_INTEGER, maxNodes: Number.MAX_SAFE_INTEGER,
    notAffected: new Set(given.barred.map((one) => `c${one}`)), outOfTime: () => false, ...more,
  });
}

/** The same said naively: whoever rests on what failed fails, unless enough of that type are left; again and again until nothing changes. */
function naive({ relations, needs, roots, barred, at }: World, direction: ImpactDirection): Set<string> {
  const open = relations.filter(({ validFrom, validTo }) => (at === null ? validTo === null : validFrom <= at && (validTo === null || at < validTo)));
  const rests = open.flatMap(({ from, to, type: kind, both }) => [{ who: from, on: to, kind }, ...(both ? [{ who: to, on: from, kind }] : [])]);
  const failed = new Set(roots.filter((root) => !barred.includes(root)));
  for (let before = -1; before !== failed.size;) {
    before = failed.size;
    for (let ci = 0; ci < ITEMS; ci += 1) {
      if (barred.includes(ci)) continue;
      const falls = direction === 'dependency'
        ? rests.some(({ who, on }) => on === ci && failed.has(who))
        : ['a', 'b'].some((kind) => {
          const suppliers = rests.filter((rest) => rest.who === ci && rest.kind === kind).map(({ on }) => on);
          const left = suppliers.filter((on) => !failed.has(on)).length;
          const required = needs.find((need) => need.ci === ci && need.type === kind)?.required ?? suppliers.length;
          return left < suppliers.length && left < required;
        });
      if (falls) failed.add(ci);
    }
  }
  return new Set([...failed].filter((ci) => !roots.includes(ci)).map((ci) => `c${ci}`));
}

test('CMDB-04 the walk reaches what the rule says, over cycles, redundancy, marks and past relations', () => {
  fc.assert(fc.property(world, fc.constantFrom<ImpactDirection>('impact', 'dependency'), (given, direction) => {
    const { nodes, cutOff } = walk(given, direction);
    expect(new Set(nodes.map(({ ciId }) => ciId))).toEqual(naive(given, direction));
    expect([nodes.length, cutOff]).toEqual([new Set(nodes.map(({ ciId }) => ciId)).size, false]);
  }), { numRuns: 2000 });
});

test('CMDB-04 every path leads from an item asked about over relations to the item, as long as its depth says', () => {
  fc.assert(fc.property(world, (given) => {
    for (const { ciId, path, depth, via } of walk(given, 'impact').nodes) {
      expect([path.length, path.at(-1), path.at(-2)]).toEqual([depth + 1, ciId, via]);
      expect(given.roots.map((root) => `c${root}`)).toContain(path[0]);
      expect(new Set(path).size).toBe(path.length);
    }
  }), { numRuns: 500 });
});

test('CMDB-04 bounded by items, depth or time the walk says so and has nothing that the whole one has not', () => {
  fc.assert(fc.property(world, fc.integer({ min: 1, max: 4 }), (given, limit) => {
    const whole = walk(given, 'dependency');
    const all = new Set(whole.nodes.map(({ ciId }) => ciId));
    const few = walk(given, 'dependency', { maxNodes: limit });
    expect([few.nodes.length, few.cutOff]).toEqual([Math.min(limit, all.size), all.size > limit]);
    const near = walk(given, 'dependency', { maxDepth: limit });
    expect(near.nodes.every(({ ciId, depth }) => all.has(ciId) && depth <= limit)).toBe(true);
    expect(near.cutOff).toBe(whole.nodes.some(({ depth }) => depth > limit));
  }), { numRuns: 500 });
});

test('CMDB-04 time that is used up ends a walk over a long chain, and that is told', () => {
  const graph = new CiGraph();
  for (let n = 0; n < 5000; n += 1) graph.add({ sourceId: `c${n + 1}`, type: 'a', targetId: `c${n}`, propagation: 'target-to-source', validFrom: 0, validTo: null });
  const asked = { ciIds: ['c0'], direction: 'impact', asOf: null, maxDepth: Number.MAX_SAFE_INTEGER, maxNodes: Number.MAX_SAFE_INTEGER, notAffected: new Set<string>() } as const;
  const cut = walkImpact(graph, { ...asked, outOfTime: () => true });
  expect([cut.cutOff, cut.cutOffBy, cut.nodes.length > 0, cut.nodes.length < 5000]).toEqual([true, 'time', true, true]);
  const whole = walkImpact(graph, { ...asked, outOfTime: () => false });
  expect([whole.nodes.length, whole.nodes.at(-1)?.depth, whole.nodes.at(-1)?.path.length]).toEqual([5000, 5000, 5001]);
});
