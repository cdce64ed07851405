import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from 'react-router';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { ReleaseChoicesDocument, ReleaseListDocument, ViewerDocument, type ReleaseListQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { readReleaseView, STATES, withKey } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

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
      <Filters total={list?.totalCount} />
      {unknown.length === 0 ? null : <p className="notice" role="status">{t('list.unknown', { words: unknown.join(', ') })}</p>}
      {error === undefined ? null : <p className="page-error" role="alert">{error.message}</p>}
      {list === undefined ? null : list.edges.length === 0 ? <p className="quiet">{t('list.none')}</p> : <ReleaseTable edges={list.edges} />}
      {list?.pageInfo.hasNextPage === true ? <button type="button" className="plain" onClick={more}>{t('list.more')}</button> : null}
    </main>
  );
}

function Filters({ total }: { readonly total: number | undefined }) {
  const t = useReleaseWords();
  const [search, setSearch] = useSearchParams();
  const choices = useQuery(ReleaseChoicesDocument);
  const set = (key: string, value: string): void => setSearch(withKey(search, key, value), { replace: true });
  const toggle = (key: string, label: string) => (
    <button type="button" aria-pressed={search.get(key) === '1'} onClick={() => set(key, search.get(key) === '1' ? '' : '1')}>{label}</button>
  );
  return (
    <div className="filters"><div className="filter-line">
      <input type="search" aria-label={t('filter.text')} placeholder={t('filter.text')} defaultValue={search.get('q') ?? ''} onChange={(event) => set('q', event.target.value.trim())} />
      <select aria-label={t('column.customer')} value={search.get('customer') ?? ''} onChange={(event) => set('customer', event.target.value)}>
        <option value="">{t('filter.customer')}</option>
        {choices.data?.customers.edges.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
      </select>
      <select aria-label={t('column.state')} value={search.get('state') ?? ''} onChange={(event) => set('state', event.target.value)}>
        <option value="">{t('filter.state')}</option>
        {STATES.map((state) => <option key={state} value={state}>{t(`state.${state}`)}</option>)}
      </select>
      <span className="chips">{toggle('open', t('filter.open'))}{toggle('suspected', t('filter.suspected'))}</span>
      {total === undefined ? null : <span className="total" role="status">{t('list.total', { count: total })}</span>}
    </div></div>
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
            <td>{node.windowStartAt === null ? (node.plannedMonth ?? '—') : <When at={node.windowStartAt} />}</td>
            <td><span className="badge" data-outcome={node.outcome}>{t(`outcome.${node.outcome}`)}</span></td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}
