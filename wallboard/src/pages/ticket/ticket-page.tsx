import { useQuery } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { useDeskWords } from '../../app/desk-words.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { IncidentByNumberDocument, IncidentFeedDocument, TicketChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { incidentMark, reduceIncidentChange } from '../../lib/feed/incident-feed.ts';
import { useLive } from '../../lib/feed/use-live.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { ArticleSuggestions } from '../knowledge/article-suggestions.tsx';
import { ActionBar } from './actions/action-bar.tsx';
import type { Ticket } from './actions/action-form-types.ts';
import { TicketClocks } from './ticket-clocks.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketHead } from './ticket-head.tsx';
import { TicketRating } from './ticket-rating.tsx';
import { TicketSections } from './ticket-sections.tsx';
import { TicketTimeline } from './ticket-timeline.tsx';

/** Everything of one incident, and what one may do with it now (WBD-05). */
export function TicketPage() {
  const { t } = useDeskWords();
  const number = useParams()['number'] ?? '';
  const { data, error, refetch } = useQuery(IncidentByNumberDocument, { variables: { number } });
  const ticket = data?.incident ?? null;
  if (error !== undefined && ticket === null) return <p className="page-error" role="alert">{error.message}</p>;
  if (data === undefined) return <p className="page-wait">{t('loading')}</p>;
  if (ticket === null) return <p className="page-error" role="alert">{t('ticket.notFound', { number })}</p>;
  return <OpenTicket key={ticket.id} ticket={ticket} reload={refetch} />;
}

interface Props {
  readonly ticket: Ticket;
  readonly reload: () => Promise<unknown>;
}

function OpenTicket({ ticket, reload }: Props) {
  const choices = useQuery(TicketChoicesDocument);
  const live = useLive({
    document: IncidentFeedDocument, variables: { id: ticket.id }, updateOf: (data) => data.incident, markOf: incidentMark, reduce: reduceIncidentChange,
  });
  const ticker = useDeskTicker(live.clock);
  const change = live.state;
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (change === null) return;
    // The first message tells the state that the page was fetched with, unless somebody was quicker.
    const news = seen.current === null ? change.version > ticket.version : change.seq !== seen.current;
    seen.current = change.seq;
    if (news) void reload();
  }, [change, ticket.version, reload]);
  return (
    <TickerProvider ticker={ticker}>
      <main className="ticket">
        <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
        <TicketHead ticket={ticket} />
        <ActionBar ticket={ticket} choices={choices.data} reload={reload} />
        <div className="ticket-columns">
          <div className="ticket-main">
            <TicketClocks ticket={ticket} />
            <TicketRating ticket={ticket} reload={reload} />
            <TicketSections ticket={ticket} reload={reload} />
          </div>
          <div className="ticket-side">
            <TicketFacts ticket={ticket} />
            <ArticleSuggestions customerId={ticket.customer.id} text={`${ticket.title} ${ticket.symptom ?? ''}`} />
            <TicketTimeline number={ticket.number} changed={`${ticket.version} ${change?.seq ?? ''}`} />
          </div>
        </div>
      </main>
    </TickerProvider>
  );
}
