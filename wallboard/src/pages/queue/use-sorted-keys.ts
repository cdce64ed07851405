import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { QueueSortedDocument, type IncidentFilter, type IncidentSort } from '../../graphql/generated/desk/graphql.ts';
import type { QueueKey, QueueList } from '../../lib/feed/queue-reducer.ts';

/** Another order than priority is for looking around, not for working through: five pages are enough. */
const PAGES = 5;

/**
 * The queue in another order than that of the stream, asked for again whenever the stream says that something changed.
 * Null while `sort` is the stream's own order or the first page has not come.
 */
export function useSortedKeys(filter: IncidentFilter, sort: IncidentSort, changed: QueueList | null): QueueList | null {
  const client = useApolloClient();
  const [list, setList] = useState<QueueList | null>(null);
  const wanted = JSON.stringify(filter);
  const shown = useRef(false);
  shown.current = list !== null;
  useEffect(() => {
    setList(null);
  }, [wanted, sort]);
  useEffect(() => {
    if (sort === 'PRIORITY' || changed === null) return;
    let current = true;
    const read = async (): Promise<void> => {
      const keys: QueueKey[] = [];
      let after: string | null = null;
      for (let page = 0; page < PAGES; page += 1) {
        const variables: { filter: IncidentFilter; sort: IncidentSort; after: string | null } = { filter: JSON.parse(wanted), sort, after };
        const { data } = await client.query({ query: QueueSortedDocument, variables, fetchPolicy: 'no-cache' });
        if (data === undefined || !current) return;
        for (const { node } of data.incidents.edges) keys.push({ ...node, order: String(keys.length).padStart(6, '0') });
        after = data.incidents.pageInfo.endCursor;
        if (!data.incidents.pageInfo.hasNextPage) break;
      }
      if (current) setList({ keys, total: changed.total });
    };
    // A flood of changes asks once for what it left behind, not once for each.
    const timer = setTimeout(() => void read().catch(() => undefined), shown.current ? 2000 : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, wanted, sort, changed]);
  return sort === 'PRIORITY' ? null : list;
}
