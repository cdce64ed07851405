import { useEffect, useRef } from 'react';
import { IncidentFeedDocument } from '../../graphql/generated/desk/graphql.ts';
import { incidentMark, reduceIncidentChange, type IncidentChange } from './incident-feed.ts';
import { useLive, type LiveState } from './use-live.ts';

/** Follows one incident, and asks for it again when somebody changed it since it was fetched. */
export function useIncidentLive(ticket: { readonly id: string; readonly version: number }, reload: () => Promise<unknown>): LiveState<IncidentChange> {
  const live = useLive({
    document: IncidentFeedDocument, variables: { id: ticket.id }, updateOf: (data) => data.incident, markOf: incidentMark, reduce: reduceIncidentChange,
  });
  const change = live.state;
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (change === null) return;
    // The first message tells the state that the page was fetched with, unless somebody was quicker.
    const news = seen.current === null ? change.version > ticket.version : change.seq !== seen.current;
    seen.current = change.seq;
    if (news) void reload();
  }, [change, ticket.version, reload]);
  return live;
}
