import { DAY, HOUR } from '../kernel/instant.ts';
import { demoTeamOf, type DemoIncident, type DemoLog } from './demo-log.ts';

/** How many open incidents of each state of the log the demo shows, the youngest first. */
const OPEN_WANTED: Readonly<Record<string, number>> = {
  New: 22, Active: 46, 'Awaiting User Info': 24, 'Awaiting Vendor': 6, 'Awaiting Problem': 6, 'Awaiting Evidence': 4, Resolved: 30,
};
/** One in so many of those that are over: enough history for figures. */
const CLOSED_EACH = 2;
/** One in so many of those to come. */
const COMING_EACH = 2;

export interface DemoSelection {
  readonly history: ReadonlySet<string>;
  readonly coming: ReadonlySet<string>;
  /** Raised above the log's priority, so that the board has LV1 and LV2 near their thresholds: 98 of 100 are "moderate" there. */
  readonly raised: ReadonlyMap<string, string>;
}

/** Chooses from the log what the demo begins with, and what it goes on with. */
export function selectDemo({ incidents, cut }: DemoLog): DemoSelection {
  const all = [...incidents.values()];
  const begun = all.filter(({ firstAt }) => firstAt <= cut);
  const open = begun.filter(({ closedAtCut }) => !closedAtCut);
  const history = new Set(begun.filter(({ closedAtCut }, index) => closedAtCut && index % CLOSED_EACH === 0).map(({ number }) => number));
  for (const [state, wanted] of Object.entries(OPEN_WANTED)) for (const { number } of youngest(open, state, wanted)) history.add(number);
  const coming = all.filter(({ firstAt, number }) => firstAt > cut && Number(number.slice(-4)) % COMING_EACH === 0);
  return { history, coming: new Set(coming.map(({ number }) => number)), raised: raise(open.filter(({ number }) => history.has(number)), cut, coming) };
}

/** Mostly young ones, and every eighth an old one, which is late. */
function youngest(open: readonly DemoIncident[], state: string, wanted: number): DemoIncident[] {
  const those = open.filter(({ stateAtCut }) => stateAtCut === state).toSorted((a, b) => b.openedAt - a.openedAt);
  const old = those.slice(wanted).filter((_, index) => index % 40 === 0).slice(0, Math.ceil(wanted / 8));
  return [...those.slice(0, wanted - old.length), ...old];
}

function raise(open: readonly DemoIncident[], cut: number, coming: readonly DemoIncident[]): ReadonlyMap<string, string> {
  // Nobody rings the alarm for a forgotten password: what the specialist teams have.
  const working = open.filter(({ stateAtCut, openedAt, group }) => stateAtCut !== 'Resolved' && cut - openedAt < 3 * DAY && !['desk', 'engineers'].includes(demoTeamOf(group))).toSorted((a, b) => b.openedAt - a.openedAt);
  const spread = (from: number, to: number, most: number): DemoIncident[] => working.filter(({ openedAt }) => cut - openedAt >= from && cut - openedAt < to).slice(0, most);
  const raised = new Map<string, string>();
  for (const { number } of [...spread(0, 2 * HOUR, 1), ...spread(4 * HOUR, 9 * HOUR, 2)]) raised.set(number, '1 - Critical');
  for (const { number } of [...spread(0, 4 * HOUR, 4), ...spread(10 * HOUR, 26 * HOUR, 4)]) if (!raised.has(number)) raised.set(number, '2 - High');
  for (const { number } of working.filter(({ number }) => Number(number.slice(-4)) % 6 === 5)) if (!raised.has(number)) raised.set(number, '4 - Low');
  const urgent = coming.filter(({ group }) => !['desk', 'engineers'].includes(demoTeamOf(group)));
  urgent.forEach(({ number }, index) => {
    if (index % 25 === 7) raised.set(number, '1 - Critical');
    else if (index % 8 === 3) raised.set(number, '2 - High');
  });
  return raised;
}
