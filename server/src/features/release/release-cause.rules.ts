import { DAY, HOUR, type Instant } from '../../kernel/instant.ts';
import type { CauseEvidence } from './release.entity.ts';

/** REL-06: [deployed, deployed + watch days], both ends included: an incident exactly at the end is still "within". */
export function inWatchWindow(deployedAt: Instant, at: Instant, watchDays: number): boolean {
  return at >= deployedAt && at <= deployedAt + watchDays * DAY;
}

/** A CI of the release that the incident's CI is or rests on. */
export interface Reached {
  readonly ciId: string;
  /** From the incident's CI to the release's, both included. */
  readonly path: readonly string[];
}

export interface Suspicion {
  readonly deployedAt: Instant;
  readonly incidentAt: Instant;
  readonly watchDays: number;
  readonly releaseCiIds: ReadonlySet<string>;
  /** In order of depth, the incident's own CIs first. */
  readonly reached: readonly Reached[];
  readonly nameOf: (ciId: string) => string;
}

/** Why an incident is suspected of being caused by a release, by the shortest way; null when it is not. */
export function suspect({ deployedAt, incidentAt, watchDays, releaseCiIds, reached, nameOf }: Suspicion): CauseEvidence | null {
  if (!inWatchWindow(deployedAt, incidentAt, watchDays)) return null;
  const hit = reached.find(({ ciId }) => releaseCiIds.has(ciId));
  if (!hit) return null;
  const ciId = hit.path[0] ?? hit.ciId;
  return {
    ciId, ciName: nameOf(ciId), releaseCiId: hit.ciId, releaseCiName: nameOf(hit.ciId), path: hit.path.map(nameOf),
    hoursAfterDeployment: Math.round(((incidentAt - deployedAt) / HOUR) * 100) / 100, watchDays,
  };
}
