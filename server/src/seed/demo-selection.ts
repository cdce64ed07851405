import { DAY, HOUR, MINUTE } from '../kernel/instant.ts';
import { demoTeamOf, type DemoIncident, type DemoLog } from './demo-log.ts';

/** How many open incidents of each state of the log the demo shows, the youngest first. */
const OPEN_WANTED: Readonly<Record<string, number>> = {
  New: 22, Active: 46, 'Awaiting User Info': 24, 'Awaiting Vendor': 6, 'Awaiting Problem': 6, 'Awaiting Evidence': 4, Resolved: 30,
};
const OFFICE_TEAMS: readonly string[] = ['desk', 'engineers'];
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

/** Mostly young ones, and of those that are worked on every eighth an old one, which is late. */
function youngest(open: readonly DemoIncident[], state: string, wanted: number): DemoIncident[] {
  const those = open.filter(({ stateAtCut }) => stateAtCut === state).toSorted((a, b) => b.openedAt - a.openedAt);
  const old = state === 'New' ? [] : those.slice(wanted).filter((_, index) => index % 40 === 0).slice(0, Math.ceil(wanted / 12));
  return [...those.slice(0, wanted - old.length), ...old];
}

function raise(open: readonly DemoIncident[], cut: number, coming: readonly DemoIncident[]): ReadonlyMap<string, string> {
  // Nobody rings the alarm for a forgotten password: what the specialist teams have.
  const young = open
    .filter(({ stateAtCut, openedAt, group }) => stateAtCut !== 'Resolved' && cut - openedAt < 3 * DAY && !OFFICE_TEAMS.includes(demoTeamOf(group)))
    .toSorted((a, b) => b.openedAt - a.openedAt);
  const raised = new Map<string, string>();
  const lift = (priority: string, most: number, fits: (incident: DemoIncident, age: number) => boolean): void => {
    const fitting = young.filter((incident) => !raised.has(incident.number) && fits(incident, cut - incident.openedAt));
    for (const { number } of fitting.slice(0, most)) raised.set(number, priority);
  };
  const waits = ({ stateAtCut }: DemoIncident): boolean => stateAtCut === 'New';
  // Where nobody has answered yet only the very newest: the others would all be late at once.
  lift('1 - Critical', 1, (incident, age) => waits(incident) && age < 9 * MINUTE);
  lift('2 - High', 3, (incident, age) => waits(incident) && age < 28 * MINUTE);
  lift('1 - Critical', 2, (incident, age) => !waits(incident) && age < 8 * HOUR);
  lift('2 - High', 5, (incident, age) => !waits(incident) && age < 24 * HOUR);
  lift('2 - High', 2, (incident, age) => !waits(incident) && age < 3 * DAY);
  lift('4 - Low', 8, ({ number }) => Number(number.slice(-4)) % 4 === 1);
  const urgent = coming.filter(({ group }) => !OFFICE_TEAMS.includes(demoTeamOf(group)));
  urgent.forEach(({ number }, index) => {
    if (index % 25 === 7) raised.set(number, '1 - Critical');
    else if (index % 8 === 3) raised.set(number, '2 - High');
  });
  return raised;
}
