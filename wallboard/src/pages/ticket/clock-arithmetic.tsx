import { useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { spanText } from '../../lib/time/span-text.ts';
import type { Ticket } from './actions/action-form-types.ts';
import type { Clock } from './clock-axis.ts';
import { stretchDetail, stretchText } from './stretch-text.ts';
import { useTicketWords } from './ticket-words.ts';

const secondsOf = ({ from, to }: { readonly from: string; readonly to: string }): number => Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/** SLA-09: which intervals counted, which did not and why, and their sums: what counted to the clock's own time, all of it to real time. */
export function ClockArithmetic({ clock, ticket }: { readonly clock: Clock; readonly ticket: Ticket }) {
  const { t, locale, vocabulary } = useDeskWords();
  const ticketWords = useTicketWords();
  const { intervals, countedSeconds, truncated } = clock.explanation;
  const wall = intervals.reduce((sum, interval) => sum + secondsOf(interval), 0);
  const zone = ticket.customer.timeZone;
  return (
    <div className="arithmetic">
      <table>
        <thead><tr>
          <th scope="col">{t('clocks.from')}</th><th scope="col">{t('clocks.to')}</th><th scope="col">{t('clocks.why')}</th>
          <th scope="col" className="figure">{ticketWords('table.wall')}</th><th scope="col" className="figure">{t('clocks.counted')}</th>
        </tr></thead>
        <tbody>
          {intervals.map((interval) => (
            <tr key={interval.from} data-counted={interval.reason === 'counted'}>
              <td><When at={interval.from} otherZone={zone} /></td>
              <td><When at={interval.to} otherZone={zone} /></td>
              <td>{[stretchText(interval.reason, t), ...stretchDetail(interval, ticket, { vocabulary, locale, t: ticketWords })].join(' · ')}</td>
              <td className="figure">{spanText(t, secondsOf(interval))}</td>
              <td className="figure">{interval.reason === 'counted' ? spanText(t, interval.seconds) : '—'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr><td colSpan={3}>{t(truncated ? 'clocks.sumTruncated' : 'clocks.sum')}</td><td className="figure">{spanText(t, wall)}</td><td className="figure"><b>{spanText(t, countedSeconds)}</b></td></tr>
        </tfoot>
      </table>
      <Sums clock={clock} wall={wall} />
    </div>
  );
}

const REASONS = ['counted', 'closed-hours', 'holiday', 'suspended', 'stopped'] as const;

/** The two sums as equations: real time by reason, and the target less what counted. */
function Sums({ clock, wall }: { readonly clock: Clock; readonly wall: number }) {
  const { t } = useDeskWords();
  const ticketWords = useTicketWords();
  const { intervals, countedSeconds, truncated } = clock.explanation;
  const parts = REASONS.map((reason) => [reason, intervals.filter((one) => one.reason === reason).reduce((sum, one) => sum + secondsOf(one), 0)] as const).filter(([, seconds]) => seconds > 0);
  const left = clock.targetSeconds - countedSeconds;
  return (
    <p className="sums">
      {truncated || parts.length < 2 ? null : <span>{ticketWords('sum.equation', { parts: parts.map(([reason, seconds]) => `${stretchText(reason, t)} ${spanText(t, seconds)}`).join(' + '), total: spanText(t, wall) })}</span>}
      <span>{ticketWords('sum.target', {
        target: spanText(t, clock.targetSeconds), counted: spanText(t, countedSeconds),
        remaining: ticketWords(left < 0 ? 'sum.over' : 'sum.left', { span: spanText(t, Math.abs(left)) }),
      })}</span>
    </p>
  );
}
