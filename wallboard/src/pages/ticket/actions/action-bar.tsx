import { useState } from 'react';
import { useDeskWords } from '../../../app/desk-words.tsx';
import { mendableFirst } from '../../../components/record-actions/record-action.ts';
import { RefusalText } from '../../../components/refusal-text.tsx';
import type { TicketChoicesQuery } from '../../../graphql/generated/desk/graphql.ts';
import { ActionForm } from './action-form.tsx';
import type { Ticket } from './action-form-types.ts';
import { ACTION_NAMES, actionLabel, SELDOM, type TicketActionName } from './ticket-actions.ts';

interface Props {
  readonly ticket: Ticket;
  readonly choices: TicketChoicesQuery | undefined;
  readonly reload: () => Promise<unknown>;
}

/** What the person may do now, one button each; what is not possible yet says what it lacks (API-03). */
export function ActionBar({ ticket, choices, reload }: Props) {
  const { t } = useDeskWords();
  const [open, setOpen] = useState<TicketActionName | null>(null);
  const offered = new Map(ticket.availableActions.map((one) => [one.action, one]));
  const allowed = ACTION_NAMES.filter((name) => offered.get(name)?.allowed === true);
  const lacking = ACTION_NAMES.flatMap((name) => {
    const offer = offered.get(name);
    return offer === undefined || offer.lacks.length === 0 ? [] : [{ name, lacks: offer.lacks }];
  });
  const seldom = allowed.filter((name) => SELDOM.has(name));
  const button = (name: TicketActionName) => (
    <button key={name} type="button" data-action={name} aria-expanded={open === name} onClick={() => setOpen(open === name ? null : name)}>{t(actionLabel(name))}</button>
  );
  return (
    <section className="actions" aria-label={t('actions.label')}>
      <div className="action-buttons">
        {allowed.filter((name) => !SELDOM.has(name)).map(button)}
        {seldom.length === 0 ? null : (
          <details className="more-actions"><summary>{t('actions.more')}</summary><div className="action-buttons">{seldom.map(button)}</div></details>
        )}
        {allowed.length === 0 ? <p className="quiet">{t('actions.none')}</p> : null}
      </div>
      {/* A form that somebody else's act has made impossible stays with what was typed; sending it says why. */}
      {open !== null ? (
        <ActionForm key={open} name={open} ticket={ticket} choices={choices} reload={reload} onDone={() => setOpen(null)} />
      ) : null}
      {lacking.length === 0 ? null : (
        <details className="lacking">
          <summary>{t('actions.lacking', { count: lacking.length })}</summary>
          <dl>{mendableFirst(lacking).map(({ name, lacks }) => (
            <div key={name}><dt>{t(actionLabel(name))}</dt><dd>{lacks.map(({ code, message }) => <p key={message}><RefusalText code={code} message={message} /></p>)}</dd></div>
          ))}</dl>
        </details>
      )}
    </section>
  );
}
