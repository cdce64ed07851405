import { useQuery } from '@apollo/client/react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { MyIncidentsDocument, type MyIncidentsQuery, type MyView } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { CustomerTime } from './customer-time.tsx';
import { useMyWords } from './my-words.ts';
import { stateText } from './plain-state.ts';

const VIEWS = ['OPEN', 'WAITING', 'CLOSED'] as const satisfies readonly MyView[];
type Row = MyIncidentsQuery['myIncidents']['incidents'][number];

/** WBD-12: the customer's incidents; what waits for them is said first. The address holds view and search. Live. */
export function MyListPage() {
  const t = useMyWords();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((one) => one.toLowerCase() === search.get('view')) ?? 'OPEN';
  const text = search.get('q') ?? '';
  const result = useQuery(MyIncidentsDocument, { variables: { view, text }, fetchPolicy: 'cache-and-network', context: FRESH_QUERY });
  const live = useRecordsFeed('INCIDENT', null, result.refetch);
  const counts = (result.data ?? result.previousData)?.myIncidents.counts;
  const shown = { OPEN: counts?.open, WAITING: counts?.waiting, CLOSED: counts?.closed };
  const set = (name: string, value: string): void => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (value === '') next.delete(name);
    else next.set(name, value);
    return next;
  });
  const page = result.data?.myIncidents.pageInfo;
  return (
    <main className="my-page">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="my-title"><h1>{t('list.title')}</h1><Link className="button main" to="/my/new">{t('nav.report')}</Link></header>
      <div className="my-tools">
        <div className="my-views" role="group" aria-label={t('list.title')}>
          {VIEWS.map((one) => (
            <button key={one} type="button" aria-pressed={view === one} data-view={one} data-count={shown[one] ?? ''} onClick={() => set('view', one === 'OPEN' ? '' : one.toLowerCase())}>
              {t(`view.${one}`)}<b>{shown[one] ?? ''}</b>
            </button>
          ))}
        </div>
        <form role="search" className="my-search" onSubmit={(event) => {
          event.preventDefault();
          set('q', String(new FormData(event.currentTarget).get('q') ?? '').trim());
        }}>
          <input key={text} type="search" name="q" defaultValue={text} maxLength={200} aria-label={t('list.search')} placeholder={t('list.search')} />
          <button type="submit">{t('list.searchButton')}</button>
        </form>
      </div>
      <QueryState result={result} isEmpty={({ myIncidents }) => myIncidents.incidents.length === 0}
        empty={<p>{text === '' ? t(`list.none.${view}`) : t('list.noneFound', { text })}</p>}>
        {({ myIncidents }) => <Incidents rows={myIncidents.incidents} closed={view === 'CLOSED'} />}
      </QueryState>
      {page?.hasNextPage !== true ? null : <button type="button" onClick={() => void result.fetchMore({ variables: { after: page.endCursor }, updateQuery: joined })}>{t('list.more')}</button>}
    </main>
  );
}

function joined(before: MyIncidentsQuery, { fetchMoreResult }: { fetchMoreResult: MyIncidentsQuery }): MyIncidentsQuery {
  return { myIncidents: { ...fetchMoreResult.myIncidents, incidents: [...before.myIncidents.incidents, ...fetchMoreResult.myIncidents.incidents] } };
}

function Incidents({ rows, closed }: { readonly rows: readonly Row[]; readonly closed: boolean }) {
  const t = useMyWords();
  return (
    <table className="card my-list">
      <thead><tr><th>{t('column.incident')}</th><th>{t('column.state')}</th><th>{t('column.level')}</th><th>{t('column.reported')}</th><th>{closed ? t('column.closed') : t('column.due')}</th></tr></thead>
      <tbody>{rows.map((row) => <IncidentLine key={row.id} row={row} closed={closed} />)}</tbody>
    </table>
  );
}

function IncidentLine({ row, closed }: { readonly row: Row; readonly closed: boolean }) {
  const t = useMyWords();
  const { locale, vocabulary } = useDeskWords();
  const level = vocabulary.levels.find(({ key }) => key === row.level);
  return (
    <tr data-number={row.number} data-turn={row.turn ?? ''}>
      <td>
        <Link to={`/my/incidents/${row.number}`}><b>{row.title}</b></Link>
        <small>{[row.number, row.site, row.caller].filter((one) => one !== null && one !== '').join(' · ')}</small>
      </td>
      <td>
        {row.turn === null ? null : <span className="my-turn">{t(`turn.${row.turn}`)}</span>}
        <span>{stateText(t, { ...row, reason: labelOf(vocabulary.suspensionReasons, row.waitsFor, locale) })}</span>
      </td>
      <td><span className="badge" data-level={row.level}>{row.level}</span> <small>{locale === 'zh-CN' ? level?.zh : level?.en}</small></td>
      <td><CustomerTime at={row.reportedAt} short /></td>
      <td>{closed ? <CustomerTime at={row.closedAt} short /> : <Due row={row} />}</td>
    </tr>
  );
}

function Due({ row }: { readonly row: Row }) {
  const t = useMyWords();
  if (row.missedAt !== null) return <span className="my-missed">⚑ {t('due.missed')}<small><CustomerTime at={row.missedAt} short /></small></span>;
  return row.dueAt === null ? <span className="quiet">{row.state === 'SUSPENDED' ? `❚❚ ${t('due.standing')}` : '—'}</span> : <CustomerTime at={row.dueAt} short />;
}
