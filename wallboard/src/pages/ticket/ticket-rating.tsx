import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import { AskSatisfactionDocument, RateIncidentDocument, ViewerDocument } from '../../graphql/generated/desk/graphql.ts';
import { RatingForm, SCORES, type Rating } from '../rate/rating-form.tsx';
import type { Ticket } from './actions/action-form-types.ts';

interface Props {
  readonly ticket: Ticket;
  readonly reload: () => Promise<unknown>;
}

/** INC-17: what the customer said of the closed incident, or the way to say it: their own form, or the desk's one-time link. */
export function TicketRating({ ticket, reload }: Props) {
  const { t } = useDeskWords();
  const client = useApolloClient();
  const viewer = useQuery(ViewerDocument).data?.viewer ?? null;
  if (ticket.closedAt === null || viewer === null) return null;
  const rate = async ({ score, text }: Rating) => {
    const { data } = await client.mutate({ mutation: RateIncidentDocument, variables: { input: { id: ticket.id, score, text } }, fetchPolicy: 'no-cache' });
    const refused = data?.rateIncident.userErrors[0] ?? null;
    if (refused === null) await reload();
    return refused;
  };
  const own = viewer.customer !== null;
  const given = SCORES.find((score) => score === ticket.satisfaction?.score);
  if (ticket.satisfaction === null && !own && !viewer.permissions.includes('incident.close')) return null;
  return (
    <section className="card">
      <h2>{t('section.rating')}</h2>
      {ticket.satisfaction === null ? (own ? <RatingForm send={rate} /> : <OneTimeLink id={ticket.id} />) : (
        <p>{given === undefined ? null : t(`score.${given}`)} · {ticket.satisfaction.answeredBy} <When at={ticket.satisfaction.answeredAt} /> {ticket.satisfaction.text}</p>
      )}
    </section>
  );
}

function OneTimeLink({ id }: { readonly id: string }) {
  const { t } = useDeskWords();
  const client = useApolloClient();
  const [link, setLink] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ readonly code: string; readonly message: string } | null>(null);
  const ask = async (): Promise<void> => {
    const { data } = await client.mutate({ mutation: AskSatisfactionDocument, variables: { id }, fetchPolicy: 'no-cache' });
    setRefused(data?.askSatisfaction.userErrors[0] ?? null);
    const path = data?.askSatisfaction.path ?? null;
    setLink(path === null ? null : `${window.location.origin}${path}`);
  };
  return (
    <>
      <button type="button" onClick={() => void ask().catch(() => setRefused({ code: 'UNREACHABLE', message: t('server.away') }))}>{t('rate.makeLink')}</button>
      {link === null ? null : <p role="status">{t('rate.once')} <code>{link}</code></p>}
      {refused === null ? null : <p className="refusal" role="alert"><RefusalText code={refused.code} message={refused.message} /></p>}
    </>
  );
}
