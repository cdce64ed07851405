import type { IncidentFeedSubscription } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from './feed-update.ts';

export type IncidentFeedUpdate = IncidentFeedSubscription['incident'];

/** The newest version of the incident that the server told of; the page fetches it when it is newer than its own. */
export function reduceIncidentVersion(version: number | null, update: IncidentFeedUpdate): number | null {
  return update.__typename === 'IncidentHeartbeat' ? version : Math.max(version ?? 0, update.incidentVersion);
}

export function incidentMark(update: IncidentFeedUpdate): FeedMark {
  switch (update.__typename) {
    case 'IncidentSnapshot':
      return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, serverTime: update.serverTime, version: update.version };
    case 'IncidentChanged':
      return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq };
    case 'IncidentHeartbeat':
      return { kind: 'heartbeat', seq: update.seq, serverTime: update.serverTime, version: update.version };
  }
}
