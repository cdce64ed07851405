import type { ReactNode } from 'react';
import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { addresseeText } from '../../components/addressee.ts';
import { LinkedRecords, recordPath } from '../../components/linked-records.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { When } from '../../components/when.tsx';
import type { DeskMessageKey } from '../../lib/messages/desk/zh-CN.ts';
import { spanText } from '../../lib/time/span-text.ts';
import type { Ticket } from './actions/action-form-types.ts';
import { raisedText } from './forecast-text.ts';
import { TicketLegs } from './ticket-legs.tsx';
import { useTicketWords } from './ticket-words.ts';

/** Re-gradings, work log, files, suspensions, handoffs with their legs, escalations and links; sections without entries are left out. */
export function TicketSections({ ticket, reload }: { readonly ticket: Ticket; readonly reload: () => Promise<unknown> }) {
  const { t } = useDeskWords();
  return (
    <>
      <Regrades ticket={ticket} />
      <WorkLog ticket={ticket} />
      <RecordFiles ticketId={ticket.id} files={ticket.attachments} papers={[['fault-report', t('paper.faultReport')]]} shareable reload={reload} />
      <Suspensions ticket={ticket} />
      <Handoffs ticket={ticket} />
      <TicketLegs ticket={ticket} />
      <Escalations ticket={ticket} />
      <Links ticket={ticket} />
      <Releases ticket={ticket} />
      <CiHistory ticket={ticket} />
    </>
  );
}

interface Part {
  readonly ticket: Ticket;
}

function Section({ title, count, children }: { readonly title: DeskMessageKey; readonly count: number; readonly children: ReactNode }) {
  const { t } = useDeskWords();
  return count === 0 ? null : <section className="card"><h2>{t(title)}<small>{count}</small></h2>{children}</section>;
}

