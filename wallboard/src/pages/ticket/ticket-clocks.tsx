import { useEffect, useMemo } from 'react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { ClockText } from '../../components/clock-text.tsx';
import { When } from '../../components/when.tsx';
import { spanText } from '../../lib/time/span-text.ts';
import type { Ticket } from './actions/action-form-types.ts';
import { ClockArithmetic } from './clock-arithmetic.tsx';
import { axisOf, type Axis, type Clock } from './clock-axis.ts';
import { ClockBand } from './clock-band.tsx';
import { forecastText } from './forecast-text.ts';
import { ClockLegend, ClockScale } from './clock-scale.tsx';
import { useTicketWords } from './ticket-words.ts';
import './clock-band.css';

/** A drawing of time is redrawn while time passes; a minute is less than a pixel of most of them. */
const REDRAW_MS = 60_000;

/** The SLA clocks drawn on one axis of real time, what the desk owes beside them, and for each the full arithmetic on demand (SLA-01, SLA-09). */
export function TicketClocks({ ticket, reload }: { readonly ticket: Ticket; readonly reload?: () => Promise<unknown> }) {
  const { t } = useDeskWords();
  const ticketWords = useTicketWords();
  const running = [...ticket.clocks, ...ticket.deskDuties].some(({ outcome }) => outcome === 'NONE');
  useEffect(() => {
    if (!running || reload === undefined) return undefined;
    const timer = setInterval(() => void reload(), REDRAW_MS);
    return () => clearInterval(timer);
  }, [running, reload]);
  const axis = useMemo(() => axisOf([...ticket.clocks, ...ticket.deskDuties], judgedAt(ticket)), [ticket]);
  return (
    <section className="card clocks">
      <h2>{t('clocks.title')}</h2>
      {ticket.clocks.length === 0 ? <p className="quiet">{t('clocks.none')}</p> : null}
      {axis === null ? null : <ClockScale axis={axis} customerZone={ticket.customer.timeZone} />}
      {axis === null ? null : ticket.clocks.map((clock) => <ClockCard key={clock.id} clock={clock} axis={axis} ticket={ticket} />)}
      {axis === null || ticket.deskDuties.length === 0 ? null : (
        <>
          <h3>{ticketWords('duties.title')}<small>{ticketWords('duties.note')}</small></h3>
          {ticket.deskDuties.map((clock) => <ClockCard key={clock.id} clock={clock} axis={axis} ticket={ticket} />)}
        </>
      )}
      {axis === null ? null : <ClockLegend />}
    </section>
  );
}

/** The server's now: running clocks are explained up to it. */
function judgedAt({ clocks, deskDuties }: Ticket): number {
  const ends = [...clocks, ...deskDuties].filter(({ outcome }) => outcome === 'NONE').flatMap(({ explanation }) => explanation.intervals.at(-1)?.to ?? []);
  return ends.length === 0 ? Date.now() : Math.max(...ends.map((text) => Date.parse(text)));
}

interface Card {
  readonly clock: Clock;
  readonly axis: Axis;
  readonly ticket: Ticket;
}

function isDuty({ kind }: Clock): boolean {
  return kind.startsWith('DESK_');
}

/** A duty that is missed is no breach and must not look like one (D-46). */
function ClockEnd({ clock }: { readonly clock: Clock }) {
  const { t } = useDeskWords();
  const ticketWords = useTicketWords();
  const open = clock.outcome === 'NONE' && clock.state !== 'STOPPED';
  if (isDuty(clock)) {
    if (open && clock.breachedAt === null) return <ClockText clock={{ ...clock, remainingBusinessSeconds: clock.remainingSeconds }} suspended={false} />;
    const word = open ? 'duties.missed' : clock.outcome === 'CANCELLED' ? 'duties.cancelled' : clock.breachedAt === null ? 'duties.met' : 'duties.late';
    return <span className="clock-text duty-end" data-shape="none" data-late={clock.breachedAt !== null}>{ticketWords(word)}</span>;
  }
  if (open) return <ClockText clock={{ ...clock, remainingBusinessSeconds: clock.remainingSeconds }} suspended={clock.state === 'PAUSED'} />;
  return <span className="clock-text" data-shape="none">{t(clock.outcome === 'CANCELLED' ? 'clocks.cancelled' : clock.breachedAt === null ? 'clocks.met' : 'clocks.metLate')}</span>;
}

