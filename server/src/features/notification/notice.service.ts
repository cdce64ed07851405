import type { Actor } from '../../kernel/actor.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { newId } from '../../platform/time/new-id.ts';
import { requirePerson } from './notice.queries.ts';
import { KEPT_FOR, NOTICE_KINDS, mayBeSilenced, type NoticeKind } from './notice.rules.ts';

const MOST_MARKED = 200;

/** Marks one's own notices as read: those with the ids, or all. Answers how many were unread until now; twice is no mistake. */
export async function markNoticesRead(database: Database, actor: Actor, ids: readonly string[] | null): Promise<number> {
  requirePerson(actor);
  if (ids !== null && ids.length > MOST_MARKED) throw new Refusal('TOO_LARGE', `"ids" must be at most ${MOST_MARKED}, got ${ids.length}; leave it out to mark all.`, 'ids');
  return database.change(actor, async ({ em, emit, now }) => {
    const at = await now();
    // Locked in the order of ids, as the consumer that counts further does it.
    const rows = await em.execute<{ id: string }[]>(
      `update notice set read_at = ?::timestamptz where id in (
         select id from notice where person_id = ? and read_at is null and (? or id = any(?::uuid[])) order by id for update) returning id`,
      [toIso(at), actor.id, ids === null, textArray(ids ?? [])],
    );
    if (rows.length > 0) emit({ type: 'notices.read', subjectKind: 'notice', subjectId: newId(), occurredAt: at, after: { people: [actor.id], count: rows.length } });
    return rows.length;
  });
}

/** Turns a kind of notice on or off for oneself. Escalations cannot be turned off. */
export async function setNoticeKind(database: Database, actor: Actor, kind: NoticeKind, inApp: boolean): Promise<void> {
  requirePerson(actor);
  if (!NOTICE_KINDS.includes(kind)) throw new Refusal('INVALID_INPUT', `"kind" must be one of ${NOTICE_KINDS.join(', ')}.`, 'kind');
  if (!inApp && !mayBeSilenced(kind)) throw new Refusal('MOVE_NOT_ALLOWED', 'Escalations are always shown: they wait for somebody to acknowledge them.', 'kind');
  await database.change(actor, async ({ em, emit, now }) => {
    await em.execute(
      'insert into notice_preference (person_id, kind, in_app) values (?, ?, ?) on conflict (person_id, kind) do update set in_app = excluded.in_app', [actor.id, kind, inApp],
    );
    emit({ type: 'noticePreference.set', subjectKind: 'person', subjectId: actor.id, occurredAt: await now(), after: { kind, inApp } });
  });
}

const REMOVED_AT_ONCE = 10_000;

/** Notices are kept for 90 days after the last event that they count. Answers how many went. */
export async function removeOldNotices(database: Database): Promise<number> {
  const before = toIso((await database.now()) - KEPT_FOR);
  const rows = await database.em.execute<{ id: string }[]>(
    `delete from notice where id in (select id from notice where last_at <= ?::timestamptz order by last_at, id limit ${REMOVED_AT_ONCE}) returning id`, [before],
  );
  return rows.length;
}
