import type { Em } from '../../platform/db/orm.ts';
import { impactOf } from '../cmdb/cmdb-impact.service.ts';
import type { Reach } from './change-conflict.rules.ts';

export interface ReachOfCis {
  /** CIs that depend on the given ones. */
  readonly dependants: Reach;
  /** CIs that the given ones rest on. */
  readonly foundations: Reach;
}

/** Nearest first; further than this nobody can look through a plan. */
const MOST = 20_000;
/** So many layers of redundancy one above the other are looked through. */
const MOST_ROUNDS = 5;

/** What hangs on some CIs and what they hang on, by the relations of the CMDB. */
export async function reachOf(em: Em, ciIds: readonly string[]): Promise<ReachOfCis> {
  return { dependants: await dependantsOf(em, ciIds), foundations: await foundationsOf(em, ciIds) };
}

/** All that the CIs rest on, the spare ones too. */
export async function foundationsOf(em: Em, ciIds: readonly string[]): Promise<Reach> {
  if (ciIds.length === 0) return new Map();
  const { nodes } = await impactOf(em, { ciIds, direction: 'dependency', maxNodes: MOST });
  return new Map(nodes.map((node) => [node.ciId, node]));
}

/**
 * All that depends on the CIs, also where redundancy would spare it: work on one of two lines while somebody works on what stands on
 * both is a conflict, and must be one seen from either side.
 */
async function dependantsOf(em: Em, ciIds: readonly string[]): Promise<Reach> {
  const reached = new Map<string, { readonly path: readonly string[] }>(ciIds.map((id) => [id, { path: [id] }]));
  let roots: readonly string[] = ciIds;
  for (let round = 0; roots.length > 0 && round < MOST_ROUNDS; round += 1) {
    const { nodes, spared } = await impactOf(em, { ciIds: roots, direction: 'impact', maxNodes: MOST });
    for (const node of nodes) {
      if (reached.has(node.ciId)) continue;
      const start = reached;
      reached.set(node.ciId, { get path() { return joined(start, node.path); } });
    }
    const next = spared.map(({ ciId }) => ciId).filter((id) => !reached.has(id));
    await addSpared(em, next, reached);
    roots = next;
  }
  for (const id of ciIds) reached.delete(id);
  return reached;
}

/** The way to a spared CI leads over whichever of its suppliers was reached. They are few: only what has redundancy and lost some of it. */
async function addSpared(em: Em, spared: readonly string[], reached: Map<string, { readonly path: readonly string[] }>): Promise<void> {
  for (const id of spared) {
    const { nodes } = await impactOf(em, { ciIds: [id], direction: 'dependency', maxDepth: 1 });
    const supplier = nodes.find(({ ciId }) => reached.has(ciId));
    reached.set(id, { path: [...(supplier ? reached.get(supplier.ciId)!.path : []), id] });
  }
}

/** A walk of a later round begins at a spared CI: the way to that one comes first. */
function joined(reached: ReadonlyMap<string, { readonly path: readonly string[] }>, path: readonly string[]): readonly string[] {
  const [first, ...rest] = path;
  const start = first === undefined ? undefined : reached.get(first);
  return start ? [...start.path, ...rest] : path;
}
