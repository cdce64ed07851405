import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { CustomerTime } from './customer-time.tsx';
import type { MyTicket } from './my-ticket-page.tsx';
import { useMyWords } from './my-words.ts';

/** What was said between customer and provider, newest first; our own notes never come here (INC-06). */
export function MyTalk({ entries }: { readonly entries: readonly { readonly id: string; readonly kind: string; readonly text: string; readonly occurredAt: string; readonly author: string }[] }) {
  const t = useMyWords();
  const { locale, vocabulary } = useDeskWords();
  return (
    <section className="card">
      <h2>{t('ticket.talk')}<small>{entries.length}</small></h2>
      {entries.length === 0 ? <p className="quiet">{t('ticket.talk.none')}</p> : null}
      <ol className="entries">
        {entries.toReversed().map((entry) => (
          <li key={entry.id} data-kind={entry.kind} data-open={entry.kind === 'PROGRESS_REPORT' || entry.kind === 'SOLUTION'}>
            <p className="entry-head"><b>{labelOf(vocabulary.workLogKinds, entry.kind, locale)}</b>{entry.author} <CustomerTime at={entry.occurredAt} /></p>
            <p className="entry-body">{entry.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The first contact answers for the incident until it is closed, whoever works on it (HND-02). */
export function MyContact({ ticket }: { readonly ticket: MyTicket }) {
  const t = useMyWords();
  const people = [['contact.engineer', ticket.firstContactEngineer], ['contact.manager', ticket.firstContactServiceManager]] as const;
  const last = ticket.escalations.at(-1);
  return (
    <section className="card">
      <h2>{t('ticket.contact')}</h2>
      <dl className="facts">
        {people.map(([label, person]) => (person === null ? null : <div key={label}><dt>{t(label)}</dt><dd>{person.name}</dd></div>))}
      </dl>
      {people.every(([, person]) => person === null) ? <p>{t('contact.none')}</p> : null}
      {ticket.urgeCount === 0 ? null : <p className="quiet">{t('ticket.urged', { count: ticket.urgeCount })} <CustomerTime at={ticket.lastUrgedAt} /></p>}
      {last === undefined ? null : <p>{t('ticket.escalated')} <CustomerTime at={last.firedAt} /> · {last.acknowledgedAt === null ? t('ticket.escalation.waiting') : t('ticket.escalation.taken')}</p>}
    </section>
  );
}

export function MyFacts({ ticket }: { readonly ticket: MyTicket }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  const facts = [
    ['fact.site', ticket.site?.name], ['fact.service', locale === 'zh-CN' ? ticket.service?.nameZh : ticket.service?.name],
    ['fact.equipment', ticket.cis.map(({ name }) => name).join(', ')], ['fact.phone', ticket.callerPhone],
  ] as const;
  return (
    <section className="card">
      <h2>{t('ticket.facts')}</h2>
      <p className="description">{ticket.description}</p>
      <dl className="facts">{facts.map(([label, value]) => (value == null || value === '' ? null : <div key={label}><dt>{t(label)}</dt><dd>{value}</dd></div>))}</dl>
    </section>
  );
}
