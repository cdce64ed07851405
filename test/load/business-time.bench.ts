/**
 * Business-time arithmetic beside dayjs-business-time, in interleaved rounds: `node --import tsx test/load/business-time.bench.ts`.
 * Both count 5×8 with a lunch break in Shanghai without holidays (the peer knows no make-up days and no zone but the
 * process's own), over the same starts, and must agree on every answer before anything is timed.
 */
process.env['TZ'] = 'Asia/Shanghai';

import dayjs from 'dayjs';
import businessTime from 'dayjs-business-time';
import { compileCalendar } from '../../server/src/features/calendar/calendar.rules.ts';

const ROUNDS = 15;
const STARTS = 200;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const office = [['09:00', '12:00'], ['13:00', '18:00']] as const;
const definition = {
  timeZone: 'Asia/Shanghai',
  weeklyHours: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] },
  exceptions: [],
};
const calendar = compileCalendar(definition);

dayjs.extend(businessTime);
const peerOffice = [{ start: '09:00:00', end: '12:00:00' }, { start: '13:00:00', end: '18:00:00' }];
dayjs.setBusinessTime({
  monday: peerOffice, tuesday: peerOffice, wednesday: peerOffice, thursday: peerOffice, friday: peerOffice, saturday: null, sunday: null,
});

// Whole minutes, because the peer measures in them; spread over a year, open and closed.
const starts = Array.from({ length: STARTS }, (_, index) => Date.parse('2026-01-05T00:07:00+08:00') + index * 43 * HOUR + index * 7 * 60_000);

interface Task {
  readonly name: string;
  readonly ours: (start: number) => number;
  readonly peer: (start: number) => number;
}

const adding = (hours: number): Task => ({
  name: `add ${hours} h`,
  ours: (start) => calendar.addDuration(start, hours * HOUR),
  peer: (start) => dayjs(start).addBusinessHours(hours).valueOf(),
});
const measuring = (days: number): Task => ({
  name: `elapsed over ${days} d`,
  ours: (start) => calendar.elapsed(start, start + days * DAY) / 60_000,
  peer: (start) => dayjs(start).businessMinutesDiff(dayjs(start + days * DAY)),
});

for (const task of [adding(4), adding(40), measuring(1), measuring(7), measuring(90)]) {
  const different = starts.filter((start) => task.ours(start) !== task.peer(start));
  if (different.length > 0) throw new Error(`Must hold: both agree; ${task.name} differs from ${new Date(different[0] ?? 0).toISOString()}`);
  const ratios: number[] = [];
  const ours: number[] = [];
  const peer: number[] = [];
  const repeats = { ours: repeatsFor(task.ours), peer: repeatsFor(task.peer) };
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(rate(task.ours, repeats.ours));
    peer.push(rate(task.peer, repeats.peer));
    ratios.push((ours.at(-1) ?? 0) / (peer.at(-1) ?? 1));
  }
  console.log(`${task.name}: ours ${perSecond(ours)}/s, dayjs-business-time ${perSecond(peer)}/s, ratio median ${median(ratios).toFixed(0)} (${Math.min(...ratios).toFixed(0)}–${Math.max(...ratios).toFixed(0)})`);
}

const cold = (hours: number): string => {
  const times = Array.from({ length: ROUNDS }, (_, index) => {
    const begun = performance.now();
    // A name of its own makes each a calendar that has never been compiled.
    const fresh = compileCalendar({ ...definition, exceptions: [{ date: '2026-10-01', hours: [], name: `${hours} ${index}` }] });
    fresh.addDuration(starts[0] ?? 0, hours * HOUR);
    return performance.now() - begun;
  });
  return `${median(times).toFixed(2)} ms`;
};
console.log(`a calendar never seen before: first deadline of 4 h after ${cold(4)}, of 40 years after ${cold(40 * 250 * 8)}`);

/** As many passes over all starts as take some 30 ms. */
function repeatsFor(run: (start: number) => number): number {
  let repeats = 1;
  while (timed(run, repeats) < 30 && repeats < 100_000) repeats *= 2;
  return repeats;
}

function rate(run: (start: number) => number, repeats: number): number {
  return (STARTS * repeats * 1000) / timed(run, repeats);
}

function timed(run: (start: number) => number, repeats: number): number {
  const begun = performance.now();
  let sum = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) for (const start of starts) sum += run(start);
  if (Number.isNaN(sum)) throw new Error('Must hold: every answer is a number');
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function perSecond(rates: readonly number[]): string {
  return Math.round(median(rates)).toLocaleString('en-US');
}
