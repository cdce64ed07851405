import { Migration } from '@mikro-orm/migrations';

/** The clock that a row is about, of the ticket `one` (open-incidents.queries.ts). */
const NEXT_CLOCK = `left join lateral (
    select c.id, c.state, c.due_at, c.breached_at, c.remaining_ms from clock c
    where c.ticket_id = one and c.state <> 'stopped' and c.kind <> 'handoff' and c.kind not in ('desk-dispatch', 'desk-confirm', 'desk-redispatch', 'desk-abnormal')
    order by c.state desc, c.due_at, c.remaining_ms, c.kind limit 1
  ) n on true`;

/** What boards and queues limit and sort by, one narrow row an open incident (server/decisions/0038). */
export class OpenIncidents extends Migration {
  override up(): void {
    this.addSql(`create table "open_incident" ("ticket_id" uuid not null, "customer_id" uuid not null, "team_id" uuid null, "major" boolean not null, "state" text not null, "level" text not null, "difficulty" text not null, "reported_at" timestamptz(3) not null, "clock_id" uuid null, "clock_state" text null, "due_at" timestamptz(3) null, "breached_at" timestamptz(3) null, "remaining_ms" bigint null, "runs_out_at" timestamptz(3) not null generated always as (coalesce(case when clock_state = 'running' and state <> 'suspended' then due_at end, 'infinity')) stored, primary key ("ticket_id"))`);
    this.addSql(`create index "open_incident_runs_out_at_level_ticket_id_index" on "open_incident" ("runs_out_at", "level", "ticket_id")`);
    this.addSql(`create index "open_incident_team_id_runs_out_at_level_ticket_id_index" on "open_incident" ("team_id", "runs_out_at", "level", "ticket_id")`);
    this.addSql(`alter table "open_incident" add constraint "open_incident_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update cascade on delete cascade`);
    this.rows();
    this.followIncidents();
    this.followTickets();
    this.followClocks();
    this.addSql(`select keep_open_incident(ticket_id) from incident where state <> 'closed'`);
    // Until somebody looks, PostgreSQL would sort all of it for a page.
    this.addSql('analyze open_incident');
  }

  /** Whoever writes a ticket, its incident or its clocks holds the ticket's row, so nobody writes the same row here at the same time. */
  private rows(): void {
    this.addSql(`
create function keep_open_incident(one uuid) returns void language plpgsql as $$
begin
  insert into open_incident (ticket_id, customer_id, team_id, major, state, level, difficulty, reported_at, clock_id, clock_state, due_at, breached_at, remaining_ms)
  select t.id, t.customer_id, t.team_id, t.major, i.state, i.level, i.difficulty, i.reported_at, n.id, n.state, n.due_at, n.breached_at, n.remaining_ms
  from ticket t join incident i on i.ticket_id = t.id ${NEXT_CLOCK}
  where t.id = one and t.closed_at is null and i.state <> 'closed'
  on conflict (ticket_id) do nothing;
end $$`);
  }

  private followIncidents(): void {
    this.addSql(`
create function incidents_begin() returns trigger language plpgsql as $$
begin
  perform keep_open_incident(ticket_id) from begun where state <> 'closed';
  return null;
end $$`);
    this.addSql(`create trigger incidents_begin after insert on incident referencing new table as begun for each statement execute function incidents_begin()`);
    this.addSql(`
create function open_incident_follows_incident() returns trigger language plpgsql as $$
begin
  if new.state = 'closed' then
    delete from open_incident where ticket_id = new.ticket_id;
  elsif old.state = 'closed' then
    perform keep_open_incident(new.ticket_id);
  else
    update open_incident set state = new.state, level = new.level, difficulty = new.difficulty, reported_at = new.reported_at where ticket_id = new.ticket_id;
  end if;
  return null;
end $$`);
    this.addSql(`
create trigger open_incident_follows_incident after update on incident for each row
when ((old.state, old.level, old.difficulty, old.reported_at) is distinct from (new.state, new.level, new.difficulty, new.reported_at))
execute function open_incident_follows_incident()`);
  }

  private followTickets(): void {
    this.addSql(`
create function open_incident_follows_ticket() returns trigger language plpgsql as $$
begin
  if new.closed_at is not null then
    delete from open_incident where ticket_id = new.id;
  elsif old.closed_at is not null then
    perform keep_open_incident(new.id);
  else
    update open_incident set customer_id = new.customer_id, team_id = new.team_id, major = new.major where ticket_id = new.id;
  end if;
  return null;
end $$`);
    this.addSql(`
create trigger open_incident_follows_ticket after update on ticket for each row
when (new.kind = 'incident' and (old.customer_id, old.team_id, old.major, old.closed_at) is distinct from (new.customer_id, new.team_id, new.major, new.closed_at))
execute function open_incident_follows_ticket()`);
  }

  /** Once a statement, and ticket by ticket: with a list of them PostgreSQL makes a plan each time, which takes three times as long. */
  private followClocks(): void {
    this.addSql(`
create function open_incident_follows_clocks() returns trigger language plpgsql as $$
declare one uuid;
begin
  for one in select distinct ticket_id from changed loop
    update open_incident o set clock_id = n.id, clock_state = n.state, due_at = n.due_at, breached_at = n.breached_at, remaining_ms = n.remaining_ms
    from (values (true)) always ${NEXT_CLOCK}
    where o.ticket_id = one and (o.clock_id, o.clock_state, o.due_at, o.breached_at, o.remaining_ms) is distinct from (n.id, n.state, n.due_at, n.breached_at, n.remaining_ms);
  end loop;
  return null;
end $$`);
    for (const [event, table] of [['insert', 'new'], ['update', 'new'], ['delete', 'old']]) {
      this.addSql(`create trigger open_incident_follows_clocks_${event} after ${event} on clock referencing ${table} table as changed for each statement execute function open_incident_follows_clocks()`);
    }
  }
}
