import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { ProblemChoicesDocument, ProblemListDocument, type ProblemListQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { chosen, filterOf, FLAGS, SEVERITIES, STAGES, toggled, withKey } from './problem-view.ts';
import { useProblemWords } from './problem-words.ts';

const PAGE = 50;

/** Problems by the filter of the address bar, newest first; live. */
export function ProblemListPage() {
  const t = useProblemWords();
  const [search] = useSearchParams();
  const { data, previousData, error, refetch, fetchMore } = useQuery(ProblemListDocument, { variables: { filter: filterOf(search), first: PAGE }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('PROBLEM', null, refetch);
  const list = (data ?? previousData)?.problems;
  const more = (): void => {
    void fetchMore({
      variables: { after: list?.pageInfo.endCursor ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => ({ problems: { ...next.problems, edges: [...before.problems.edges, ...next.problems.edges] } }),
    });
  };
  return (
    <main className="ticket problems">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="problems-head">
        <h1>{t('title')}</h1>
        <nav><Link className="button" to="/problems/trends">{t('list.trends')}</Link><Link className="button main" to="/problems/new">{t('list.new')}</Link></nav>
      </header>
      <Filters total={list?.totalCount} />
      <QueryNotice error={error} known={list !== undefined} retry={refetch} />
      {list === undefined ? null : list.edges.length === 0 ? <p className="quiet">{t('list.none')}</p> : <Rows edges={list.edges} />}
      {list?.pageInfo.hasNextPage === true ? <button type="button" className="plain" onClick={more}>{t('list.more')}</button> : null}
    </main>
  );
}

function Filters({ total }: { readonly total: number | undefined }) {
  const t = useProblemWords();
  const [search, setSearch] = useSearchParams();
  const choices = useQuery(ProblemChoicesDocument);
  const chips = <Word extends string>(key: string, words: readonly Word[], label: (word: Word) => string) => words.map((word) => (
    <button key={word} type="button" aria-pressed={chosen(search, key, words).includes(word)} onClick={() => setSearch(toggled(search, key, word))}>{label(word)}</button>
  ));
  return (
    <form className="filters" role="search" aria-label={t('filter.label')} onSubmit={(event) => event.preventDefault()}>
      <div className="filter-line">
        <input type="search" aria-label={t('filter.text')} placeholder={t('filter.text')} defaultValue={search.get('q') ?? ''} onChange={(event) => setSearch(withKey(search, 'q', event.target.value), { replace: true })} />
        <select aria-label={t('filter.customer')} value={search.get('customer') ?? ''} onChange={(event) => setSearch(withKey(search, 'customer', event.target.value))}>
          <option value="">{t('filter.customer')}</option>
          {choices.data?.customers.edges.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
        </select>
        {total === undefined ? null : <span className="total" role="status">{t('list.total', { count: total })}</span>}
      </div>
      <div className="filter-line">
        <fieldset className="chips"><legend>{t('column.stage')}</legend>{chips('stage', STAGES, (word) => t(`stage.${word}`))}</fieldset>
        <fieldset className="chips"><legend>{t('column.severity')}</legend>{chips('severity', SEVERITIES, (word) => word)}</fieldset>
        <span className="chips">{FLAGS.map((flag) => (
          <button key={flag} type="button" aria-pressed={search.get(flag) === '1'} onClick={() => setSearch(withKey(search, flag, search.get(flag) === '1' ? '' : '1'))}>{t(`flag.${flag}`)}</button>
        ))}</span>
      </div>
    </form>
  );
}

function Rows({ edges }: { readonly edges: ProblemListQuery['problems']['edges'] }) {
  const t = useProblemWords();
  const { locale } = useDeskWords();
  const terms = useQuery(ProblemChoicesDocument).data?.problemTerms;
  return (
    <section className="card">
      <table>
        <thead><tr>
          <th>{t('column.number')}</th><th>{t('column.severity')}</th><th>{t('column.title')}</th><th>{t('column.customer')}</th><th>{t('column.stage')}</th>
          <th>{t('column.owner')}</th><th className="figure">{t('column.incidents')}</th><th>{t('column.opened')}</th>
        </tr></thead>
        <tbody>{edges.map(({ node }) => (
          <tr key={node.id} data-severity={node.severity}>
            <td><Link to={`/problems/${node.number}`}>{node.number}</Link></td>
            <td><span className="badge" data-severity={node.severity}>{node.severity} {labelOf(terms?.severities ?? [], node.severity, locale)}</span></td>
            <td>{node.title}{node.key ? <> <span className="badge flag">{t('badge.key')}</span></> : null}{node.recurrences > 0 ? <> <span className="badge flag">{t('badge.recurred', { count: node.recurrences })}</span></> : null} <small>{labelOf(terms?.classes ?? [], node.class, locale)}</small></td>
            <td>{node.customer.name}</td>
            <td><span className="badge" data-stage={node.stage}>{t(`stage.${node.stage}`)}</span>{node.stage === 'RESOLVED' && node.verifiedAt === null ? <small> {t('badge.watched')}</small> : null}</td>
            <td>{node.owner?.name ?? <Unassigned step={node.ageingStep} name={node.handedTo?.name ?? null} />}</td>
            <td className="figure">{node.openIncidentCount} / {node.incidentCount}</td>
            <td><When at={node.openedAt} /></td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}

/** INC-11: who is to assign it, and how often they were reminded. */
function Unassigned({ step, name }: { readonly step: number; readonly name: string | null }) {
  const t = useProblemWords();
  return <span className="badge flag" data-step={step}>{name === null ? t('badge.unassigned') : t('badge.handedTo', { name })}{step > 0 ? ` · ${t('badge.reminded', { count: step })}` : ''}</span>;
}
