import type { IncidentFeedSubscription } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from './feed-update.ts';

export type IncidentFeedUpdate = IncidentFeedSubscription['incident'];

/** What the page knows of changes: the seq of the newest one, also of those that leave the version alone (a warning, a breach), and the version then. */
export interface IncidentChange {
  readonly seq: string;
  readonly version: number;
}

export function reduceIncidentChange(last: IncidentChange | null, update: IncidentFeedUpdate): IncidentChange | null {
  if (update.__typename === 'IncidentHeartbeat') return last;
  return { seq: update.__typename === 'IncidentSnapshot' ? update.seq : update.toSeq, version: update.incidentVersion };
}

export function incidentMark(update: IncidentFeedUpdate): FeedMark {
  switch (update.__typename) {
    case 'IncidentSnapshot':
      return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'IncidentChanged':
      return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'IncidentHeartbeat':
      return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}
