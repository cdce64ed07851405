import { createHash } from 'node:crypto';
import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import type { Permission } from '../../kernel/permission.ts';
import { TicketEntity } from './ticket.entity.ts';
import { READ_PERMISSION } from './ticket-record.service.ts';
import { TEXT_LIMITS, type TicketKind } from './ticket.rules.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';

/** Bytes of one file, and files of one record. */
export const ATTACHMENT_LIMITS = { bytes: 10 * 1024 * 1024, files: 50 } as const;

/** Who may add a file to a record of that kind. */
const ATTACH_PERMISSION = { incident: 'incident.comment', change: 'change.comment', problem: 'problem.work', release: 'change.comment' } as const satisfies Record<TicketKind, Permission>;

export interface NewAttachment {
  readonly ticketId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  /** Which of the papers that a process demands it is, e.g. "change-plan" (CHG-10). */
  readonly paper?: string | null;
  /** Whether the customer sees it; left out: a customer's own file always, a paper of a change or release, which they confirm by it, too. */
  readonly customerVisible?: boolean | null;
}

/** INC-03: a photo, log, mail or paper at a record. Returns the attachment's id. */
export async function attach(database: Database, actor: Actor, input: NewAttachment): Promise<string> {
  const name = requiredText(input.name, 'name', TEXT_LIMITS.short);
  const paper = optionalText(input.paper, 'paper', 60);
  if (input.content.length === 0) throw new Refusal('MISSING_FIELD', 'The file is empty.', 'content');
  if (input.content.length > ATTACHMENT_LIMITS.bytes) throw new Refusal('TOO_LARGE', `A file may have ${ATTACHMENT_LIMITS.bytes} bytes, got ${input.content.length}.`, 'content');
  return database.change(actor, async (change) => {
    const { em } = change;
    const ticket = await em.findOne(TicketEntity, { id: input.ticketId });
    const scope = { customerId: ticket?.customerId ?? null };
    if (!ticket || !may(actor, READ_PERMISSION[ticket.kind], scope)) throw new Refusal('NOT_FOUND', 'There is no such record.', 'ticketId');
    const permission = ATTACH_PERMISSION[ticket.kind];
    if (!may(actor, permission, scope)) throw new Refusal('FORBIDDEN', `Attaching a file needs "${permission}".`);
    const count = await em.execute<{ n: number }[]>('select count(*)::int as n from attachment where ticket_id = ?', [ticket.id]);
    if (count[0]!.n >= ATTACHMENT_LIMITS.files) throw new Refusal('TOO_LARGE', `A record may have ${ATTACHMENT_LIMITS.files} files.`, 'content');
    const id = newId();
    const sha256 = createHash('sha256').update(input.content).digest('hex');
    const now = await change.now();
    const customerVisible = actor.customerId !== null || (input.customerVisible ?? (paper !== null && (ticket.kind === 'change' || ticket.kind === 'release')));
    await em.execute(
      `insert into attachment (id, ticket_id, name, media_type, size, sha256, paper, customer_visible, content, recorded_at, author_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?)`,
      [id, ticket.id, name, input.mediaType, input.content.length, sha256, paper, customerVisible, input.content, toIso(now), actor.name],
    );
    change.emit({
      type: `${ticket.kind}.fileAttached`, subjectKind: ticket.kind, subjectId: ticket.id, ticketId: ticket.id, customerId: ticket.customerId,
      teamIds: ticket.teamId === null ? [] : [ticket.teamId], occurredAt: now, after: { attachmentId: id, name, size: input.content.length, sha256, customerVisible, ...(paper === null ? {} : { paper }) },
    });
    return id;
  });
}

export interface StoredAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** The file itself, for those who may read its record; a customer gets those meant for them. */
export async function readAttachment(database: Database, actor: Actor, id: string): Promise<StoredAttachment> {
  const rows = await database.em.execute<(StoredAttachment & { customerId: string; kind: TicketKind; customerVisible: boolean })[]>(
    `select a.name, a.media_type as "mediaType", a.content, t.customer_id as "customerId", t.kind, a.customer_visible as "customerVisible"
     from attachment a join ticket t on t.id = a.ticket_id where a.id = ?`, [id],
  );
  const row = rows[0];
  const meant = row !== undefined && (actor.customerId === null || row.customerVisible);
  if (!row || !meant || !may(actor, READ_PERMISSION[row.kind], { customerId: row.customerId })) throw new Refusal('NOT_FOUND', 'There is no such file.', 'id');
  return row;
}
