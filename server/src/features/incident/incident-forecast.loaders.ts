import DataLoader from 'dataloader';
import type { Instant } from '../../kernel/instant.ts';
import type { ClockRow } from '../clock/clock.entity.ts';
import { isForecastKind } from '../clock/clock-forecast.rules.ts';
import type { ClockForecast } from '../clock/clock.types.ts';
import { loaderOf, type RequestContext } from '../../platform/graphql/context.ts';
import { forecastFacts, type ForecastFacts } from './incident-forecast.queries.ts';
import { forecastBook, forecastOf, type ForecastBook } from './incident-forecast.service.ts';

function factsOf(context: RequestContext): DataLoader<string, ForecastFacts | null> {
  return loaderOf(context, 'forecastFacts', () => new DataLoader(async (ids: readonly string[]) => {
    const found = new Map((await forecastFacts(context.database.em, ids)).map((facts) => [facts.ticketId, facts]));
    return ids.map((id) => found.get(id) ?? null);
  }));
}

function bookOf(context: RequestContext, now: Instant): Promise<ForecastBook> {
  return loaderOf(context, 'forecastBook', () => forecastBook(context.database, now));
}

/** A clock's forecast (SLA-11); however many clocks are asked, one statement for what they are compared by. */
export async function clockForecast(context: RequestContext, clock: ClockRow, now: Instant): Promise<ClockForecast | null> {
  const { kind } = clock;
  if (!isForecastKind(kind) || clock.state === 'stopped' || clock.breachedAt !== null) return null;
  const [facts, book] = await Promise.all([factsOf(context).load(clock.ticketId), bookOf(context, now)]);
  const forecast = facts && forecastOf({ ...clock, kind, level: facts.level, category: facts.category, teamId: facts.teamId }, book);
  if (!forecast) return null;
  const { probability, samples, basis } = forecast;
  return { probabilityPercent: probability === null ? null : Math.round(probability * 100), samples, basis, lack: probability === null ? 'TOO_LITTLE_HISTORY' : null };
}