/** INC-04: what waits for the lead's word stands where the lead decides. */
function Regrades({ ticket }: Part) {
  const { t } = useDeskWords();
  return (
    <Section title="section.regrades" count={ticket.regrades.length}>
      <ul className="entries">
        {ticket.regrades.map((one) => (
          <li key={one.id} data-open={one.state === 'waiting'}>
            <p className="entry-head">
              <b>{one.fromLevel} → {one.toLevel}</b> <span className="badge" data-visible={one.state === 'approved'}>{t(`regrade.${one.state === 'approved' || one.state === 'refused' ? one.state : 'waiting'}`)}</span>
              <When at={one.requestedAt} /> {[one.requestedBy, one.decidedBy].filter((name) => name !== null).join(' → ')}
            </p>
            <p className="entry-body">{one.reason}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function WorkLog({ ticket }: Part) {
  const { t, locale, vocabulary } = useDeskWords();
  return (
    <Section title="section.workLog" count={ticket.workLog.length}>
      <ul className="entries">
        {ticket.workLog.map((entry) => (
          <li key={entry.id}>
            <p className="entry-head">
              <b>{entry.author}</b> {labelOf(vocabulary.workLogKinds, entry.kind, locale)} <When at={entry.occurredAt} />
              {entry.minutes === null ? null : <span>{t('span.minutes', { minutes: entry.minutes })}</span>}
              <span className="badge" data-visible={entry.customerVisible}>{t(entry.customerVisible ? 'log.visible' : 'log.internal')}</span>
              {entry.lateReason === null ? null : <span className="badge flag">{t('log.late', { reason: entry.lateReason })}</span>}
            </p>
            <p className="entry-body">{entry.text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Suspensions({ ticket }: Part) {
  const { t, locale } = useDeskWords();
  return (
    <Section title="section.suspensions" count={ticket.suspensions.length}>
      <ul className="entries">
        {ticket.suspensions.map((one) => (
          <li key={one.id} data-open={one.to === null}>
            <p className="entry-head">
              <b>❚❚ {locale === 'zh-CN' ? one.categoryZh : one.categoryEn}</b> <When at={one.from} /> → {one.to === null ? t('suspension.open') : <When at={one.to} />}
              <span>{spanText(t, one.seconds)}</span>
            </p>
            <p className="entry-body">
              {one.text} {[one.suspendedBy, one.resumedBy].filter((name) => name !== null).join(' → ')}
              {one.expectedEndAt === null ? null : <> · {t('field.expectedEndAt')} <When at={one.expectedEndAt} /></>}
              {one.flagged ? <> · {t('suspension.flagged')}</> : null}
              {one.correctedBy === null ? null : <> · {t('suspension.corrected', { name: one.correctedBy, reason: one.correctedReason ?? '' })}</>}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Handoffs({ ticket }: Part) {
  const { t, locale } = useDeskWords();
  return (
    <Section title="section.handoffs" count={ticket.handoffs.length}>
      <ul className="entries">
        {ticket.handoffs.map((one) => (
          <li key={one.id} data-open={one.state === 'WAITING'}>
            <p className="entry-head">
              <b>{`${teamName(one.fromTeam, locale)} ⇄ ${teamName(one.toTeam, locale)}`}</b>{one.toPerson === null ? null : one.toPerson.name}
              <span className="badge" data-handoff={one.state}>{t(`handoff.${one.state}`)}</span>
              {one.unusual ? <span className="badge flag">{t('handoff.unusual')}</span> : null}
              <When at={one.requestedAt} /> {one.requestedBy}
            </p>
            <p className="entry-body">{[one.reason, one.tried, one.requestedAction].filter((text) => text !== null && text !== '').join(' · ')}</p>
            {one.decidedAt === null ? null : <p className="entry-body"><When at={one.decidedAt} /> {one.decidedBy} {one.decisionReason}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Escalations({ ticket }: Part) {
  const { t, locale, vocabulary } = useDeskWords();
  const ticketWords = useTicketWords();
  const addressee = (text: string): string => addresseeText(text, (role) => labelOf(vocabulary.roles, role, locale));
  return (
    <Section title="section.escalations" count={ticket.escalations.length}>
      <ul className="entries">
        {ticket.escalations.map((one) => (
          <li key={one.id} data-open={one.acknowledgedAt === null}>
            <p className="entry-head">
              <b>⚑ {one.step === 'manual' ? t('action.raiseEscalation') : labelOf(vocabulary.escalationSteps, one.step, locale)}</b> <When at={one.firedAt} />
              {one.manual ? <span className="badge">{t('escalation.manual')}</span> : null}
              {one.early ? <span className="badge">{t('escalation.early')}</span> : null}
              {one.late ? <span className="badge flag">{t('escalation.late')}</span> : null}
            </p>
            <p className="entry-body">
              → {one.to.map(addressee).join(', ')}{one.warned.length === 0 ? null : ` · ${t('escalation.warned', { names: one.warned.map(addressee).join(', ') })}`} {one.forecast === null ? one.reason : raisedText(one.forecast, ticketWords)}
              {' · '}{one.acknowledgedAt === null ? t('escalation.waiting') : <>{t('escalation.acknowledged', { name: one.acknowledgedBy ?? '' })} <When at={one.acknowledgedAt} /></>}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Links({ ticket }: Part) {
  return <Section title="section.links" count={ticket.links.length}><LinkedRecords links={ticket.links} /></Section>;
}

/** REL-06: releases that are suspected or known to have caused it; the decision is made on the release's page. */
function Releases({ ticket }: Part) {
  const { t } = useDeskWords();
  return (
    <Section title="section.causingReleases" count={ticket.causingReleases.length}>
      <ul className="entries">
        {ticket.causingReleases.map((one) => (
          <li key={one.id} data-open={one.state === 'SUGGESTED'}>
            <p className="entry-head"><Link to={`/releases/${one.number}`}>{one.number}</Link> <b>{one.title}</b> <span className="badge flag">{t(one.state === 'CONFIRMED' ? 'release.confirmed' : 'release.suspected')}</span></p>
            {one.evidence === null ? null : <p className="quiet">{t('release.evidence', { hours: one.evidence.hoursAfterDeployment, path: one.evidence.path.join(' → ') })}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** INC-13: what else happened to the items that it concerns. */
function CiHistory({ ticket }: Part) {
  const { t } = useDeskWords();
  return (
    <Section title="section.ciHistory" count={ticket.ciHistory.length}>
      <ul className="entries">
        {ticket.ciHistory.map((one) => (
          <li key={one.id} data-open={one.open}>
            <p className="entry-head"><Link to={recordPath(one)}>{one.number}</Link> <b>{one.ci}</b> <When at={one.openedAt} /> <span className="badge">{t(one.open ? 'record.open' : 'record.closed')}</span></p>
            <p className="entry-body">{one.title}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
