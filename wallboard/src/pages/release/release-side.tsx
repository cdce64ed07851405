import type { ReactNode } from 'react';
import { Link } from '../../app/router.tsx';
import { LinkedRecords } from '../../components/linked-records.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { When } from '../../components/when.tsx';
import { CHANGE_STATES, isOneOf, PAPERS, type Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';
import { WindowText } from './window-text.tsx';

/** Facts, package, carried changes, CIs, papers and links. */
export function ReleaseSide({ release, reload }: { readonly release: Release; readonly reload: () => Promise<unknown> }) {
  const t = useReleaseWords();
  return (
    <>
      <section className="card"><h2>{t('section.facts')}</h2><Facts release={release} /></section>
      <section className="card"><h2>{t('section.package')}</h2><Package release={release} /></section>
      <section className="card">
        <h2>{t('section.changes')}<small>{release.changes.length}</small></h2>
        <ul className="entries">{release.changes.map((one) => <li key={one.id} data-open={one.state === 'implementing'}><p className="entry-head"><Link to={`/changes/${one.number}`}>{one.number}</Link> <span className="badge">{isOneOf(CHANGE_STATES, one.state) ? t(`changeState.${one.state}`) : one.state}</span></p></li>)}</ul>
      </section>
      <section className="card">
        <h2>{t('section.cis')}<small>{release.cis.length}</small></h2>
        <ul className="entries">{release.cis.map((ci) => (
          <li key={ci.id}><p className="entry-head"><Link to={`/cmdb/ci/${ci.id}`}>{ci.name}</Link>{release.deployedAt === null ? null : <span className="badge" data-updated={ci.updated}>{ci.updated ? `✓ ${t('ci.updated')}` : t('ci.pending')}</span>}</p></li>
        ))}</ul>
      </section>
      <section className="card">
        <h2>{t('section.papers')}</h2>
        <ul className="paper-list">{PAPERS.map((paper) => {
          const missing = release.missingPapers.includes(paper);
          return <li key={paper} data-missing={missing}>{missing ? '☐' : '☑'} {t(`paper.${paper}`)} <small>{t(missing ? 'paper.missing' : 'paper.attached')}</small></li>;
        })}</ul>
      </section>
      <RecordFiles ticketId={release.id} files={release.attachments} papers={PAPERS.map((paper) => [paper, t(`paper.${paper}`)])} reload={reload} />
      {release.links.length === 0 ? null : <section className="card"><h2>{t('section.links')}<small>{release.links.length}</small></h2><LinkedRecords links={release.links} /></section>}
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

function Facts({ release }: { readonly release: Release }) {
  const t = useReleaseWords();
  const by = (at: string | null, name: string | null) => (at === null ? '—' : <>{name} <When at={at} /></>);
  return (
    <dl className="facts">
      <Fact label={t('field.opened')}><When at={release.openedAt} /></Fact>
      <Fact label={t('field.month')}>{release.plannedMonth ?? '—'}</Fact>
      <Fact label={t('field.contentApproved')}>{by(release.contentApprovedAt, release.contentApprovedBy)}</Fact>
      <Fact label={t('field.goLiveApproved')}>{by(release.goLiveApprovedAt, release.goLiveApprovedBy)}</Fact>
      {release.testEnvironment === null ? null : <Fact label={t('state.TEST_ENVIRONMENT')}>{release.testEnvironment}</Fact>}
      {release.trialExpectations === null ? null : <Fact label={t('field.expectations')}>{release.trialExpectations}</Fact>}
      {release.trialFindings === null ? null : <Fact label={t('field.findings')}>{release.trialFindings}</Fact>}
      {release.notice === null ? null : <Fact label={t('field.notice')}>{release.notice} {by(release.noticeSentAt, '')}</Fact>}
      {release.training === null ? null : <Fact label={t('field.training')}>{release.training}</Fact>}
      {release.baselineId === null ? null : <Fact label={t('field.baseline')}><Link to={`/cmdb/baselines?baseline=${release.baselineId}`}>{release.baselineName}</Link></Fact>}
      {release.deploymentStartedAt === null ? null : <Fact label={t('field.deployment')}><WindowText from={release.deploymentStartedAt} to={release.deployedAt} /></Fact>}
      {release.rolledBackAt === null ? null : <Fact label={t('field.rolledBack')}><When at={release.rolledBackAt} /> {release.rollbackReason}</Fact>}
      {release.rollbackVerification === null ? null : <Fact label={t('field.verification')}>{release.rollbackVerification}</Fact>}
      {release.businessConfirmedAt === null ? null : <Fact label={t('field.business')}>{by(release.businessConfirmedAt, release.businessConfirmedBy)} {release.businessConfirmation}</Fact>}
      {release.papersHandedAt === null ? null : <Fact label={t('field.papers')}>{by(release.papersHandedAt, release.papersHandedTo?.name ?? null)}</Fact>}
      {release.closedAt === null ? null : <Fact label={t('field.closed')}><When at={release.closedAt} /></Fact>}
      {release.report === null ? null : <Fact label={t('field.report')}>{release.report}</Fact>}
    </dl>
  );
}

/** REL-04: the three checksums under each other, so that an eye sees what differs. */
function Package({ release }: { readonly release: Release }) {
  const t = useReleaseWords();
  if (release.package === null) return <p className="quiet">{t('field.empty')}</p>;
  return (
    <dl className="facts sums">
      <Fact label={t('field.package')}>{release.package.name}</Fact>
      <Fact label={t('field.location')}>{release.package.location}</Fact>
      <Fact label={t('field.sha256')}><code>{release.package.sha256}</code></Fact>
      {release.acceptedSha256 === null ? null : <Fact label={`${t('field.accepted')} · ${release.acceptedBy ?? ''}`}><code>{release.acceptedSha256}</code></Fact>}
      {release.deployedSha256 === null ? null : <Fact label={t('field.deployedSum')}><code>{release.deployedSha256}</code></Fact>}
    </dl>
  );
}
