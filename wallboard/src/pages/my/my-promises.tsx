import { labelOf, useDeskWords, type DeskWords } from '../../app/desk-words.tsx';
import { countdown, formatSeconds } from '../../lib/feed/countdown.ts';
import { useLiveElement, writeData, writeText } from '../../lib/ticking/live-text.tsx';
import { nearTime } from '../../lib/time/format-time.ts';
import { spanText } from '../../lib/time/span-text.ts';
import { CustomerTime, useCustomerZone } from './customer-time.tsx';
import type { MyTicket } from './my-ticket-page.tsx';
import { useMyWords, type MyTranslate } from './my-words.ts';

type Clock = MyTicket['clocks'][number];

/** The agreed instants with what is left of them, in the customer's zone (SLA-01, WBD-12). */
export function MyPromises({ ticket }: { readonly ticket: MyTicket }) {
  const t = useMyWords();
  const { t: desk, locale, vocabulary } = useDeskWords();
  const shown = ticket.clocks.filter(({ kind }) => kind === 'RESPONSE' || kind === 'RESOLUTION' || kind === 'ON_SITE' || kind === 'PROGRESS_REPORT').filter(({ outcome }) => outcome !== 'CANCELLED');
  return (
    <section className="card">
      <h2>{t('ticket.promises')}</h2>
      {shown.length === 0 ? <p className="quiet">{t('ticket.promises.none')}</p> : null}
      <ul className="my-promises">
        {shown.map((clock) => (
          <li key={clock.id} data-clock={clock.kind}>
            <b>{labelOf(vocabulary.clockKinds, clock.kind, locale)}</b>
            <PromiseState clock={clock} />
            <span className="quiet">
              {t('promise.target', { target: spanText(desk, clock.targetSeconds) })}
              {clock.metAt === null ? (clock.dueAt === null ? null : <>{' · '}<CustomerTime at={clock.dueAt} /></>) : <>{' · '}<CustomerTime at={clock.metAt} /></>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PromiseState({ clock }: { readonly clock: Clock }) {
  const t = useMyWords();
  const words = useDeskWords();
  const zone = useCustomerZone();
  const ref = useLiveElement<HTMLSpanElement>((element, now) => {
    const { shape, text } = told(clock, now, { t, words: { ...words, timeZone: zone } });
    writeData(element, 'shape', shape);
    writeText(element, text);
  });
  return <span className="clock-text" ref={ref} />;
}

/** The promise in words: kept, kept late, or how much time is left of it. */
function told(clock: Clock, now: number, { t, words }: { readonly t: MyTranslate; readonly words: DeskWords }): { shape: string; text: string } {
  if (clock.outcome === 'MET') return { shape: clock.breachedAt === null ? 'running' : 'breached', text: clock.breachedAt === null ? `✓ ${t('promise.met')}` : `⚑ ${t('promise.metLate')}` };
  const left = countdown({ ...clock, remainingBusinessSeconds: clock.remainingSeconds }, clock.state === 'PAUSED', now);
  const figure = left.seconds === null ? '—' : formatSeconds(left.seconds, { day: words.t('dayUnit'), hour: words.t('hourUnit') });
  switch (left.shape) {
    case 'breached': return { shape: left.shape, text: `⚑ ${t('promise.missed', { time: figure.replace('+', '') })}` };
    case 'suspended': return { shape: left.shape, text: `❚❚ ${t('promise.standing', { time: figure })}` };
    case 'outside-hours': return { shape: left.shape, text: left.resumesAt === null ? figure : `◷ ${t('promise.closed', { time: nearTime(Date.parse(left.resumesAt), now, words) })}` };
    case 'none': return { shape: left.shape, text: '—' };
    default: return { shape: left.shape, text: figure };
  }
}
