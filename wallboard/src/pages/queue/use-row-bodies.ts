import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { QueueRowsDocument, type QueueRowFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { QueueKey } from '../../lib/feed/queue-reducer.ts';

/** The server gives at most so many by one `nodes` query. */
const BATCH = 100;
/** What scrolled away is kept for coming back, but not for ever: a queue stays open all day. */
const KEPT = 1000;

/** Bodies of the visible rows by id: fetched when missing or older than the version that the stream told. */
export function useRowBodies(visible: readonly QueueKey[]): ReadonlyMap<string, QueueRowFieldsFragment> {
  const client = useApolloClient();
  const [bodies, setBodies] = useState<ReadonlyMap<string, QueueRowFieldsFragment>>(new Map());
  const asked = useRef(new Map<string, number>());
  useEffect(() => {
    const missing = visible.filter(({ id, version }) => (bodies.get(id)?.version ?? -1) < version && (asked.current.get(id) ?? -1) < version);
    const batch = missing.slice(0, BATCH);
    if (batch.length === 0) return;
    for (const { id, version } of batch) asked.current.set(id, version);
    client.query({ query: QueueRowsDocument, variables: { ids: batch.map(({ id }) => id) }, fetchPolicy: 'no-cache' }).then(({ data }) => {
      setBodies((before) => {
        const next = new Map(before);
        for (const node of data?.nodes ?? []) {
          if (node?.__typename !== 'Incident') continue;
          next.delete(node.id);
          next.set(node.id, node);
        }
        return new Map([...next].slice(-KEPT));
      });
    }).catch(() => {
      // Not reached: forget that these were asked for, so that the next change of the window asks again.
    }).finally(() => {
      for (const { id } of batch) asked.current.delete(id);
    });
  }, [visible, bodies, client]);
  return bodies;
}
