// Both peers count in the zone of the process and in no other.
process.env['TZ'] = 'Asia/Shanghai';

import { createRequire } from 'node:module';
import dayjs from 'dayjs';
import dayjsBusinessTime from 'dayjs-business-time';
import { seededCalendars } from '../../server/src/features/calendar/holidays.rules.ts';
import { compileCalendar, type BusinessCalendar, type CalendarDefinition } from '../../server/src/features/calendar/calendar.rules.ts';
import { minuteTable, type MinuteTable } from './business-time/minute-table.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { compare, OURS, quantile, type Contender } from './harness/compare.ts';
import { versionOf } from './harness/version-of.ts';

const MINUTE = 60_000;
const FIRST_YEAR = 2010;
const office = [['09:00', '12:00'], ['13:00', '18:00']] as const;
/** Without holidays, which of the peers know no make-up days. */
const PLAIN: CalendarDefinition = {
  timeZone: 'Asia/Shanghai', weeklyHours: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] }, exceptions: [],
};

export const bench: Bench = {
  name: 'business-time',
  work: '1,000,000 questions over 20 years, 5×8 with a lunch break in Shanghai: half add a target of up to 80 h to an instant, half do the same with a pause of up to 30 days in between. '
    + 'All answers of ours are compared with a walk minute by minute, for the plain hours that the peers can count in and for those with holidays and make-up days.',
  run,
};

/** A target that is counted from an instant; with `pause` it stands still between two instants. Whole minutes. */
interface Question {
  readonly start: number;
  readonly minutes: number;
  readonly pause: { readonly from: number; readonly to: number } | null;
}

interface Arithmetic {
  add(at: number, minutes: number): number;
  elapsedMinutes(from: number, to: number): number;
}

async function run(run: BenchRun): Promise<BenchOutcome> {
  const years = run.quick ? 2 : 20;
  const questions = makeQuestions(run.quick ? 20_000 : 1_000_000, years);
  const plain = compileCalendar(PLAIN);
  const seeded = seededCalendars()['5x8'];
  run.say('walking every minute of the years, once for each calendar');
  const different = [[plain, PLAIN] as const, [compileCalendar(seeded), seeded] as const].map(([calendar, definition]) =>
    countDifferent(questions, ours(calendar), minuteTable(definition, FIRST_YEAR, FIRST_YEAR + years + 2)));
  const peers = { 'dayjs-business-time': dayjsPeer(), 'moment-business-time': momentPeer() };
  const judged = questions.slice(0, 2000);
  const table: Arithmetic = ours(plain);
  for (const [key, peer] of Object.entries(peers)) run.say(`${key}: ${countDifferent(judged, peer, table)} of ${judged.length} answers differ from ours`);
  const contenders = [contender(OURS, questions, ours(plain)), ...Object.entries(peers).map(([key, peer]) => contender(key, questions, peer))];
  return {
    comparisons: [await compare(run, { unit: 'questions/s', better: 'more' }, contenders)],
    figures: { questions: questions.length, differentFromOracle: different[0]!, differentFromOracleWithHolidays: different[1]!, firstDeadlineOfNewCalendarMs: coldMs() },
    aims: [{ of: 'dayjs-business-time', least: 50 }, { of: 'moment-business-time', least: 50 }, { of: 'differentFromOracle', most: 0 }, { of: 'differentFromOracleWithHolidays', most: 0 }],
    versions: { node: process.version, ...Object.fromEntries(['dayjs', 'dayjs-business-time', 'moment', 'moment-business-time'].map((name) => [name, versionOf(name)])) },
  };
}

/** From a counter: the same each time. */
function makeQuestions(count: number, years: number): Question[] {
  let seed = 20_260_302;
  const below = (most: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
  const begin = Date.UTC(FIRST_YEAR, 0, 2);
  const span = years * 365 * 1440;
  return Array.from({ length: count }, (_, index) => {
    const start = begin + below(span) * MINUTE;
    const from = start + below(3 * 1440) * MINUTE;
    return { start, minutes: 1 + below(80 * 60), pause: index % 2 === 0 ? null : { from, to: from + (1 + below(30 * 1440)) * MINUTE } };
  });
}

function dueAt({ start, minutes, pause }: Question, { add, elapsedMinutes }: Arithmetic): number {
  if (pause === null) return add(start, minutes);
  const counted = elapsedMinutes(start, pause.from);
  return counted >= minutes ? add(start, minutes) : add(pause.to, minutes - counted);
}

function countDifferent(questions: readonly Question[], one: Arithmetic, other: Arithmetic | MinuteTable): number {
  return questions.reduce((sum, question) => sum + (dueAt(question, one) === dueAt(question, other) ? 0 : 1), 0);
}

function ours(calendar: BusinessCalendar): Arithmetic {
  return { add: (at, minutes) => calendar.addDuration(at, minutes * MINUTE), elapsedMinutes: (from, to) => calendar.elapsed(from, to) / MINUTE };
}

function dayjsPeer(): Arithmetic {
  dayjs.extend(dayjsBusinessTime);
  const hours = [{ start: '09:00:00', end: '12:00:00' }, { start: '13:00:00', end: '18:00:00' }];
  dayjs.setBusinessTime({ monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: null, sunday: null });
  return {
    add: (at, minutes) => dayjs(at).addBusinessMinutes(minutes).valueOf(),
    elapsedMinutes: (from, to) => dayjs(from).businessMinutesDiff(dayjs(to)),
  };
}

interface BusinessMoment {
  addWorkingTime(amount: number, unit: string): BusinessMoment;
  workingDiff(to: BusinessMoment, unit: string): number;
  valueOf(): number;
}

/** It has no types of its own. */
function momentPeer(): Arithmetic {
  const moment = createRequire(import.meta.url)('moment-business-time') as ((at: number) => BusinessMoment) & { updateLocale(name: string, words: object): void };
  const hours = ['09:00:00', '12:00:00', '13:00:00', '18:00:00'];
  moment.updateLocale('en', { workinghours: { 0: null, 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: null } });
  return {
    add: (at, minutes) => moment(at).addWorkingTime(minutes, 'minutes').valueOf(),
    elapsedMinutes: (from, to) => Math.abs(moment(to).workingDiff(moment(from), 'minutes')),
  };
}

/** As many of the questions as its time allows, over and over if need be; the time is looked at every 20 questions. */
function contender(key: string, questions: readonly Question[], arithmetic: Arithmetic): Contender {
  return {
    key,
    round: async (milliseconds) => {
      const began = performance.now();
      let sum = 0;
      let done = 0;
      for (; done % 20 > 0 || performance.now() - began < milliseconds; done += 1) sum += dueAt(questions[done % questions.length]!, arithmetic);
      if (!Number.isFinite(sum)) throw new Error(`${key}: an answer is no instant`);
      return (done * 1000) / (performance.now() - began);
    },
  };
}

/** A name of its own makes each a calendar that has never been compiled. */
function coldMs(): number {
  return quantile(Array.from({ length: 15 }, (_, index) => {
    const began = performance.now();
    compileCalendar({ ...PLAIN, exceptions: [{ date: '2026-10-01', hours: [], name: `holiday ${index}` }] }).addDuration(Date.UTC(2026, 0, 5), 240 * MINUTE);
    return performance.now() - began;
  }), 0.5);
}
