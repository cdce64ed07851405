import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { ClockText } from '../../components/clock-text.tsx';
import { nextClock } from '../../components/next-clock.ts';
import { FollowButton } from './follow-button.tsx';
import type { Ticket } from './actions/action-form-types.ts';

/** Number, level, state and the clock that ends next: what one looks for first. */
export function TicketHead({ ticket }: { readonly ticket: Ticket }) {
  const { t, locale, vocabulary } = useDeskWords();
  const handoff = ticket.handoffs.find(({ state }) => state === 'WAITING');
  const clock = nextClock(ticket.clocks);
  const flags = [
    ticket.feedbackArrivedAt === null ? null : t('flag.feedback'),
    ticket.urgeCount === 0 ? null : t('flag.urged', { count: ticket.urgeCount }),
    ticket.faultReport?.overdue === true ? t('flag.reportOverdue') : null,
    ticket.major ? t('flag.major') : null,
    ticket.changeMade ? t('flag.changeMade') : null,
    ticket.pingPong ? t('flag.pingPong') : null,
    handoff === undefined ? null : t('flag.handoff', { from: teamName(handoff.fromTeam, locale), to: teamName(handoff.toTeam, locale) }),
  ].filter((flag) => flag !== null);
  return (
    <header className="ticket-head">
      <div>
        <p className="ticket-number">
          <Link to="/queue">{t('nav.queue')}</Link> / <b>{ticket.number}</b>
          <span className="badge" data-level={ticket.level}>{`${ticket.level} ${labelOf(vocabulary.levels, ticket.level, locale)}`}</span>
          <span className="badge" data-state={ticket.state}>
            {ticket.state === 'IN_PROGRESS' && !ticket.started ? t('state.notStarted') : labelOf(vocabulary.states, ticket.state, locale)}
          </span>
          <FollowButton id={ticket.id} />
          {flags.map((flag) => <span key={flag} className="badge flag">{flag}</span>)}
        </p>
        <h1>{ticket.title}</h1>
        <p className="ticket-sub">
          {ticket.customer.name} · {teamName(ticket.team, locale)} · {ticket.holder?.name ?? t('holder.none')}
        </p>
      </div>
      {clock === null ? null : (
        <div className="ticket-clock">
          <ClockText clock={clock} suspended={ticket.state === 'SUSPENDED'} />
          <small>{labelOf(vocabulary.clockKinds, clock.kind, locale)}</small>
        </div>
      )}
    </header>
  );
}
