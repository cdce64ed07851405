import type { Actor } from '../../kernel/actor.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import { readableNotices } from './notice-visible.rules.ts';
import { NOTICE_KINDS, mayBeSilenced, type NoticeKind } from './notice.rules.ts';
import type { NoticeConnection, NoticeSetting, NoticeView } from './notice.types.ts';

/** Notices are told to people; a token has none. */
export function requirePerson(actor: Actor): void {
  if (actor.kind !== 'person') throw new Refusal('FORBIDDEN', 'Notices are for people who sign in; a token has none.');
}

const ROW = `select n.id, n.kind, n.record_kind as "recordKind", n.record_id as "recordId", t.number, t.title, n.count, ${ms('n.first_at')} as "firstAt", ${ms('n.last_at')} as at, ${ms('n.read_at')} as "readAt",
    n.facts->>'by' as by, n.facts->>'step' as step, n.facts->>'clock' as clock, n.facts->>'level' as level, n.facts->>'excerpt' as excerpt, g.name as team, g.name_zh as "teamZh"
  from notice n left join ticket t on t.id = n.ticket_id left join team g on g.id = (n.facts->>'teamId')::uuid`;

/** A person's notices, newest first; only what they may still read. */
export async function noticesOf(em: Em, actor: Actor, request: { readonly first: number; readonly after: string | null; readonly unreadOnly: boolean }): Promise<NoticeConnection> {
  requirePerson(actor);
  const { first } = pageRequest(request.first, request.after);
  const readable = readableNotices(actor, READ_PERMISSION);
  const after = request.after === null ? null : readCursor(request.after);
  const rows = await em.execute<NoticeView[]>(
    `${ROW} where n.person_id = ? and ${readable.sql}${request.unreadOnly ? ' and n.read_at is null' : ''}${after ? ' and (n.last_at, n.id) < (?::timestamptz, ?::uuid)' : ''}
     order by n.last_at desc, n.id desc limit ?`,
    [actor.id, ...readable.parameters, ...(after ? [toIso(after.at), after.id] : []), first + 1],
  );
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return {
    edges: shown.map((node) => ({ node, cursor: cursorOf(node) })), pageInfo: { hasNextPage: rows.length > first, endCursor: last ? cursorOf(last) : null },
    unread: await unreadNotices(em, actor),
  };
}

/** How many are unread: exact, whatever the list shows. */
export async function unreadNotices(em: Em, actor: Actor): Promise<number> {
  if (actor.kind !== 'person') return 0;
  const readable = readableNotices(actor, READ_PERMISSION);
  const rows = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from notice n left join ticket t on t.id = n.ticket_id where n.person_id = ? and n.read_at is null and ${readable.sql}`, [actor.id, ...readable.parameters],
  );
  return rows[0]!.n;
}

/** Each kind with whether it is shown to that person. */
export async function noticeSettings(em: Em, actor: Actor): Promise<NoticeSetting[]> {
  requirePerson(actor);
  const rows = await em.execute<{ kind: NoticeKind; inApp: boolean }[]>('select kind, in_app as "inApp" from notice_preference where person_id = ? order by kind', [actor.id]);
  const chosen = new Map(rows.map(({ kind, inApp }) => [kind, inApp]));
  return NOTICE_KINDS.map((kind) => ({ kind, inApp: !mayBeSilenced(kind) || (chosen.get(kind) ?? true), fixed: !mayBeSilenced(kind) }));
}

const cursorOf = ({ at, id }: NoticeView): string => Buffer.from(`${at} ${id}`).toString('base64url');

function readCursor(cursor: string): { readonly at: Instant; readonly id: string } {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!/^\d{1,15}$/.test(at) || !/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('INVALID_INPUT', `"after" must be a cursor that this list gave, got "${cursor.slice(0, 60)}".`, 'after');
  return { at: Number(at), id };
}
