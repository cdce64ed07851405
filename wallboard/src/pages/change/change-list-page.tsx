import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from 'react-router';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { ChangeChoicesDocument, ChangeListDocument, type ChangeListQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ChangeFilters } from './change-filters.tsx';
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
      {error === undefined ? null : <p className="page-error" role="alert">{error.message}</p>}
      {list === undefined ? null : list.edges.length === 0 ? <p className="quiet">{t('list.none')}</p> : <ChangeTable edges={list.edges} />}
      {list?.pageInfo.hasNextPage === true ? <button type="button" className="plain" onClick={more}>{t('list.more')}</button> : null}
    </main>
  );
}

function ChangeTable({ edges }: { readonly edges: ChangeListQuery['changes']['edges'] }) {
  const t = useChangeWords();
  return (
    <section className="card changes-list">
      <table>
        <thead><tr>
          <th>{t('column.number')}</th><th>{t('column.title')}</th><th>{t('column.customer')}</th><th>{t('column.state')}</th><th>{t('column.people')}</th><th>{t('column.window')}</th><th>{t('column.due')}</th>
        </tr></thead>
        <tbody>{edges.map(({ node }) => (
          <tr key={node.id} data-category={node.category}>
            <td><Link to={`/changes/${node.number}`}>{node.number}</Link></td>
            <td><span className="badge category" data-category={node.category}>{t(`category.${node.category}`)}</span> {node.subject}</td>
            <td>{node.customer.name}</td>
            <td><span className="badge" data-change={node.state}>{t(`state.${node.state}`)}</span>{node.outcome === null ? null : <small> {t(`outcome.${node.outcome}`)}</small>}</td>
            <td>{node.owner?.name ?? '—'}<small> / {node.implementer?.name ?? '—'}</small></td>
            <td>{node.windowStartAt === null ? '—' : <><When at={node.windowStartAt} /> <br /><small><When at={node.windowEndAt} /></small></>}</td>
            <td>
              {node.respondedAt === null && node.responseDueAt !== null ? <When at={node.responseDueAt} /> : '—'}
              {node.responseMissedAt === null ? null : <> <span className="badge flag">{t('flag.responseLate')}</span></>}
              {node.debtMissedAt === null ? null : <> <span className="badge flag">{t('flag.debtLate')}</span></>}
            </td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}
