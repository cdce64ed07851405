import { toIso } from '../../server/src/kernel/instant.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { DeskStory, IncidentInDatabase } from './desk-story.ts';
import { shanghai } from './story-world.ts';

export interface PastFacts {
  readonly category?: string;
  readonly teamId?: string;
  readonly closed?: string;
}

/** Closed incidents like one that is open, of which each met its resolution after so many milliseconds. Written plainly: only their ends matter. */
export async function closedLike(desk: DeskStory, model: IncidentInDatabase, durations: readonly number[], { category, teamId, closed = '2026-02-20 12:00' }: PastFacts = {}): Promise<void> {
  const { em } = desk.database;
  const copy = (table: string, key: string, id: string, changes: object): Promise<unknown> => em.execute(
    `insert into ${table} select (jsonb_populate_record(m, ?::jsonb)).* from ${table} m where ${key} = ?${table === 'clock' ? ` and kind = 'resolution'` : ''}`, [JSON.stringify(changes), id],
  );
  for (const duration of durations) {
    const id = newId();
    await copy('ticket', 'id', model.id, { id, number: id, closed_at: toIso(shanghai(closed)), ...(teamId === undefined ? {} : { team_id: teamId }) });
    await copy('incident', 'ticket_id', model.id, { ticket_id: id, state: 'closed', ...(category === undefined ? {} : { category }) });
    const { targetMs } = await model.clock('resolution');
    await copy('clock', 'ticket_id', model.id, { id: newId(), ticket_id: id, subject_id: id, state: 'stopped', outcome: 'met', remaining_ms: targetMs - duration, next_at: null });
  }
}
