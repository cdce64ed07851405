import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ChangeChoicesDocument, ChangeListDocument } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ChangeFilters } from './change-filters.tsx';
import { ChangeTable } from './change-table.tsx';
import { useChangeWords } from './change-words.ts';
import { readChangeView } from './change-view.ts';

const PAGE = 50;

/** Changes by the filter of the address bar, newest first; live. */
export function ChangeListPage() {
  const t = useChangeWords();
  const [search] = useSearchParams();
  const { filter, unknown } = readChangeView(search);
  const choices = useQuery(ChangeChoicesDocument);
  const { data, previousData, error, refetch, fetchMore } = useQuery(ChangeListDocument, { variables: { filter, first: PAGE }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('CHANGE', null, refetch);
  const list = (data ?? previousData)?.changes;
  const more = (): void => {
    void fetchMore({
      variables: { after: list?.pageInfo.endCursor ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => ({ changes: { ...next.changes, edges: [...before.changes.edges, ...next.changes.edges] } }),
    });
  };
  return (
    <main className="ticket changes">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="changes-head">
        <h1>{t('title')}</h1>
        <nav><Link className="button" to="/planning">{t('list.calendar')}</Link><Link className="button" to="/changes/agreed">{t('list.agreed')}</Link><Link className="button main" to="/changes/new">{t('list.raise')}</Link></nav>
      </header>
      <ChangeFilters customers={choices.data?.customers.edges.map(({ node }) => node) ?? []} total={list?.totalCount} />
      {unknown.length === 0 ? null : <p className="notice" role="status">{t('list.unknown', { words: unknown.join(', ') })}</p>}
      <QueryNotice error={error} known={list !== undefined} retry={refetch} />
      {list === undefined ? null : list.edges.length === 0 ? <p className="quiet">{t('list.none')}</p> : <ChangeTable edges={list.edges} />}
      {list?.pageInfo.hasNextPage === true ? <button type="button" className="plain" onClick={more}>{t('list.more')}</button> : null}
    </main>
  );
}
