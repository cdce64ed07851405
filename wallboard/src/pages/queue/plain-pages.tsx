import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { QueuePageDocument } from '../../graphql/generated/desk/graphql.ts';
import type { QueueColumn, QueueView } from './queue-filter.ts';
import { cellOf } from './queue-row.tsx';
import { useQueueWords } from './queue-words.ts';

const SIZE = 50;

/** The queue as an ordinary table, fifty at a time: nothing moves by itself, and every reader reads it. */
export function PlainPages({ view: { filter, sort }, columns }: { readonly view: QueueView; readonly columns: readonly QueueColumn[] }) {
  const words = useDeskWords();
  const t = useQueueWords();
  /** Where each page so far began. */
  const [starts, setStarts] = useState<readonly (string | null)[]>([null]);
  const result = useQuery(QueuePageDocument, { variables: { filter, sort, after: starts.at(-1) ?? null }, fetchPolicy: 'network-only' });
  return (
    <div className="plain-pages">
      <QueryState result={result} isEmpty={({ incidents }) => incidents.edges.length === 0} empty={<p>{words.t('queue.none')}</p>}>
        {({ incidents: { edges, pageInfo, totalCount } }) => {
          const first = (starts.length - 1) * SIZE;
          return (
            <>
              <table>
                <thead><tr>{columns.map((column) => <th key={column} scope="col">{t(`column.${column}`)}</th>)}</tr></thead>
                <tbody>{edges.map(({ node }) => <tr key={node.id}>{columns.map((column) => <td key={column}>{cellOf(column, node, words)}</td>)}</tr>)}</tbody>
              </table>
              <div className="form-end">
                <button type="button" disabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>{t('pages.before')}</button>
                <button type="button" disabled={!pageInfo.hasNextPage} onClick={() => setStarts([...starts, pageInfo.endCursor])}>{t('pages.after')}</button>
                <output>{t('pages.position', { first: first + 1, last: first + edges.length, total: totalCount })}</output>
              </div>
            </>
          );
        }}
      </QueryState>
    </div>
  );
}
