import { SYSTEM } from '../../kernel/actor.ts';
import { DAY, MINUTE, type Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import type { CalendarBook } from '../calendar/calendar.service.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import { calendarIdOf, countedSoFar, forecastMiss, isExpectedMiss, isForecastKind, makeForecastHistory, type Forecast, type ForecastHistory } from '../clock/clock-forecast.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { carryOut, catchUp } from './incident-case.service.ts';
import { lockIncidents } from './incident-load.queries.ts';
import { openCase, saveCase, type OpenCase } from './incident-open.service.ts';
import { expectMiss } from './incident-escalate.rules.ts';
import { endedClocks, openClocks, removeRisks, writeRisks, type OpenClock } from './incident-forecast.queries.ts';

/** The past changes slowly: a history read so long ago still says the same. */
const HISTORY_FOR = 5 * MINUTE;
/** Read and judged in turns, so that the other work of the process comes in between. */
const PAGE = 500;

interface KeptHistory {
  readonly readAt: Instant;
  readonly days: number;
  readonly history: Promise<ForecastHistory>;
}

const kept = new WeakMap<Database, KeptHistory>();

/** The ended clocks, read once for all who ask within some minutes; never per record. */
function forecastHistory(database: Database, now: Instant, { historyDays: days }: Policies['forecast']): Promise<ForecastHistory> {
  const before = kept.get(database);
  if (before && before.days === days && Math.abs(now - before.readAt) < HISTORY_FOR) return before.history;
  const history = endedClocks(database.em, now - days * DAY).then(makeForecastHistory);
  kept.set(database, { readAt: now, days, history });
  history.catch(() => kept.delete(database));
  return history;
}

/** What forecasts are made from at an instant. */
export interface ForecastBook {
  readonly now: Instant;
  readonly history: ForecastHistory;
  readonly policy: Policies['forecast'];
  readonly calendars: CalendarBook;
}

export async function forecastBook(database: Database, now: Instant): Promise<ForecastBook> {
  const { policies: { forecast: policy } } = await policiesAt(database, database.em, now);
  return { now, policy, history: await forecastHistory(database, now, policy), calendars: await calendarsFor(database, database.em) };
}

/** The minute's look at all open clocks: writes down the risks (SLA-11), and escalates early where policy says so (SLA-17). Returns how many it raised. */
export async function foretellMisses(database: Database): Promise<number> {
  // Before the policies have been seeded there is nothing to look by.
  const seeded = await database.em.execute<unknown[]>(`select 1 from policy_version where key = 'forecast' limit 1`);
  if (seeded.length === 0) return 0;
  const book = await forecastBook(database, await database.now());
  const expected = await keepRisks(database, book);
  let raised = 0;
  for (const ticketId of expected) if (await escalateEarly(database, ticketId, book)) raised += 1;
  return raised;
}

/** Page by page; answers the incidents whose miss is expected and that have not been escalated. */
async function keepRisks(database: Database, book: ForecastBook): Promise<string[]> {
  const expected: string[] = [];
  const risks = new Map<string, { percent: number | null; before: number | null }>();
  for (let page = await openClocks(database.em, null, PAGE); page.length > 0; page = page.length < PAGE ? [] : await openClocks(database.em, page.at(-1)!, PAGE)) {
    for (const clock of page) {
      const forecast = forecastOf(clock, book) ?? UNKNOWN;
      const percent = Math.max(risks.get(clock.ticketId)?.percent ?? -1, forecast.probability === null ? -1 : Math.round(forecast.probability * 100));
      risks.set(clock.ticketId, { percent: percent < 0 ? null : percent, before: clock.risk });
      if (clock.kind === 'resolution' && clock.state === 'running' && !clock.escalated && isExpectedMiss(forecast, book.policy.escalateAbovePercent)) expected.push(clock.ticketId);
    }
  }
  const changed = [...risks].filter(([, { percent, before }]) => percent !== before);
  await writeRisks(database.em, changed.flatMap(([ticketId, { percent }]) => (percent === null ? [] : [{ ticketId, percent }])));
  await removeRisks(database.em, changed.flatMap(([ticketId, { percent }]) => (percent === null ? [ticketId] : [])));
  return expected;
}

const UNKNOWN: Forecast = { probability: null, samples: 0, basis: null };

/** Null when it is over or has ended: there is nothing to foretell. */
export function forecastOf(clock: Omit<OpenClock, 'clockId' | 'ticketId' | 'escalated' | 'risk'>, { now, history, policy, calendars }: ForecastBook): Forecast | null {
  const elapsedMs = countedSoFar(clock, calendars.resolve(clock.calendarRef), now);
  if (elapsedMs === null) return null;
  return forecastMiss(history, { ...clock, calendarId: calendarIdOf(clock.calendarRef) }, { elapsedMs, allowanceMs: clock.targetMs, minimumSamples: policy.minimumSamples });
}

/** Judged anew under the row lock, so that of several processes one raises it; a ticket that another holds is left to it. */
async function escalateEarly(database: Database, ticketId: string, book: ForecastBook): Promise<boolean> {
  return database.change(SYSTEM('forecast'), async (change) => {
    const [ticket] = await lockIncidents(change.em, [ticketId], 'skip');
    const open = ticket && !ticket.closed ? await openCase(database, change, ticketId) : null;
    if (!open) return false;
    catchUp(open);
    const decision = expectMiss(open.kase, resolutionForecast(open, book), open.context);
    if (decision) carryOut(open, decision);
    await saveCase(open);
    return decision !== null;
  });
}

function resolutionForecast({ kase, context, calendars }: OpenCase, book: ForecastBook): Forecast {
  const clock = kase.book.clocks.find(({ kind }) => kind === 'resolution');
  if (!clock || !isForecastKind(clock.kind) || clock.state !== 'running' || clock.breachedAt !== null) return UNKNOWN;
  const { level, category } = kase.incident;
  return forecastOf({ ...clock, kind: clock.kind, level, category, teamId: kase.ticket.teamId }, { ...book, now: context.now, policy: context.policies.forecast, calendars }) ?? UNKNOWN;
}
