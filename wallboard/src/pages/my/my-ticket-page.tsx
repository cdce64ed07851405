import { useQuery } from '@apollo/client/react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { RecordActions } from '../../components/record-actions/record-actions.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { MyTicketDocument, type MyTicketQuery } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useIncidentLive } from '../../lib/feed/use-incident-live.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { CustomerTime } from './customer-time.tsx';
import { ticketActions } from './my-actions.ts';
import { MyPromises } from './my-promises.tsx';
import { MyRating } from './my-rating.tsx';
import { MyContact, MyFacts, MyTalk } from './my-ticket-parts.tsx';
import { useMyWords } from './my-words.ts';
import { stateText } from './plain-state.ts';

export type MyTicket = NonNullable<MyTicketQuery['incident']>;

/** WBD-12: an incident as its customer may see it: how it stands, what is waited for, what was promised, what was said. */
export function MyTicketPage() {
  const t = useMyWords();
  const number = useParams()['number'] ?? '';
  const result = useQuery(MyTicketDocument, { variables: { number }, context: FRESH_QUERY });
  return (
    <main className="my-page">
      <p><Link to="/my">‹ {t('ticket.back')}</Link></p>
      <QueryState result={result}>
        {({ incident }) => (incident === null ? <PageMissing>{t('ticket.notFound', { number })}</PageMissing> : <OpenTicket key={incident.id} ticket={incident} reload={result.refetch} />)}
      </QueryState>
    </main>
  );
}

function OpenTicket({ ticket, reload }: { readonly ticket: MyTicket; readonly reload: () => Promise<unknown> }) {
  const t = useMyWords();
  const live = useIncidentLive(ticket, reload);
  const ticker = useDeskTicker(live.clock);
  return (
    <TickerProvider ticker={ticker}>
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <Head ticket={ticket} />
      <Asked ticket={ticket} />
      <RecordActions record={offered(ticket)} actions={ticketActions(t, ticket)} reload={reload} />
      <MyRating ticket={ticket} reload={reload} />
      <div className="my-columns">
        <div>
          <MyPromises ticket={ticket} />
          <MyTalk entries={ticket.workLog} />
        </div>
        <div>
          <MyContact ticket={ticket} />
          <MyFacts ticket={ticket} />
          <RecordFiles ticketId={ticket.id} files={ticket.attachments} reload={reload} />
        </div>
      </div>
    </TickerProvider>
  );
}

/** What is not possible now is no news to a customer. */
function offered(ticket: MyTicket): MyTicket {
  return { ...ticket, availableActions: ticket.availableActions.filter(({ allowed }) => allowed) };
}

function Head({ ticket }: { readonly ticket: MyTicket }) {
  const t = useMyWords();
  const { locale, vocabulary } = useDeskWords();
  const level = vocabulary.levels.find(({ key }) => key === ticket.level);
  return (
    <header className="my-ticket-head">
      <p className="ticket-number"><b>{ticket.number}</b><span className="badge" data-level={ticket.level}>{ticket.level} {locale === 'zh-CN' ? level?.zh : level?.en}</span></p>
      <h1>{ticket.title}</h1>
      <p className="my-state" role="status" data-state={ticket.state}>{stateText(t, { ...ticket, reason: waitText(ticket, locale) ?? '' })}</p>
      <p className="quiet">{t('ticket.reported', { caller: ticket.caller ?? '' })} <CustomerTime at={ticket.reportedAt} /></p>
    </header>
  );
}

function waitText({ suspensions }: MyTicket, locale: string): string | null {
  const open = suspensions.find(({ to }) => to === null);
  return open === undefined ? null : locale === 'zh-CN' ? open.categoryZh : open.categoryEn;
}

/** What is wanted from the customer, said before anything else. */
function Asked({ ticket }: { readonly ticket: MyTicket }) {
  const t = useMyWords();
  const { locale, vocabulary } = useDeskWords();
  const wait = ticket.suspensions.find(({ to }) => to === null);
  if (ticket.state === 'AWAITING_FEEDBACK' && ticket.acceptedAt === null) {
    return <section className="card my-asked"><h2>{t('turn.CONFIRM')}</h2><p><b>{t('ticket.solution')}</b></p><p className="entry-body">{ticket.solution ?? '—'}</p></section>;
  }
  if (wait !== undefined && wait.text !== null && ticket.feedbackArrivedAt === null) {
    return (
      <section className="card my-asked">
        <h2>{t('turn.ANSWER')}</h2>
        <p><b>{t('ticket.askedOfYou')}</b></p><p className="entry-body">{wait.text}</p>
        {wait.expectedEndAt === null ? null : <p className="quiet">{t('ticket.until')} <CustomerTime at={wait.expectedEndAt} /></p>}
      </section>
    );
  }
  if (ticket.state !== 'CLOSED') return null;
  return <section className="card"><h2>{t('ticket.solution')}</h2><p className="entry-body">{ticket.solution ?? labelOf(vocabulary.closureCodes, ticket.closureCode, locale)}</p></section>;
}
