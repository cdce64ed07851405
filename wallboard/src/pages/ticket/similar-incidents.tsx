import { useMutation, useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import { AttachDuplicateDocument, LinkTicketDocument, SameIncidentsDocument } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import type { Ticket, UserError } from './actions/action-form-types.ts';
import { useTicketWords } from './ticket-words.ts';

interface Props {
  readonly ticket: Ticket;
  readonly reload: () => Promise<unknown>;
  /** Called when it has its answer, or asks nothing. */
  readonly onSettled?: () => void;
}

/** INC-15, INC-21: open incidents of the same customer on the same item or with the same symptom; to link, or to attach this one to as its duplicate. */
export function SimilarIncidents({ ticket, reload, onSettled }: Props) {
  const t = useTicketWords();
  const { locale, vocabulary } = useDeskWords();
  const [asked, setAsked] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [link] = useMutation(LinkTicketDocument);
  const [attach] = useMutation(AttachDuplicateDocument);
  const ciId = ticket.cis[0]?.id;
  const symptom = ticket.symptom ?? undefined;
  const known = ticket.closedAt === null && (ciId !== undefined || symptom !== undefined);
  const { data, loading } = useQuery(SameIncidentsDocument, { variables: { customerId: ticket.customer.id, ciId, symptom }, skip: !known });
  useEffect(() => { if (!loading) onSettled?.(); }, [loading, onSettled]);
  if (!known) return null;
  const found = (data?.sameIncidents ?? []).filter(({ id }) => id !== ticket.id);
  const may = (action: string): boolean => ticket.availableActions.some((one) => one.action === action && one.allowed);
  const base = { id: ticket.id, expectedVersion: ticket.version };
  const done = async (refused: readonly UserError[]): Promise<void> => {
    setErrors(refused);
    await reload();
  };
  const relate = async (otherId: string): Promise<void> => {
    const { data: answer } = await link({ variables: { input: { ...base, idempotencyKey: newKey(), otherId, kind: 'related' } } });
    await done(answer?.linkTicket.userErrors ?? []);
  };
  const merge = async (duplicateOfId: string): Promise<void> => {
    const { data: answer } = await attach({ variables: { input: { ...base, idempotencyKey: newKey(), duplicateOfId } } });
    await done(answer?.attachDuplicate.userErrors ?? []);
  };
  return (
    <section className="card">
      <h2>{t('similar.title')}<small>{found.length}</small></h2>
      {errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
      {found.length === 0 ? <p className="quiet">{t('similar.none')}</p> : (
        <ul className="entries">
          {found.map((one) => (
            <li key={one.id} data-open="true">
              <p className="entry-head"><Link to={`/incident/${one.number}`}>{one.number}</Link><span className="badge" data-level={one.level}>{one.level}</span>{labelOf(vocabulary.states, one.state, locale)} <When at={one.reportedAt} /></p>
              <p className="entry-body">{one.title}</p>
              <p className="follow-line">
                {ticket.links.some(({ id }) => id === one.id) ? <span className="badge">{t('similar.linked')}</span>
                  : may('linkTicket') ? <button type="button" aria-label={`${t('similar.link')} ${one.number}`} onClick={() => void relate(one.id)}>{t('similar.link')}</button> : null}
                {!may('attachDuplicate') ? null : asked === one.id
                  ? <button type="button" className="main" onClick={() => void merge(one.id)}>{t('similar.sure', { number: one.number })}</button>
                  : <button type="button" aria-label={`${t('similar.attach')} ${one.number}`} onClick={() => setAsked(one.id)}>{t('similar.attach')}</button>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
