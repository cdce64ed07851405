import type { ReactNode } from 'react';
import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { spanText } from '../../lib/time/span-text.ts';
import type { DeskMessageKey } from '../../lib/messages/desk/zh-CN.ts';
import type { Ticket } from './actions/action-form-types.ts';
import { useTicketWords } from './ticket-words.ts';

/** The recorded facts of an incident; what is empty is left out. */
export function TicketFacts({ ticket }: { readonly ticket: Ticket }) {
  const { t, locale, vocabulary } = useDeskWords();
  const zone = ticket.customer.timeZone;
  const when = (at: string | null): ReactNode => (at === null ? null : <When at={at} otherZone={zone} />);
  const label = (list: Parameters<typeof labelOf>[0], key: string | null): ReactNode => (key === null ? null : labelOf(list, key, locale));
  const facts: readonly (readonly [DeskMessageKey, ReactNode])[] = [
    ['fact.caller', [ticket.caller, ticket.callerPhone].filter((part) => part !== null && part !== '').join(' · ')],
    ['fact.channel', label(vocabulary.channels, ticket.channel)],
    ['fact.category', label(vocabulary.categories, ticket.category)],
    ['fact.technicalClass', label(vocabulary.technicalClasses, ticket.technicalClass)],
    ['fact.service', ticket.service === null ? null : teamName(ticket.service, locale)], ['fact.site', ticket.site?.name],
    ['fact.cis', ticket.cis.length === 0 ? null : <Items cis={ticket.cis} />],
    ['fact.agreement', ticket.agreement === null ? null : [ticket.agreement.name, ticket.agreement.tier].filter((part) => part !== null).join(' · ')],
    ['fact.impactUrgency', ticket.impact === null ? null : `${ticket.impact} × ${ticket.urgency ?? '—'}`],
    ['fact.difficulty', label(vocabulary.difficulties, ticket.difficulty)],
    ['fact.firstContact', [ticket.firstContactEngineer?.name, ticket.firstContactServiceManager?.name].filter((name) => name != null).join(' / ')],
    ['filter.team', ticket.team === null ? null : teamName(ticket.team, locale)],
    ['fact.occurredAt', when(ticket.occurredAt)], ['fact.reportedAt', when(ticket.reportedAt)], ['fact.closedAt', when(ticket.closedAt)],
    ['fact.feedbackAt', when(ticket.feedbackArrivedAt)], ['fact.urgedAt', when(ticket.lastUrgedAt)],
    ['fact.pending', ticket.pendingTotalSeconds === 0 ? null : spanText(t, ticket.pendingTotalSeconds)],
    ['fact.solution', ticket.solution], ['fact.causeClass', label(vocabulary.causeClasses, ticket.causeClass)],
    ['fact.closureCode', label(vocabulary.closureCodes, ticket.closureCode)],
    ['fact.bridge', ticket.bridge],
    ['fact.faultReport', ticket.faultReport === null ? null : ticket.faultReport.attachedAt === null ? <>{t('fact.reportDue')} <When at={ticket.faultReport.dueAt} /></> : <When at={ticket.faultReport.attachedAt} />], ['fact.conversion', ticket.conversion.map(({ role, name }) => `${labelOf(vocabulary.roles, role, locale)}: ${name}`).join(', ')],
    ['fact.department', ticket.department], ['fact.symptom', ticket.symptom], ['fact.source', ticket.source], ['fact.externalNumber', ticket.externalNumber],
  ];
  return (
    <section className="card">
      <h2>{t('fact.title')}</h2>
      <p className="description">{ticket.description}</p>
      <dl className="facts">
        {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => (
          <div key={name}><dt>{t(name)}</dt><dd>{value}</dd></div>
        ))}
      </dl>
    </section>
  );
}

/** WBD-05: the items that it concerns, each with the way to what its failure reaches. */
function Items({ cis }: Pick<Ticket, 'cis'>) {
  const { t } = useDeskWords();
  const words = useTicketWords();
  return (
    <ul className="fact-items">
      {cis.map(({ id, name, cause }) => (
        <li key={id}>{name}{cause ? ` (${t('fact.cause')})` : ''} <Link to={`/cmdb/ci/${id}`} aria-label={words('ci.impactOf', { name })}>{words('ci.impact')}</Link></li>
      ))}
    </ul>
  );
}
