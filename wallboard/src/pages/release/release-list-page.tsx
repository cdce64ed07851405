import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ReleaseListDocument, ViewerDocument, type ReleaseListQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ReleaseFilters } from './release-filters.tsx';
import { readReleaseView } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';
import { WindowText } from './window-text.tsx';

const PAGE = 50;

/** Releases by the filter of the address bar, newest first; live. */
export function ReleaseListPage() {
  const t = useReleaseWords();
  const [search] = useSearchParams();
  const { filter, unknown } = readReleaseView(search);
  const viewer = useQuery(ViewerDocument);
  const { data, previousData, error, refetch, fetchMore } = useQuery(ReleaseListDocument, { variables: { filter, first: PAGE }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('RELEASE', null, refetch);
  const list = (data ?? previousData)?.releases;
  const more = (): void => {
    void fetchMore({
      variables: { after: list?.pageInfo.endCursor ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => ({ releases: { ...next.releases, edges: [...before.releases.edges, ...next.releases.edges] } }),
    });
  };
  const mayRaise = viewer.data?.viewer?.permissions.includes('release.own') === true;
  return (
    <main className="ticket releases">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="releases-head">
        <h1>{t('title')}</h1>
        <nav><Link className="button" to="/releases/plan">{t('list.plan')}</Link>{mayRaise ? <Link className="button main" to="/releases/new">{t('list.raise')}</Link> : null}</nav>
      </header>
      <ReleaseFilters total={list?.totalCount} />
      {unknown.length === 0 ? null : <p className="notice" role="status">{t('list.unknown', { words: unknown.join(', ') })}</p>}
      <QueryNotice error={error} known={list !== undefined} retry={refetch} />
      {list === undefined ? null : list.edges.length === 0 ? <p className="quiet">{t('list.none')}</p> : <ReleaseTable edges={list.edges} />}
      {list?.pageInfo.hasNextPage === true ? <button type="button" className="plain" onClick={more}>{t('list.more')}</button> : null}
    </main>
  );
}

function ReleaseTable({ edges }: { readonly edges: ReleaseListQuery['releases']['edges'] }) {
  const t = useReleaseWords();
  return (
    <section className="card releases-list">
      <table>
        <thead><tr>
          <th>{t('column.number')}</th><th>{t('column.title')}</th><th>{t('column.version')}</th><th>{t('column.customer')}</th><th>{t('column.state')}</th><th>{t('column.owner')}</th><th>{t('column.window')}</th><th>{t('column.outcome')}</th>
        </tr></thead>
        <tbody>{edges.map(({ node }) => (
          <tr key={node.id}>
            <td><Link to={`/releases/${node.number}`}>{node.number}</Link></td>
            <td>{node.title}</td>
            <td>{node.releaseVersion}</td>
            <td>{node.customer.name}</td>
            <td><span className="badge" data-release={node.state}>{t(`state.${node.state}`)}</span></td>
            <td>{node.owner?.name ?? '—'}</td>
            <td>{node.windowStartAt === null ? (node.plannedMonth ?? '—') : <WindowText from={node.windowStartAt} to={node.windowEndAt} />}</td>
            <td><span className="badge" data-outcome={node.outcome}>{t(`outcome.${node.outcome}`)}</span></td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}
