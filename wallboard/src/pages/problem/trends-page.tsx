import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import type { RecordAction, UserError } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { AcceptTrendDocument, DismissTrendDocument, LookForTrendsDocument, ProblemTrendListDocument, ViewerDocument, type ProblemTrendListQuery, type TrendState } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { severityOf } from './problem-actions.ts';
import { IncidentTable } from './problem-sections.tsx';
import { SEVERITIES } from './problem-view.ts';
import { useProblemWords } from './problem-words.ts';

type Trend = ProblemTrendListQuery['problemTrends'][number];
const STATES = ['PROPOSED', 'ACCEPTED', 'DISMISSED'] as const satisfies readonly TrendState[];

/** PRB-05: repeating incidents with the evidence; a person makes a problem of them or says why not. */
export function TrendsPage() {
  const t = useProblemWords();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((one) => one === search.get('state')) ?? 'PROPOSED';
  const { data, error, refetch } = useQuery(ProblemTrendListDocument, { variables: { state }, fetchPolicy: 'cache-and-network' });
  const live = useRecordsFeed('PROBLEM', null, refetch);
  const mayDecide = useQuery(ViewerDocument).data?.viewer?.permissions.includes('problem.manage') === true;
  return (
    <main className="ticket problems">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="problems-head">
        <div><p className="ticket-number"><Link to="/problems">{t('title')}</Link></p><h1>{t('trends.title')}</h1><p className="quiet">{t('trends.about')}</p></div>
        {mayDecide ? <LookNow reload={refetch} /> : null}
      </header>
      <div className="chips">{STATES.map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => setSearch({ state: one })}>{t(`trend.${one}`)}</button>)}</div>
      <QueryNotice error={error} known={data !== undefined} retry={refetch} />
      {data === undefined ? null : data.problemTrends.length === 0 ? <p className="quiet">{t('trends.none')}</p> : data.problemTrends.map((trend) => <TrendCard key={trend.id} trend={trend} mayDecide={mayDecide} reload={refetch} />)}
    </main>
  );
}

function LookNow({ reload }: { readonly reload: () => Promise<unknown> }) {
  const t = useProblemWords();
  const client = useApolloClient();
  const [found, setFound] = useState<number | null>(null);
  const look = async (): Promise<void> => {
    const { data } = await client.mutate({ mutation: LookForTrendsDocument });
    setFound(data?.lookForTrends ?? 0);
    await reload();
  };
  return <p role="status">{found === null ? null : t('trends.found', { count: found })} <button type="button" onClick={() => void look()}>{t('trends.look')}</button></p>;
}

/** Longer evidence is folded, so that the next trend is in sight. */
const MOST_UNFOLDED = 10;

function TrendCard({ trend, mayDecide, reload }: { readonly trend: Trend; readonly mayDecide: boolean; readonly reload: () => Promise<unknown> }) {
  const t = useProblemWords();
  const { locale, vocabulary } = useDeskWords();
  const navigate = useNavigate();
  const [open, setOpen] = useState<string | null>(null);
  const label = trend.dimension === 'CATEGORY' ? labelOf(vocabulary.technicalClasses, trend.label, locale) : trend.label;
  const accept: RecordAction = {
    name: 'acceptTrend', label: t('trends.accept'), fields: [
      { name: 'title', label: t('field.title'), kind: 'text', required: true, value: t('trends.titleOf', { label, count: trend.count }) },
      { name: 'description', label: t('field.description'), kind: 'long', required: true, value: trend.incidents.map(({ number, title }) => `${number} ${title}`).join('\n') },
      { name: 'severity', label: t('column.severity'), kind: 'choice', required: true, value: 'L3', options: SEVERITIES.map((word) => [word, word]) },
    ],
    run: (send, base, values) => send(AcceptTrendDocument, { ...base, title: values.text('title'), description: values.text('description'), severity: severityOf(values.text('severity')) }, ({ acceptTrend }): readonly UserError[] => {
      if (acceptTrend.problem) void navigate(`/problems/${acceptTrend.problem.number}`);
      return acceptTrend.userErrors;
    }),
  };
  const dismiss: RecordAction = {
    name: 'dismissTrend', label: t('trends.dismiss'), fields: [{ name: 'reason', label: t('field.reason'), kind: 'long', required: true }],
    run: (send, base, values) => send(DismissTrendDocument, { ...base, reason: values.text('reason') }, ({ dismissTrend }) => dismissTrend.userErrors),
  };
  const current = [accept, dismiss].find(({ name }) => name === open);
  return (
    <section className="card trend">
      <h2><span className="trend-count">{trend.count}×</span> <span className="badge">{t(`dimension.${trend.dimension}`)}</span> {label} <small>{label === trend.customer.name ? null : `${trend.customer.name} · `}<When at={trend.from} /> – <When at={trend.to} /></small>
        {trend.problemNumber === null ? null : <Link to={`/problems/${trend.problemNumber}`}>{trend.problemNumber}</Link>}
      </h2>
      {trend.decidedBy === null ? null : <p className="quiet">{trend.decidedBy} <When at={trend.decidedAt} /> {trend.reason}</p>}
      {trend.state === 'PROPOSED' && mayDecide ? <div className="action-buttons">{[accept, dismiss].map(({ name, label: text }) => <button key={name} type="button" data-action={name} aria-expanded={open === name} onClick={() => setOpen(open === name ? null : name)}>{text}</button>)}</div> : null}
      {current === undefined ? null : <TrendForm key={current.name} action={current} trend={trend} reload={reload} onDone={() => setOpen(null)} />}
      <details open={trend.state === 'PROPOSED' && trend.incidents.length <= MOST_UNFOLDED}><summary>{t('trends.evidence')} <small>{trend.incidents.length < trend.count ? `${trend.incidents.length} / ${trend.count}` : trend.count}</small></summary><IncidentTable incidents={trend.incidents} /></details>
    </section>
  );
}

function TrendForm({ action, trend, reload, onDone }: { readonly action: RecordAction; readonly trend: Trend; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const { submit, errors, busy } = useRecordAction({ action, record: trend, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
