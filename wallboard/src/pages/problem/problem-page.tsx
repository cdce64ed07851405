import { useApolloClient, useQuery } from '@apollo/client/react';
import { Link, useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { ProblemByNumberDocument, ProblemChoicesDocument, ProblemIncidentSearchDocument, type ProblemFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { CauseSection } from './cause-section.tsx';
import { problemActions } from './problem-actions.ts';
import { ProblemFacts } from './problem-facts.tsx';
import { ProblemSections } from './problem-sections.tsx';
import { STAGES } from './problem-view.ts';
import { useProblemWords } from './problem-words.ts';

/** Everything of one problem, and what one may do with it now; live. */
export function ProblemPage() {
  const t = useProblemWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(ProblemByNumberDocument, { variables: { number }, context: FRESH_QUERY });
  const problem = data?.problem ?? null;
  if (error !== undefined && problem === null) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (problem === null) return <PageMissing>{t('problem.notFound', { number })}</PageMissing>;
  return <OpenProblem key={problem.id} problem={problem} reload={refetch} />;
}

function OpenProblem({ problem, reload }: { readonly problem: ProblemFieldsFragment; readonly reload: () => Promise<unknown> }) {
  const t = useProblemWords();
  const { locale } = useDeskWords();
  const { data: choices } = useQuery(ProblemChoicesDocument);
  const client = useApolloClient();
  const incidentId = async (given: string): Promise<string | null> => {
    const { data } = await client.query({ query: ProblemIncidentSearchDocument, variables: { customerId: problem.customer.id, text: given }, fetchPolicy: 'network-only' });
    return data?.incidents.edges.find(({ node }) => node.number === given)?.node.id ?? null;
  };
  const live = useRecordsFeed('PROBLEM', problem.id, reload);
  return (
    <main className="ticket problems">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header>
        <p className="ticket-number">
          <Link to="/problems">{t('title')}</Link> <b>{problem.number}</b>
          <span className="badge" data-severity={problem.severity}>{problem.severity} {labelOf(choices?.problemTerms.severities ?? [], problem.severity, locale)}</span>
          <span className="badge">{labelOf(choices?.problemTerms.classes ?? [], problem.class, locale)}</span>
          <span className="badge">{t(`source.${problem.source}`)}</span>
          <span className="badge" data-problem-state={problem.state}>{t(`state.${problem.state}`)}</span>
          {problem.key ? <span className="badge flag">{t('badge.key')}</span> : null}
          {problem.recurrences > 0 ? <span className="badge flag">{t('badge.recurred', { count: problem.recurrences })}</span> : null}
        </p>
        <h1>{problem.title}</h1>
        <p className="ticket-sub">{problem.customer.name}</p>
      </header>
      <StageTrack problem={problem} />
      <RecordActions record={problem} actions={problemActions({ t, locale, problem, choices, incidentId })} reload={reload} />
      <div className="ticket-columns">
        <div className="ticket-main">
          <CauseSection problem={problem} reload={reload} />
          <ProblemSections problem={problem} reload={reload} />
        </div>
        <div className="ticket-side"><ProblemFacts problem={problem} /></div>
      </div>
    </main>
  );
}

/** The stages in their order (PRB-01); those behind are done, a withdrawn problem says so. */
function StageTrack({ problem }: { readonly problem: ProblemFieldsFragment }) {
  const t = useProblemWords();
  const at = STAGES.indexOf(problem.stage);
  const skipped = { KNOWN_ERROR: problem.knownErrorAt === null, CHANGE_RAISED: !problem.links.some(({ kind }) => kind === 'change-for') } as const;
  return (
    <ol className="stage-track" aria-label={t('section.stages')}>
      {STAGES.map((stage, index) => {
        const passed = index < at;
        const left = passed && (stage === 'KNOWN_ERROR' || stage === 'CHANGE_RAISED') && skipped[stage];
        return <li key={stage} data-passed={passed && !left} data-left={left} aria-current={index === at ? 'step' : undefined}><i aria-hidden="true">{index === at ? '●' : passed && !left ? '✓' : '○'}</i> {t(`stage.${stage}`)}</li>;
      })}
    </ol>
  );
}
