import type { Change } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { insertRows } from '../../platform/db/insert-rows.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { newId } from '../../platform/time/new-id.ts';
import { isTold, noticeText, occasionOf, type NoticeAudience, type NoticedChange, type ToldFacts } from './change-notice.rules.ts';
import { ChangeNoticeEntity, type ChangeNotice } from './change-planning.entity.ts';

/**
 * CHG-15: tells the service desk, the contacts of the affected customers and the owners of the affected CIs, and keeps what was sent.
 * Called for one event of the log, once; imported history is told to nobody (D-25).
 */
export async function sendNotices(change: Change, event: LoggedEvent): Promise<void> {
  const { type, ticketId, mark } = event;
  if (ticketId === null || mark !== null || !isTold(type)) return;
  const { em } = change;
  const facts: ToldFacts = { type, reason: event.reason, announced: await wasAnnounced(em, ticketId), ...afterOf(event.after) };
  const occasion = occasionOf(facts);
  const about = occasion === null ? null : await noticedChange(em, ticketId);
  if (occasion === null || about === null) return;
  const text = noticeText(occasion, about, facts);
  const sentAt = await change.now();
  const notices = (await addresseesOf(em, ticketId)).map((to): ChangeNotice => ({
    id: newId(), changeId: ticketId, occasion, ...to, channel: 'in-app', textZh: text.zh, textEn: text.en, sentAt, eventSeq: event.seq,
  }));
  await insertRows(em, ChangeNoticeEntity, notices);
  change.emit({
    type: 'change.noticesSent', subjectKind: 'change', subjectId: ticketId, ticketId, customerId: event.customerId, teamIds: event.teamIds, occurredAt: sentAt,
    after: { occasion, to: notices.map(({ audience, addressee }) => ({ audience, addressee })).slice(0, 50), count: notices.length },
  });
}

async function wasAnnounced(em: Em, changeId: string): Promise<boolean> {
  return (await em.count(ChangeNoticeEntity, { changeId, occasion: { $in: ['approved', 'scheduled'] } })) > 0;
}

/** What the event says, field by field: it comes from the log as plain JSON. */
function afterOf(after: unknown): Pick<ToldFacts, 'stepsLeft' | 'outcome' | 'outageMinutes' | 'system'> {
  const facts: Readonly<Record<string, unknown>> = typeof after === 'object' && after !== null ? { ...after } : {};
  const { left, outcome, outageMinutes, minutes, system } = facts;
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    stepsLeft: Array.isArray(left) ? left.length : 0, outcome: typeof outcome === 'string' ? outcome : null, outageMinutes: number(outageMinutes) ?? number(minutes),
    system: typeof system === 'string' ? system : null,
  };
}

async function noticedChange(em: Em, changeId: string): Promise<NoticedChange | null> {
  const rows = await em.execute<NoticedChange[]>(
    `select t.number, t.title, ${ms('c.window_start_at')} as "windowStartAt", ${ms('c.window_end_at')} as "windowEndAt", c.expected_result as "expectedResult",
       k.time_zone as "timeZone" from change c join ticket t on t.id = c.ticket_id join customer k on k.id = t.customer_id where t.id = ?`, [changeId],
  );
  return rows[0] ?? null;
}

type Addressee = Pick<ChangeNotice, 'audience' | 'personId' | 'teamId' | 'addressee'>;

/** More would be a mailing list, not people concerned. */
const MOST_ADDRESSEES = 500;

/** Affected are the CIs of the change and those that it reaches, as computed when it was assessed (CHG-02). */
async function addresseesOf(em: Em, changeId: string): Promise<Addressee[]> {
  return em.execute<(Addressee & { audience: NoticeAudience })[]>(
    `with affected as (
       select c.id, c.customer_id, c.owner_name from ci c where c.id in (
         select l.ci_id from ticket_ci l where l.ticket_id = ?
         union select (n->>'ciId')::uuid from change x cross join jsonb_array_elements(coalesce(x.impact->'nodes', '[]')) n where x.ticket_id = ?)
     ), concerned as (
       select customer_id from ticket where id = ? union select customer_id from affected where customer_id is not null
     ), owners as (
       select distinct owner_name as name from affected where owner_name is not null and owner_name <> ''
     )
     select 'service-desk' as audience, null::uuid as "personId", t.id as "teamId", t.name as addressee from team t where t.purpose = 'desk' and t.active
     union all
     select 'customer-contact', p.id, null, p.name from person p where p.active and p.customer_id in (select customer_id from concerned)
     union all
     select 'ci-owner', (select min(p.id::text)::uuid from person p where p.name = o.name and p.active having count(*) = 1), null, o.name from owners o
     order by audience, addressee, "personId" limit ${MOST_ADDRESSEES}`,
    [changeId, changeId, changeId],
  );
}
