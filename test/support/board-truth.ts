import type { Database } from '../../server/src/platform/db/database.ts';
import { ROW_FIELDS } from './board-watcher.ts';

/** What a board would show that opened now. */
export async function freshSnapshot(url: string, { token, boardId }: { token: string; boardId: string }): Promise<{ seq: string; rows: unknown[] }> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: `query Fresh($id: ID!) { board(id: $id) { seq rows { ...row } counters { ...counters } } } ${ROW_FIELDS}`, variables: { id: boardId } }),
  });
  return ((await answer.json()) as { data: { board: { seq: string; rows: unknown[] } } }).data.board;
}

/** Warnings, breaches and escalations that the log tells more than once. */
export async function toldTwice({ em }: Database): Promise<object[]> {
  return em.execute<object[]>(
    `select ticket_id, type, payload->'after'->>'clock' as clock, payload->'after'->>'step' as step, payload->'after'->>'occurrence' as occurrence, count(*)
     from event_log where type in ('clock.warned', 'clock.breached', 'clock.missed', 'escalation.raised') group by 1, 2, 3, 4, 5 having count(*) > 1`,
  );
}
