import type { Draw } from '../../support/process-model-draw.ts';

export const KINDS = ['edit', 'delete', 'reorder', 'insert', 'truncate', 're-hash'] as const;
export type Kind = (typeof KINDS)[number];

/** One act of somebody who may do everything in the database, and where a good checker must point. */
export interface Tampering {
  readonly kind: Kind;
  readonly what: string;
  readonly statements: readonly string[];
  /** The entry that a finding must name, or one of a span that it names. */
  readonly place: number;
}

/** What a log offers to who tampers with it. */
export interface LogShape {
  /** Entries are numbered 1 … `last`. */
  readonly last: number;
  /** Greatest number of a head that was kept elsewhere. */
  readonly kept: number;
  readonly redacted: readonly number[];
}

export function tampering(kind: Kind, shape: LogShape, draw: Draw): Tampering {
  switch (kind) {
    case 'edit': return edited(shape, draw);
    case 'delete': return removed(shape, draw);
    case 'reorder': return reordered(shape, draw);
    case 'insert': return inserted(shape, draw);
    case 'truncate': return truncated(shape, draw);
    case 're-hash': return rehashed(shape, draw);
  }
}

const EDITS: readonly (readonly [string, string])[] = [
  ['the payload', `payload = jsonb_set(payload, '{after}', '{"name": "Nobody"}')`],
  ['the payload and its digest', `payload = '{"after": 1}', payload_digest = encode(sha256(convert_to('{"after": 1}', 'UTF8')), 'hex')`],
  ['the reason', `payload = jsonb_set(payload, '{reason}', '"I was told to"')`],
  ['the type', `type = type || '.x'`],
  ['the subject', 'subject_id = gen_random_uuid()'],
  ['the customer', 'customer_id = gen_random_uuid()'],
  ['the teams', `team_ids = '["nobody"]'`],
  ['who did it', `actor = actor || '{"name": "Nobody"}'`],
  ['when it happened', `occurred_at = occurred_at - interval '1 hour'`],
  ['when it was recorded', `recorded_at = recorded_at + interval '1 second'`],
  ['the digest', `digest = encode(sha256('x'), 'hex')`],
  ['a secret redaction', `payload = '{"redacted": "hush"}', redacted = true`],
];

function edited({ last, redacted }: LogShape, draw: Draw): Tampering {
  if (redacted.length > 0 && draw.chance(0.1)) {
    const place = draw.pick(redacted);
    return { kind: 'edit', what: `the reason of the redaction of ${place}`, place, statements: [`update event_log set payload = '{"redacted": "another reason"}' where seq = ${place}`] };
  }
  const [what, change] = draw.pick(EDITS);
  let place = draw.whole(1, last);
  while (redacted.includes(place)) place = draw.whole(1, last);
  return { kind: 'edit', what: `${what} of ${place}`, place, statements: [`update event_log set ${change} where seq = ${place}`] };
}

function removed({ last }: LogShape, draw: Draw): Tampering {
  const place = draw.whole(1, last - 1);
  const count = Math.min(draw.whole(1, 3), last - place);
  return { kind: 'delete', what: `${count} from ${place} on`, place, statements: [`delete from event_log where seq between ${place} and ${place + count - 1}`] };
}

/** Two entries change their numbers. */
function reordered({ last }: LogShape, draw: Draw): Tampering {
  const place = draw.whole(1, last - 1);
  const other = draw.whole(place + 1, last);
  return {
    kind: 'reorder', what: `${place} and ${other}`, place,
    statements: [`update event_log set seq = -1 where seq = ${place}`, `update event_log set seq = ${place} where seq = ${other}`, `update event_log set seq = ${other} where seq = -1`],
  };
}

/** A false entry before the one that stood there; those behind move on, the head with them; sometimes the whole rest is written anew. */
function inserted({ last, kept }: LogShape, draw: Draw): Tampering {
  const anew = draw.chance(0.5);
  const place = draw.whole(2, anew ? Math.min(last, kept) : last);
  const moved = [`update event_log set seq = -seq where seq >= ${place}`, 'update event_log set seq = 1 - seq where seq < 0'];
  return {
    kind: 'insert', what: `before ${place}${anew ? ', all behind it written anew' : ''}`, place,
    statements: [...moved, copyTo(place, place - 1), ...(anew ? [writeAnew(place)] : []), headAtEnd()],
  };
}

function copyTo(place: number, from: number): string {
  return `insert into event_log (seq, type, subject_kind, subject_id, ticket_id, customer_id, team_ids, actor, occurred_at, recorded_at, payload, redacted, payload_digest, digest)
    select ${place}, 'incident.closed', subject_kind, subject_id, ticket_id, customer_id, team_ids, actor, occurred_at, recorded_at, '{"after": "false"}', false,
      encode(sha256(convert_to('{"after": "false"}'::jsonb::text, 'UTF8')), 'hex'), digest from event_log where seq = ${from}`;
}

/** The head is set back as well: the database itself shows nothing any more. */
function truncated({ kept }: LogShape, draw: Draw): Tampering {
  const place = draw.whole(Math.max(2, kept - 50), kept);
  return { kind: 'truncate', what: `everything from ${place} on`, place, statements: [`delete from event_log where seq >= ${place}`, headAtEnd()] };
}

/** An entry is altered and the chain written anew from there to the head. */
function rehashed({ kept, redacted }: LogShape, draw: Draw): Tampering {
  let place = draw.chance(0.1) ? 1 : draw.whole(1, kept);
  while (redacted.includes(place)) place = draw.whole(1, kept);
  return {
    kind: 're-hash', what: `from ${place} on`, place,
    statements: [`update event_log set payload = '{"after": "false"}', payload_digest = encode(sha256(convert_to('{"after": "false"}'::jsonb::text, 'UTF8')), 'hex') where seq = ${place}`, writeAnew(place), headAtEnd()],
  };
}

/** Digests as `append_events` makes them. */
function writeAnew(from: number): string {
  return `do $$ declare one event_log; previous text := coalesce((select digest from event_log where seq = ${from} - 1), ''); begin
    for one in select * from event_log where seq >= ${from} order by seq loop
      previous := event_digest(previous, one.seq, one.type, one.subject_kind, one.subject_id::text, one.ticket_id::text, one.customer_id::text, one.team_ids,
        one.actor, one.occurred_at, one.recorded_at, one.payload_digest);
      update event_log set digest = previous where seq = one.seq;
    end loop;
  end $$`;
}

function headAtEnd(): string {
  return 'update event_log_head set (seq, digest) = (select seq, digest from event_log order by seq desc limit 1)';
}
