import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { processNow } from '../../platform/time/time-source.ts';
import { graphFor } from './cmdb-graph.service.ts';
import { walkImpact, type ImpactDirection, type ImpactResult } from './cmdb-impact.rules.ts';

export interface ImpactQuestion {
  readonly ciIds: readonly string[];
  readonly direction: ImpactDirection;
  /** As it was then; left out: as it is. */
  readonly asOf?: Instant | null;
  /** Steps; left out: to any depth. */
  readonly maxDepth?: number | null;
  /** Items; left out: all. */
  readonly maxNodes?: number | null;
  /** CIs that are known not to be affected: not counted, not walked through. */
  readonly notAffected?: readonly string[] | null;
  /** Wall time that the walk may take. */
  readonly limitMs?: number | null;
}

const MOST_MS = 2_000;

/**
 * CMDB-04: all that is affected when the CIs fail, or all that they rest on; the CIs asked about are not among the nodes.
 * Honours redundancy, ends on cycles, says by what it was cut off. Knows no actor: the caller leaves out what nobody may see.
 */
export async function impactOf(em: Em, question: ImpactQuestion): Promise<ImpactResult> {
  const { ciIds, direction, asOf = null, maxDepth, maxNodes, notAffected, limitMs } = question;
  for (const [field, value] of Object.entries({ maxDepth, maxNodes })) {
    if (value !== null && value !== undefined && (!Number.isInteger(value) || value < 1)) throw new Refusal('OUT_OF_RANGE', `"${field}" must be a whole number of at least 1, got ${value}.`, field);
  }
  const graph = await graphFor(em);
  const until = processNow() + (limitMs ?? MOST_MS);
  return walkImpact(graph, {
    ciIds, direction, asOf, maxDepth: maxDepth ?? Number.MAX_SAFE_INTEGER, maxNodes: maxNodes ?? Number.MAX_SAFE_INTEGER, notAffected: new Set(notAffected ?? []),
    outOfTime: () => processNow() > until,
  });
}