function ClockCard({ clock, axis, ticket }: Card) {
  const { locale, vocabulary } = useDeskWords();
  const ticketWords = useTicketWords();
  return (
    <details className="clock-card" data-breached={clock.breachedAt !== null && !isDuty(clock)}>
      <summary>
        <b>{labelOf(vocabulary.clockKinds, clock.kind, locale)}</b>
        <ClockBand clock={clock} axis={axis} ticket={ticket} />
        <span className="clock-percent">{`${Math.floor(clock.percent)} %`}</span>
        {clock.forecast === null ? null : <small className="clock-forecast" data-known={clock.forecast.lack === null}>{forecastText(clock.forecast, ticketWords)}</small>}
        <ClockEnd clock={clock} />
      </summary>
      <ClockFacts clock={clock} ticket={ticket} />
      <ClockArithmetic clock={clock} ticket={ticket} />
    </details>
  );
}

function ClockFacts({ clock, ticket }: Omit<Card, 'axis'>) {
  const { t, locale, vocabulary } = useDeskWords();
  const ticketWords = useTicketWords();
  const zone = ticket.customer.timeZone;
  const step = (key: string): string => labelOf(vocabulary.escalationSteps, key, locale);
  return (
    <dl className="facts">
      <Fact name={t('clocks.target')} value={`${spanText(t, clock.targetSeconds)} (${clock.timeZone})`} />
      <Fact name={t('clocks.elapsed')} value={`${spanText(t, clock.elapsedSeconds)} · ${t('clocks.remaining')} ${spanText(t, clock.remainingSeconds)}`} />
      <div><dt>{t('clocks.start')}</dt><dd><When at={clock.startAt} otherZone={zone} /></dd></div>
      {clock.dueAt === null ? null : <div><dt>{t('clocks.due')}</dt><dd><When at={clock.dueAt} otherZone={zone} /></dd></div>}
      {clock.metAt === null ? null : <div><dt>{t('clocks.metAt')}</dt><dd><When at={clock.metAt} otherZone={zone} /></dd></div>}
      {clock.breachedAt === null ? null : (
        <div><dt>{t('clocks.breachedAt')}</dt><dd><When at={clock.breachedAt} otherZone={zone} />{[clock.breachHeldBy?.team, clock.breachHeldBy?.holder].filter((one) => one != null).map((one) => ` · ${one}`)}</dd></div>
      )}
      {clock.misses === 0 ? null : <Fact name={t('clocks.misses')} value={String(clock.misses)} />}
      <Fact name={t('clocks.policy')} value={clock.policy} />
      {clock.firings.length === 0 ? null : (
        <div><dt>{t('clocks.warnings')}</dt><dd>{clock.firings.map((firing) => (
          <span key={`${firing.step} ${firing.at}`} className="warning" data-fired={firing.withdrawnAt === null}>
            {`${step(firing.step)} `}<When at={firing.at} />{firing.late ? ` · ${t('escalation.late')}` : null}{firing.withdrawnAt === null ? null : ` · ${t('clocks.withdrawn')}`}
          </span>
        ))}</dd></div>
      )}
      {clock.coming.length === 0 ? null : (
        <div><dt>{ticketWords('table.coming')}</dt><dd>{clock.coming.map((one) => <span key={one.step} className="warning">{`${step(one.step)} `}<When at={one.at} /></span>)}</dd></div>
      )}
      {clock.candidates.length < 2 ? null : (
        <div><dt>{t('clocks.candidates')}</dt><dd>{clock.candidates.map((one) => (
          <span key={one.source} className="warning" data-fired={one.chosen}>{`${one.chosen ? '✓ ' : ''}${one.source}: ${spanText(t, one.targetSeconds)}`}</span>
        ))}</dd></div>
      )}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}
