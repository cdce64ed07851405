import { Migration } from '@mikro-orm/migrations';

/** The event log's one writer, and the trigger that refuses every other change (ORG-05, architecture §5). */
export class EventLog extends Migration {
  override up(): void {
    this.addSql(`insert into event_log_head (id, epoch, seq, digest) values (1, gen_random_uuid(), 0, '')`);
    this.addSql(`insert into reference_revision (id, revision) values (1, 1)`);
    // The head's row lock is held until COMMIT, so numbers are taken in commit order and none is skipped.
    this.addSql(`
create function append_events(events jsonb, actor jsonb, recorded timestamptz) returns bigint language plpgsql as $$
declare
  head event_log_head;
  event jsonb;
  payload_hash text;
begin
  select * into head from event_log_head where id = 1 for update;
  for event in select value from jsonb_array_elements(events) with ordinality order by ordinality loop
    head.seq := head.seq + 1;
    payload_hash := encode(sha256(convert_to((event->'payload')::text, 'UTF8')), 'hex');
    head.digest := event_digest(head.digest, head.seq, event->>'type', event->>'subjectKind', event->>'subjectId', event->>'ticketId',
      event->>'customerId', coalesce(event->'teamIds', '[]'), coalesce(event->'actor', actor),
      (event->>'occurredAt')::timestamptz, recorded, payload_hash);
    insert into event_log (seq, type, subject_kind, subject_id, ticket_id, customer_id, team_ids, actor, occurred_at, recorded_at,
      payload, payload_digest, digest)
    values (head.seq, event->>'type', event->>'subjectKind', (event->>'subjectId')::uuid, (event->>'ticketId')::uuid,
      (event->>'customerId')::uuid, coalesce(event->'teamIds', '[]'), coalesce(event->'actor', actor), (event->>'occurredAt')::timestamptz, recorded,
      event->'payload', payload_hash, head.digest);
  end loop;
  update event_log_head set seq = head.seq, digest = head.digest where id = 1;
  return head.seq;
end $$`);
    this.addSql(`
create function event_digest(previous text, seq bigint, type text, kind text, subject text, ticket text, customer text, teams jsonb,
  actor jsonb, occurred timestamptz, recorded timestamptz, payload_hash text) returns text language sql stable as $$
  select encode(sha256(convert_to(concat_ws('|', previous, seq, type, kind, subject, coalesce(ticket, ''), coalesce(customer, ''), teams::text, actor::text,
    extract(epoch from occurred::timestamptz(3)), extract(epoch from recorded::timestamptz(3)), payload_hash), 'UTF8')), 'hex')
$$`);
    this.addSql(`
create function redact_event(event_seq bigint, why text) returns void language plpgsql as $$
begin
  perform set_config('watchfloor.redacting', 'yes', true);
  update event_log set payload = jsonb_build_object('redacted', why), redacted = true where seq = event_seq;
  perform set_config('watchfloor.redacting', '', true);
end $$`);
    this.addSql(`
create function refuse_event_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('watchfloor.redacting', true) = 'yes'
    and (new.seq, new.type, new.subject_kind, new.subject_id, new.ticket_id, new.customer_id, new.team_ids, new.actor, new.occurred_at,
        new.recorded_at, new.payload_digest, new.digest)
      is not distinct from (old.seq, old.type, old.subject_kind, old.subject_id, old.ticket_id, old.customer_id, old.team_ids, old.actor,
        old.occurred_at, old.recorded_at, old.payload_digest, old.digest)
  then
    return new;
  end if;
  raise exception 'The event log is append-only.';
end $$`);
    this.addSql(`create trigger event_log_append_only before update or delete on event_log for each row execute function refuse_event_change()`);
    this.addSql(`create trigger event_log_no_truncate before truncate on event_log for each statement execute function refuse_event_change()`);
    this.addSql(`
create function verify_event_log() returns table (bad_seq bigint, problem text) language plpgsql as $$
declare
  row event_log;
  previous text := '';
  expected bigint := 1;
begin
  for row in select * from event_log order by seq loop
    if row.seq <> expected then
      bad_seq := expected; problem := 'missing'; return next;
      expected := row.seq;
    end if;
    if not row.redacted and encode(sha256(convert_to(row.payload::text, 'UTF8')), 'hex') <> row.payload_digest then
      bad_seq := row.seq; problem := 'payload changed'; return next;
    end if;
    if event_digest(previous, row.seq, row.type, row.subject_kind, row.subject_id::text, row.ticket_id::text, row.customer_id::text, row.team_ids,
      row.actor, row.occurred_at, row.recorded_at, row.payload_digest) <> row.digest then
      bad_seq := row.seq; problem := 'chain broken'; return next;
    end if;
    previous := row.digest;
    expected := expected + 1;
  end loop;
  if (select seq from event_log_head where id = 1) <> expected - 1 then
    bad_seq := expected; problem := 'tail missing'; return next;
  end if;
end $$`);
    this.addSql(`create sequence ticket_number_incident`);
  }
}
