import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { MyReleaseDocument, type MyReleaseQuery } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { CustomerTime } from './customer-time.tsx';
import { releaseActions } from './my-actions.ts';
import { useMyWords } from './my-words.ts';
import { workState } from './work-state.ts';

type MyRelease = NonNullable<MyReleaseQuery['release']>;

/** WBD-12: a release that concerns the customer, their confirmation and feedback (REL-10, REL-07). */
export function MyReleasePage() {
  const t = useMyWords();
  const number = useParams()['number'] ?? '';
  const result = useQuery(MyReleaseDocument, { variables: { number }, context: FRESH_QUERY });
  return (
    <main className="my-page">
      <p><Link to="/my/work">‹ {t('ticket.back')}</Link></p>
      <QueryState result={result}>
        {({ release }) => (release === null ? <PageMissing>{t('release.notFound', { number })}</PageMissing> : <OpenRelease key={release.id} release={release} reload={result.refetch} />)}
      </QueryState>
    </main>
  );
}

function OpenRelease({ release, reload }: { readonly release: MyRelease; readonly reload: () => Promise<unknown> }) {
  const t = useMyWords();
  const live = useRecordsFeed('RELEASE', release.id, reload);
  const asked = release.availableActions.some(({ action, allowed }) => allowed && action === 'confirmReleaseBusiness');
  return (
    <>
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <header className="my-ticket-head">
        <p className="ticket-number"><b>{release.number}</b><span className="badge">{t('workKind.RELEASE')}</span></p>
        <h1>{release.title}</h1>
        <p className="my-state" role="status" data-state={release.state}>{workState(t, 'RELEASE', release.state)}</p>
        <p className="quiet">{t('work.window')} {release.windowStartAt === null ? t('work.noWindow') : <><CustomerTime at={release.windowStartAt} /> – <CustomerTime at={release.windowEndAt} /></>}</p>
      </header>
      {asked ? <section className="card my-asked"><h2>{t('work.myTurn')}</h2></section> : null}
      <RecordActions record={{ ...release, availableActions: release.availableActions.filter(({ allowed }) => allowed) }} actions={releaseActions(t)} reload={reload} />
      <div className="my-columns">
        <div><Texts release={release} /><Feedback release={release} /></div>
        <div><Facts release={release} /><RecordFiles ticketId={release.id} files={release.attachments} reload={reload} /></div>
      </div>
    </>
  );
}

function Texts({ release }: { readonly release: MyRelease }) {
  const t = useMyWords();
  const parts = [['release.notice', release.notice], ['release.training', release.training]] as const;
  return <>{parts.map(([label, text]) => (text === null || text === '' ? null : <section key={label} className="card"><h2>{t(label)}</h2><p className="entry-body">{text}</p></section>))}</>;
}

function Feedback({ release: { feedback } }: { readonly release: MyRelease }) {
  const t = useMyWords();
  if (feedback.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('release.feedback')}<small>{feedback.length}</small></h2>
      <ul className="entries">{feedback.map((one) => <li key={one.id}><p className="entry-head"><b>{`${one.score} / 5`}</b>{one.givenBy} <CustomerTime at={one.recordedAt} /></p><p className="entry-body">{one.text}</p></li>)}</ul>
    </section>
  );
}

function Facts({ release }: { readonly release: MyRelease }) {
  const t = useMyWords();
  const times = [['release.deployed', release.deployedAt], ['release.rolledBack', release.rolledBackAt], ['release.confirmed', release.businessConfirmedAt]] as const;
  return (
    <section className="card">
      <h2>{t('ticket.facts')}</h2>
      <dl className="facts">
        <div><dt>{t('release.version')}</dt><dd>{release.releaseVersion}</dd></div>
        {release.owner === null ? null : <div><dt>{t('change.owner')}</dt><dd>{release.owner.name}</dd></div>}
        {times.map(([label, at]) => (at === null ? null : <div key={label}><dt>{t(label)}</dt><dd><CustomerTime at={at} /></dd></div>))}
      </dl>
      {release.businessConfirmation === null ? null : <p className="entry-body">{release.businessConfirmedBy}: {release.businessConfirmation}</p>}
    </section>
  );
}
