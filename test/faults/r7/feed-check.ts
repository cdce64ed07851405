import type { Client } from 'pg';
import { onServer } from '../../support/on-server.ts';
import { numberIn, type Marked } from '../harness/board-honesty.ts';
import type { FeedJournal } from './feeds.ts';

const MOST_TOLD = 5;

/** What the log says happened, in its order. */
interface History {
  /** How many incidents are marked; each was number 0 before any feed came. */
  readonly places: number;
  readonly marked: readonly { readonly seq: number; readonly place: number; readonly number: number }[];
  readonly recorded: readonly number[];
  readonly changed: readonly { readonly seq: number; readonly id: string }[];
  readonly urged: readonly number[];
}

export type Heard = Pick<FeedJournal, 'shown' | 'told' | 'spans'>;

/** Compares what feeds showed and told at each place of the log with the log itself. */
export async function checkFeeds(databaseUrl: string, heard: Heard, marks: readonly Marked[]): Promise<string[]> {
  const history = await onServer(databaseUrl, (client) => readHistory(client, marks));
  return [...wrongStates(heard, history), ...wrongRecords(heard, history), ...wrongHappenings(heard, history)];
}

async function readHistory(client: Client, marks: readonly Marked[]): Promise<History> {
  const { rows } = await client.query<{ seq: string; type: string; id: string; title: string | null }>(
    `select seq, type, ticket_id as id, payload->'after'->>'title' as title from event_log where subject_kind = 'incident' and ticket_id is not null order by seq`,
  );
  const events = rows.map((row) => ({ ...row, seq: Number(row.seq), place: marks.findIndex(({ incidentId }) => incidentId === row.id) }));
  return {
    places: marks.length,
    marked: events.filter(({ place, type }) => place >= 0 && type === 'incident.logged').map(({ seq, place, title }) => ({ seq, place, number: numberIn(title) })),
    recorded: events.filter(({ type }) => type === 'incident.recorded').map(({ seq }) => seq),
    changed: events.map(({ seq, id }) => ({ seq, id })),
    urged: events.filter(({ type }) => type === 'incident.urged').map(({ seq }) => seq),
  };
}

/** Every row and counter that was shown is as the log leaves it at that place: neither older nor newer. */
function wrongStates({ shown }: Heard, { places, marked, recorded }: History): string[] {
  const states = [...shown.values()].toSorted((a, b) => a.seq - b.seq);
  const now = Array.from({ length: places }, () => 0);
  let nextMark = 0;
  let open = 0;
  const wrong: string[] = [];
  for (const state of states) {
    for (; (marked[nextMark]?.seq ?? Infinity) <= state.seq; nextMark += 1) now[marked[nextMark]!.place] = marked[nextMark]!.number;
    while ((recorded[open] ?? Infinity) <= state.seq) open += 1;
    if (now.some((number, place) => state.marks[place] !== number) || state.open !== open) wrong.push(`at ${state.seq} marks ${state.marks.join()} and ${state.open} open instead of ${now.join()} and ${open}`);
  }
  return told('a board does not show what is in the database at its place in the log', wrong);
}

/** Between two places exactly those records were told of that were changed there; of more than a hundred, a hundred of them. */
function wrongRecords({ told: said }: Heard, { changed }: History): string[] {
  const wrong: string[] = [];
  for (const { from, to, ids } of said.values()) {
    const expected = new Set<string>();
    for (let at = firstAfter(changed, from); (changed[at]?.seq ?? Infinity) <= to; at += 1) expected.add(changed[at]!.id);
    const complete = ids.length === Math.min(100, expected.size) && ids.every((id) => expected.has(id));
    if (!complete) wrong.push(`between ${from} and ${to} ${ids.length} records instead of ${expected.size}`);
  }
  return told('a stream of records does not tell what was changed', wrong);
}

function wrongHappenings({ spans }: Heard, { urged }: History): string[] {
  const wrong: string[] = [];
  for (const { from, to, urged: heard } of spans) {
    const expected = urged.filter((seq) => seq > from && seq <= to);
    if (expected.join() !== heard.join()) wrong.push(`between ${from} and ${to} it heard ${heard.length} happenings instead of ${expected.length}${new Set(heard).size < heard.length ? ', some twice' : ''}`);
  }
  return told('a board did not hear of each happening once and in order', wrong);
}

/** Place of the first event after a seq. */
function firstAfter(events: History['changed'], seq: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function told(what: string, wrong: readonly string[]): string[] {
  return wrong.length === 0 ? [] : [`${what}: ${wrong.length} × ${wrong.slice(0, MOST_TOLD).join('; ')}`];
}
