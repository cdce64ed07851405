import type { Writable } from 'node:stream';
import { arithmeticOf, type ClockArithmetic, type TicketArithmetic } from '../features/clock/clock-arithmetic.service.ts';
import { SECOND, type Instant } from '../kernel/instant.ts';
import { withDatabase } from './with-database.ts';

/** `watchfloor explain INC-…`: the arithmetic of every clock of a record, to be read by people (SLA-09). */
export async function runExplain(number: string, output: Writable): Promise<void> {
  const arithmetic = await withDatabase((database) => arithmeticOf(database, number));
  output.write(`${explanationText(arithmetic)}\n`);
}

export function explanationText({ ticket, now, clocks }: TicketArithmetic): string {
  const from = ticket.externalNumber === null ? '' : ` (${ticket.externalSource} ${ticket.externalNumber})`;
  const zone = clocks[0]?.timeZone ?? 'UTC';
  const closed = ticket.closedAt === null ? `as of ${local(now, zone)}` : `closed ${local(ticket.closedAt, zone)}`;
  return [`${ticket.number}${from} ${ticket.title}`, `opened ${local(ticket.openedAt, zone)}, ${closed}; times in ${zone}`, ...clocks.map(clockText)].join('\n');
}

function clockText({ clock, standing, explanation, timeZone, calendar, firings }: ClockArithmetic): string {
  const at = (instant: Instant): string => local(instant, timeZone);
  const due = standing.dueAt === null ? 'no due instant while it is suspended' : `due ${at(standing.dueAt)}`;
  const breach = standing.breachedAt === null ? 'not breached' : `breached ${at(standing.breachedAt)}`;
  const outcome = standing.outcome === 'none' ? '' : `, ${standing.outcome}${standing.metAt === null ? '' : ` ${at(standing.metAt)}`}`;
  const rest = standing.remainingMs >= 0 ? `${span(standing.remainingMs)} left` : `${span(-standing.remainingMs)} over`;
  const candidates = standing.candidates.map(({ source, targetMs, dueAtStart, chosen }) =>
    `    ${chosen ? '→' : ' '} ${source}: ${span(targetMs)}, would be due ${at(dueAtStart)}`);
  const intervals = explanation.intervals.map(({ from, to, reason, detail, countedMs }) => {
    const words = `${REASON_WORDS[reason]}${detail === null ? '' : ` (${detail})`}`;
    return `    ${at(from)} – ${at(to)}  ${countedMs === 0 ? '—'.padStart(12) : span(countedMs).padStart(12)}  ${words}`;
  });
  const fired = firings.map(({ step, at: firedAt, withdrawnAt }) => `${step} ${at(firedAt)}${withdrawnAt === null ? '' : ' (taken back)'}`);
  return [
    '', `${clock.kind}: ${standing.state}${outcome}, ${breach}, ${due}`,
    `  ${span(standing.elapsedMs)} of ${span(standing.targetMs)} used, ${rest}; calendar ${calendar}, ${clock.policy}`,
    '  candidates for the target:', ...candidates, '  what counted:', ...intervals,
    `    sum ${span(explanation.countedMs)}${explanation.truncated ? ' (not all lines are shown)' : ''}`,
    ...(fired.length === 0 ? [] : [`  fired: ${fired.join(', ')}`]),
  ].join('\n');
}

const REASON_WORDS = {
  counted: 'counted', 'closed-hours': 'closed hours', holiday: 'holiday', suspended: 'pending', stopped: 'stood still',
} as const satisfies Record<ClockArithmetic['explanation']['intervals'][number]['reason'], string>;

function local(at: Instant, timeZone: string): string {
  const text = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' });
  return text.replace('T', ' ').replace(/:00$/, '');
}

/** 3 h 05 min; seconds only where there are any. */
function span(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = [hours > 0 ? `${hours} h` : '', minutes > 0 || hours > 0 ? `${minutes} min` : '', rest > 0 || seconds < 60 ? `${rest} s` : ''];
  return parts.filter(Boolean).join(' ');
}
