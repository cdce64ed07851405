import { useApolloClient } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RateIncidentDocument } from '../../graphql/generated/desk/graphql.ts';
import { RatingForm, SCORES, type Rating } from '../rate/rating-form.tsx';
import { CustomerTime } from './customer-time.tsx';
import type { MyTicket } from './my-ticket-page.tsx';
import { useMyWords } from './my-words.ts';

/** INC-17: asked once the incident is closed, and shown once given. */
export function MyRating({ ticket, reload }: { readonly ticket: MyTicket; readonly reload: () => Promise<unknown> }) {
  const t = useMyWords();
  const { t: desk } = useDeskWords();
  const client = useApolloClient();
  if (ticket.closedAt === null) return null;
  const rate = async ({ score, text }: Rating) => {
    const { data } = await client.mutate({ mutation: RateIncidentDocument, variables: { input: { id: ticket.id, score, text } }, fetchPolicy: 'no-cache' });
    const refused = data?.rateIncident.userErrors[0] ?? null;
    if (refused === null) await reload();
    return refused;
  };
  const given = SCORES.find((score) => score === ticket.satisfaction?.score);
  return (
    <section className="card my-rating" data-rated={ticket.satisfaction !== null}>
      <h2>{ticket.satisfaction === null ? t('turn.RATE') : t('rating.given')}</h2>
      {ticket.satisfaction === null ? <RatingForm send={rate} /> : <p role="status">{given === undefined ? null : desk(`score.${given}`)} · {ticket.satisfaction.answeredBy} <CustomerTime at={ticket.satisfaction.answeredAt} /> {ticket.satisfaction.text}</p>}
    </section>
  );
}
