import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { ClockText } from '../../components/clock-text.tsx';
import { When } from '../../components/when.tsx';
import { spanText } from '../../lib/time/span-text.ts';
import type { Ticket } from './actions/action-form-types.ts';
import { ClockArithmetic } from './clock-arithmetic.tsx';

type Clock = Ticket['clocks'][number];

/** The SLA clocks with their targets, and for each the full arithmetic on demand (SLA-01, SLA-09). */
export function TicketClocks({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useDeskWords();
  return (
    <section className="card">
      <h2>{t('clocks.title')}</h2>
      {ticket.clocks.length === 0 ? <p className="quiet">{t('clocks.none')}</p> : null}
      {ticket.clocks.map((clock) => <ClockCard key={clock.id} clock={clock} ticket={ticket} />)}
    </section>
  );
}

function ClockCard({ clock, ticket }: { readonly clock: Clock; readonly ticket: Ticket }) {
  const { t, locale, vocabulary } = useDeskWords();
  const open = clock.outcome === 'NONE' && clock.state !== 'STOPPED';
  return (
    <details className="clock-card" data-breached={clock.breachedAt !== null}>
      <summary>
        <b>{labelOf(vocabulary.clockKinds, clock.kind, locale)}</b>
        <span className="clock-bar" data-over={clock.percent > 100}><i style={{ width: `${Math.min(100, clock.percent)}%` }} /></span>
        <span className="clock-percent">{`${Math.floor(clock.percent)} %`}</span>
        {open ? <ClockText clock={{ ...clock, remainingBusinessSeconds: clock.remainingSeconds }} suspended={clock.state === 'PAUSED'} />
          : <span className="clock-text" data-shape="none">{t(clock.outcome === 'CANCELLED' ? 'clocks.cancelled' : clock.breachedAt === null ? 'clocks.met' : 'clocks.metLate')}</span>}
      </summary>
      <dl className="facts">
        <Fact name={t('clocks.target')} value={`${spanText(t, clock.targetSeconds)} (${clock.timeZone})`} />
        <Fact name={t('clocks.elapsed')} value={`${spanText(t, clock.elapsedSeconds)} · ${t('clocks.remaining')} ${spanText(t, clock.remainingSeconds)}`} />
        <div><dt>{t('clocks.start')}</dt><dd><When at={clock.startAt} otherZone={ticket.customer.timeZone} /></dd></div>
        {clock.dueAt === null ? null : <div><dt>{t('clocks.due')}</dt><dd><When at={clock.dueAt} otherZone={ticket.customer.timeZone} /></dd></div>}
        {clock.metAt === null ? null : <div><dt>{t('clocks.metAt')}</dt><dd><When at={clock.metAt} /></dd></div>}
        {clock.breachedAt === null ? null : (
          <div><dt>{t('clocks.breachedAt')}</dt><dd><When at={clock.breachedAt} />{[clock.breachHeldBy?.team, clock.breachHeldBy?.holder].filter((one) => one != null).map((one) => ` · ${one}`)}</dd></div>
        )}
        {clock.misses === 0 ? null : <Fact name={t('clocks.misses')} value={String(clock.misses)} />}
        <Fact name={t('clocks.policy')} value={clock.policy} />
        {clock.firings.length === 0 ? null : (
          <div><dt>{t('clocks.warnings')}</dt><dd>{clock.firings.map((firing) => (
            <span key={`${firing.step} ${firing.at}`} className="warning" data-fired={firing.withdrawnAt === null}>
              {`${labelOf(vocabulary.escalationSteps, firing.step, locale)} `}<When at={firing.at} />{firing.late ? ` · ${t('escalation.late')}` : null}{firing.withdrawnAt === null ? null : ` · ${t('clocks.withdrawn')}`}
            </span>
          ))}</dd></div>
        )}
        {clock.candidates.length < 2 ? null : (
          <div><dt>{t('clocks.candidates')}</dt><dd>{clock.candidates.map((one) => (
            <span key={one.source} className="warning" data-fired={one.chosen}>{`${one.chosen ? '✓ ' : ''}${one.source}: ${spanText(t, one.targetSeconds)}`}</span>
          ))}</dd></div>
        )}
      </dl>
      <ClockArithmetic explanation={clock.explanation} />
    </details>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}
