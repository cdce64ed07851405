import { useQuery } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useParams } from '../../app/router.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { useDeskTicker } from '../../components/use-desk-ticker.ts';
import { IncidentByNumberDocument, TicketChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { FRESH_QUERY } from '../../lib/feed/fresh-query.ts';
import { useIncidentLive } from '../../lib/feed/use-incident-live.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import { ArticleSuggestions } from '../knowledge/article-suggestions.tsx';
import { ActionBar } from './actions/action-bar.tsx';
import type { Ticket } from './actions/action-form-types.ts';
import { SimilarIncidents } from './similar-incidents.tsx';
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
  const { data, error, refetch } = useQuery(IncidentByNumberDocument, { variables: { number }, context: FRESH_QUERY });
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
  const live = useIncidentLive(ticket, reload);
  const ticker = useDeskTicker(live.clock);
  return (
    <TickerProvider ticker={ticker}>
      <main className="ticket">
        <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
        <TicketHead ticket={ticket} />
        <ActionBar ticket={ticket} choices={choices.data} reload={reload} />
        <div className="ticket-columns">
          <div className="ticket-main">
            <TicketClocks ticket={ticket} reload={reload} />
            <TicketRating ticket={ticket} reload={reload} />
            <TicketSections ticket={ticket} reload={reload} />
          </div>
          <div className="ticket-side">
            <TicketFacts ticket={ticket} />
            <BesideFacts ticket={ticket} reload={reload} changed={`${ticket.version} ${live.state?.seq ?? ''}`} />
          </div>
        </div>
      </main>
    </TickerProvider>
  );
}

/** What comes later than the facts, all at once: nothing jumps away under a reader. */
function BesideFacts({ ticket, reload, changed }: Props & { readonly changed: string }) {
  const [hasSimilar, setSimilar] = useState(false);
  const [hasArticles, setArticles] = useState(false);
  const [similarSettled, articlesSettled] = [useCallback(() => setSimilar(true), []), useCallback(() => setArticles(true), [])];
  return (
    <div style={{ display: hasSimilar && hasArticles ? 'contents' : 'none' }}>
      <SimilarIncidents ticket={ticket} reload={reload} onSettled={similarSettled} />
      <ArticleSuggestions customerId={ticket.customer.id} text={`${ticket.title} ${ticket.symptom ?? ''}`} recordNumber={ticket.number} onSettled={articlesSettled} />
      <TicketTimeline number={ticket.number} changed={changed} />
    </div>
  );
}
