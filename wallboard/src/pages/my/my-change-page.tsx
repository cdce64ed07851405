import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { MyChangeDocument, type MyChangeQuery } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { CustomerTime } from './customer-time.tsx';
import { changeActions } from './my-actions.ts';
import { MyTalk } from './my-ticket-parts.tsx';
import { TwoWords } from './two-words.tsx';
import { useMyWords } from './my-words.ts';
import { workState } from './work-state.ts';

type MyChange = NonNullable<MyChangeQuery['change']>;

/** WBD-12: a change that concerns the customer, and their word on it. */
export function MyChangePage() {
  const t = useMyWords();
  const number = useParams()['number'] ?? '';
  const result = useQuery(MyChangeDocument, { variables: { number }, context: FRESH_QUERY });
  return (
    <main className="my-page">
      <p><Link to="/my/work">‹ {t('ticket.back')}</Link></p>
      <QueryState result={result}>
        {({ change }) => (change === null ? <PageMissing>{t('change.notFound', { number })}</PageMissing> : <OpenChange key={change.id} change={change} reload={result.refetch} />)}
      </QueryState>
    </main>
  );
}

function OpenChange({ change, reload }: { readonly change: MyChange; readonly reload: () => Promise<unknown> }) {
  const t = useMyWords();
  const live = useRecordsFeed('CHANGE', change.id, reload);
  const { agree, disagree } = changeActions(t);
  return (
    <>
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="my-ticket-head">
        <p className="ticket-number"><b>{change.number}</b><span className="badge">{t('workKind.CHANGE')}</span></p>
        <h1>{change.title}</h1>
        <p className="my-state" role="status" data-state={change.state}>{workState(t, 'CHANGE', change.state)}</p>
        <p className="quiet">{t('work.window')} {change.windowStartAt === null ? t('work.noWindow') : <><CustomerTime at={change.windowStartAt} /> – <CustomerTime at={change.windowEndAt} /></>}</p>
      </header>
      <TwoWords record={change} actions={[agree, disagree]} heading={t('work.myTurn')} reload={reload} />
      <div className="my-columns">
        <div><Plan change={change} /><MyTalk entries={change.workLog} /></div>
        <div><Facts change={change} /><Words change={change} /><RecordFiles ticketId={change.id} files={change.attachments} reload={reload} /></div>
      </div>
    </>
  );
}

function Plan({ change: { description, expectedResult, plan } }: { readonly change: MyChange }) {
  const t = useMyWords();
  const parts = [
    ['change.expected', expectedResult], ['change.implementation', plan.implementationPlan], ['change.schedule', plan.schedule], ['change.risk', plan.riskAndRollback], ['change.rollback', plan.rollbackPlan],
    ['change.test', plan.testPlan],
  ] as const;
  return (
    <section className="card">
      <h2>{t('change.plan')}</h2>
      <p className="description">{description}</p>
      <dl className="my-plan">{parts.map(([label, text]) => (text === null || text === '' ? null : <div key={label}><dt>{t(label)}</dt><dd className="entry-body">{text}</dd></div>))}</dl>
    </section>
  );
}

function Facts({ change }: { readonly change: MyChange }) {
  const t = useMyWords();
  const facts = [
    ['change.owner', change.owner?.name], ['change.systems', change.businessSystems.join(', ')], ['change.departments', change.departments.join(', ')], ['change.endReason', change.endReason],
  ] as const;
  return (
    <section className="card">
      <h2>{t('ticket.facts')}</h2>
      <dl className="facts">{facts.map(([label, value]) => (value == null || value === '' ? null : <div key={label}><dt>{t(label)}</dt><dd>{value}</dd></div>))}</dl>
      {change.outageMinutes === 0 ? null : <p>{t('change.outage', { minutes: change.outageMinutes })}</p>}
    </section>
  );
}

function Words({ change: { approvals } }: { readonly change: MyChange }) {
  const t = useMyWords();
  if (approvals.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('change.words')}</h2>
      <ul className="entries">{approvals.map((word) => <li key={word.id}><p className="entry-head"><b>{word.approved ? `✓ ${t('change.words.yes')}` : `✕ ${t('change.words.no')}`}</b>{word.personName} <CustomerTime at={word.givenAt} /></p><p className="entry-body">{word.note}</p></li>)}</ul>
    </section>
  );
}
