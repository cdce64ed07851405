import { createHash } from 'node:crypto';
import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { requiredText } from '../../kernel/text.ts';

/** Bytes of one file, and files of one incident. */
export const ATTACHMENT_LIMITS = { bytes: 10 * 1024 * 1024, files: 50 } as const;

export interface NewAttachment {
  readonly ticketId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** INC-03: a photo, log or mail at an incident. Returns the attachment's id. */
export async function attach(database: Database, actor: Actor, input: NewAttachment): Promise<string> {
  const name = requiredText(input.name, 'name', TEXT_LIMITS.short);
  if (input.content.length === 0) throw new Refusal('MISSING_FIELD', 'The file is empty.', 'content');
  if (input.content.length > ATTACHMENT_LIMITS.bytes) throw new Refusal('TOO_LARGE', `A file may have ${ATTACHMENT_LIMITS.bytes} bytes, got ${input.content.length}.`, 'content');
  return database.change(actor, async (change) => {
    const { em } = change;
    const ticket = await em.findOne(TicketEntity, { id: input.ticketId, kind: 'incident' });
    const scope = { customerId: ticket?.customerId ?? null };
    if (!ticket || !may(actor, 'incident.read', scope)) throw new Refusal('NOT_FOUND', 'There is no such incident.', 'ticketId');
    if (!may(actor, 'incident.comment', scope)) throw new Refusal('FORBIDDEN', 'Attaching a file needs "incident.comment".');
    const count = await em.execute<{ n: number }[]>('select count(*)::int as n from attachment where ticket_id = ?', [ticket.id]);
    if (count[0]!.n >= ATTACHMENT_LIMITS.files) throw new Refusal('TOO_LARGE', `An incident may have ${ATTACHMENT_LIMITS.files} files.`, 'content');
    const id = newId();
    const sha256 = createHash('sha256').update(input.content).digest('hex');
    const now = await change.now();
    await em.execute(
      `insert into attachment (id, ticket_id, name, media_type, size, sha256, content, recorded_at, author_name) values (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?)`,
      [id, ticket.id, name, input.mediaType, input.content.length, sha256, input.content, toIso(now), actor.name],
    );
    change.emit({
      type: 'incident.fileAttached', subjectKind: 'incident', subjectId: ticket.id, ticketId: ticket.id, customerId: ticket.customerId,
      teamIds: ticket.teamId === null ? [] : [ticket.teamId], occurredAt: now, after: { attachmentId: id, name, size: input.content.length, sha256 },
    });
    return id;
  });
}

export interface StoredAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** The file itself, for those who may read its incident. */
export async function readAttachment(database: Database, actor: Actor, id: string): Promise<StoredAttachment> {
  const rows = await database.em.execute<(StoredAttachment & { customerId: string })[]>(
    `select a.name, a.media_type as "mediaType", a.content, t.customer_id as "customerId"
     from attachment a join ticket t on t.id = a.ticket_id where a.id = ?`, [id],
  );
  const row = rows[0];
  if (!row || !may(actor, 'incident.read', { customerId: row.customerId })) throw new Refusal('NOT_FOUND', 'There is no such file.', 'id');
  return row;
}
