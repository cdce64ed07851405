import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { IncidentByNumberDocument, type HandoffsPageQuery, type TicketChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { spanText } from '../../lib/time/span-text.ts';
import { nearTime } from '../../lib/time/format-time.ts';
import { ActionForm } from '../ticket/actions/action-form.tsx';
import { actionLabel, type TicketActionName } from '../ticket/actions/ticket-actions.ts';
import { useHandoffsWords } from './handoffs-words.ts';

type Waiting = HandoffsPageQuery['openHandoffs'][number];

interface Props {
  readonly choices: TicketChoicesQuery | undefined;
  readonly reload: () => Promise<unknown>;
}

/** Every handoff that waits, longest first; one at a time is opened to act on it. */
export function WaitingList({ handoffs, ...rest }: Props & { readonly handoffs: readonly Waiting[] }) {
  const t = useHandoffsWords();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className="card">
      <h2>{t('waiting.title')}<small>{handoffs.length}</small></h2>
      {handoffs.length === 0 ? <p className="quiet">{t('waiting.none')}</p> : (
        <ul className="waiting-list">
          {handoffs.map((one) => <WaitingRow key={one.id} handoff={one} open={open === one.id} onOpen={(wanted) => setOpen(wanted ? one.id : null)} {...rest} />)}
        </ul>
      )}
    </section>
  );
}

interface Row extends Props {
  readonly handoff: Waiting;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

function WaitingRow({ handoff, open, onOpen, choices, reload }: Row) {
  const t = useHandoffsWords();
  const { locale } = useDeskWords();
  const [from, to] = [teamName(handoff.fromTeam, locale), teamName(handoff.toTeam, locale)];
  return (
    <li data-step={Math.min(handoff.ageingStep, 3)}>
      <div className="waiting-row">
        <div className="waiting-age"><Age handoff={handoff} /></div>
        <div className="waiting-who" aria-label={t('waiting.line', { from, to })}>
          <b>{from}</b><span aria-hidden="true"> ⇢ </span><b>{to}</b>{handoff.toPerson === null ? null : <small>{t('waiting.person', { name: handoff.toPerson })}</small>}
          <Flags handoff={handoff} />
        </div>
        <div className="waiting-what">
          <p><Link to={`/incident/${handoff.number}`}>{handoff.number}</Link> <span className="badge" data-level={handoff.level}>{handoff.level}</span> {handoff.customer} · {handoff.title}</p>
          <p className="quiet">{t('waiting.reason')}: {handoff.reason} · {t('waiting.asked')}: {handoff.requestedAction}</p>
        </div>
        <div className="waiting-contact">
          <small>{t('waiting.firstContact')}</small><span>{[handoff.firstContact, handoff.serviceManager].filter((name) => name !== null).join(' / ') || '—'}</span>
          <small>{t('waiting.by')} {handoff.requestedBy}</small>
        </div>
        <button type="button" aria-expanded={open} aria-label={t('waiting.actOn', { number: handoff.number })} onClick={() => onOpen(!open)}>{t('waiting.act')}</button>
      </div>
      {open ? <HandoffActions number={handoff.number} choices={choices} reload={reload} onDone={() => onOpen(false)} /> : null}
    </li>
  );
}

/** How long it waits, by the server's clock, with the reminders so far in words and as marks. */
function Age({ handoff }: { readonly handoff: Waiting }) {
  const t = useHandoffsWords();
  const { t: desk, locale, timeZone } = useDeskWords();
  const since = Date.parse(handoff.since);
  return (
    <>
      <b title={t('waiting.age')}><LiveText of={(now) => spanText(desk, Math.max(0, Math.floor((now - since) / 60_000) * 60))} /></b>
      <small><span aria-hidden="true">{'●'.repeat(Math.min(handoff.ageingStep, 3))}{'○'.repeat(3 - Math.min(handoff.ageingStep, 3))} </span>
        {handoff.ageingStep === 0 ? t('waiting.fresh') : t('waiting.step', { step: handoff.ageingStep })}</small>
      <small>{handoff.nextStepAt === null ? <When at={handoff.since} /> : t('waiting.next', { time: nearTime(Date.parse(handoff.nextStepAt), since, { locale, timeZone }) })}</small>
    </>
  );
}

function Flags({ handoff }: { readonly handoff: Waiting }) {
  const t = useHandoffsWords();
  const flags = [handoff.unusual ? t('waiting.unusual') : null, handoff.pingPong ? t('waiting.pingPong') : null, handoff.urgeCount === 0 ? null : t('waiting.urged', { count: handoff.urgeCount })];
  return <span className="waiting-flags">{flags.filter((flag) => flag !== null).map((flag) => <span key={flag} className="badge flag">{flag}</span>)}</span>;
}

const ACTIONS: readonly TicketActionName[] = ['acceptHandoff', 'rejectHandoff', 'recallHandoff', 'urgeIncident'];

/** What the server lets this person do with it now, by the forms of the record's own page. */
function HandoffActions({ number, choices, reload, onDone }: Props & { readonly number: string; readonly onDone: () => void }) {
  const t = useHandoffsWords();
  const { t: desk } = useDeskWords();
  const [chosen, setChosen] = useState<TicketActionName | null>(null);
  const { data, refetch } = useQuery(IncidentByNumberDocument, { variables: { number }, fetchPolicy: 'network-only' });
  const ticket = data?.incident ?? null;
  if (ticket === null) return <p className="quiet">{desk('loading')}</p>;
  const allowed = ACTIONS.filter((name) => ticket.availableActions.some(({ action, allowed: may }) => action === name && may));
  return (
    <div className="waiting-actions">
      {allowed.length === 0 ? <p className="quiet">{t('waiting.noAction')}</p> : null}
      <div className="action-buttons">
        {allowed.map((name) => <button key={name} type="button" aria-expanded={chosen === name} onClick={() => setChosen(name)}>{desk(actionLabel(name))}</button>)}
      </div>
      {chosen === null ? null : (
        <ActionForm key={chosen} name={chosen} ticket={ticket} choices={choices} reload={() => Promise.all([refetch(), reload()])} onDone={onDone} />
      )}
    </div>
  );
}
