import { Migration } from '@mikro-orm/migrations';

/** What the metrics pages read (MET): what each change counts for, their sums a month, issued reports. */
export class Metrics extends Migration {
  override up(): void {
    this.addTables();
    this.addSql(`insert into metric_zone (id, time_zone) values (1, 'Asia/Shanghai')`);
    this.addSql(FACTS);
    this.addSql(CONTRIBUTIONS);
    this.addSql(REFRESH);
    this.addSql(REBUILD);
    this.addSql(FOLLOW);
    for (const trigger of TRIGGERS) this.addSql(trigger);
    this.addSql(`select rebuild_metric_months('Asia/Shanghai')`);
  }

  private addTables(): void {
    this.addSql(`create table "metric_change" ("ticket_id" uuid not null, "customer_id" uuid not null, "team_id" uuid null, "category" text not null, "submitted_at" timestamptz(3) null, "response_at" timestamptz(3) null, "response" text null, "answered" boolean not null, "closed_at" timestamptz(3) null, "begun" boolean not null, "successful" boolean not null, "in_window" boolean not null, "expected_result_met" boolean null, "caused_incident" boolean not null, "outage_minutes" int not null, primary key ("ticket_id"))`);
    this.addSql(`create index "metric_change_closed_at_index" on "metric_change" ("closed_at")`);
    this.addSql(`create index "metric_change_submitted_at_index" on "metric_change" ("submitted_at")`);
    this.addSql(`create index "metric_change_response_at_index" on "metric_change" ("response_at")`);
    this.addSql(`create index "metric_change_waiting_index" on "metric_change" ("response_at") where response = 'late' and not answered`);
    this.addSql(`create table "metric_month" ("id" bigserial primary key, "month" date not null, "customer_id" uuid not null, "team_id" uuid null, "category" text not null, "submitted" int not null, "awaiting" int not null, "decided" int not null, "in_time" int not null, "closed" int not null, "begun" int not null, "successful" int not null, "completed_in_window" int not null, "reviewed" int not null, "missed_result" int not null, "caused_incident" int not null, "outage_minutes" int not null)`);
    this.addSql(`create index "metric_month_month_index" on "metric_month" ("month")`);
    this.addSql(`create table "metric_report" ("id" uuid not null, "month" text not null, "analysis" text not null, "actions" text not null, "state" text not null, "figures" jsonb null, "sha256" text null, "saved_at" timestamptz(3) not null, "saved_by" text not null, "issued_at" timestamptz(3) null, "issued_by" text null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`alter table "metric_report" add constraint "metric_report_month_unique" unique ("month")`);
    this.addSql(`create table "metric_report_note" ("id" uuid not null, "report_id" uuid not null, "kind" text not null, "text" text not null, "recorded_at" timestamptz(3) not null, "recorded_by" text not null, primary key ("id"))`);
    this.addSql(`create index "metric_report_note_report_id_index" on "metric_report_note" ("report_id")`);
    this.addSql(`create table "metric_zone" ("id" smallint primary key, "time_zone" text not null)`);
    this.addSql(`alter table "metric_change" add constraint "metric_change_response_check" check ("response" in ('in-time', 'late', 'withdrawn'))`);
    this.addSql(`alter table "metric_report" add constraint "metric_report_state_check" check ("state" in ('draft', 'issued'))`);
    this.addSql(`alter table "metric_report_note" add constraint "metric_report_note_kind_check" check ("kind" in ('correction', 'dispute', 'exclusion'))`);
  }
}

/** What a change counts for now, from the tables of its own feature (D-09, D-10). */
const FACTS = `create function metric_change_facts() returns setof metric_change language sql stable as $$
  select c.ticket_id, t.customer_id, t.team_id, c.category::text, c.submitted_at,
    case
      when c.submitted_at is null or c.response_due_at is null then null
      when c.responded_at <= c.response_due_at then c.responded_at
      when c.responded_at is null and t.closed_at <= c.response_due_at then t.closed_at
      else c.response_due_at
    end,
    case
      when c.submitted_at is null or c.response_due_at is null then null
      when c.responded_at <= c.response_due_at then 'in-time'
      when c.responded_at is null and t.closed_at <= c.response_due_at then 'withdrawn'
      else 'late'
    end,
    c.responded_at is not null, t.closed_at,
    t.closed_at is not null and c.implementation_started_at is not null and c.outcome is not null,
    t.closed_at is not null and c.implementation_started_at is not null and coalesce(c.outcome in ('successful', 'successful-with-issues'), false),
    coalesce(c.implementation_started_at >= c.window_start_at and c.implementation_ended_at <= c.window_end_at, false),
    c.expected_result_met,
    exists (select 1 from ticket_link l join ticket i on i.id = l.from_id where l.to_id = c.ticket_id and l.kind = 'caused-by' and i.kind = 'incident'),
    c.outage_minutes
  from change c join ticket t on t.id = c.ticket_id
$$`;

/** The rows of metric_month that a change's facts amount to: of the months in which it was submitted, answered and closed. */
const CONTRIBUTIONS = `create function metric_contributions(f metric_change, zone text) returns table (
    month date, customer_id uuid, team_id uuid, category text, submitted int, awaiting int, decided int, in_time int, closed int, begun int,
    successful int, completed_in_window int, reviewed int, missed_result int, caused_incident int, outage_minutes int
  ) language sql immutable as $$
  select date_trunc('month', f.submitted_at at time zone zone)::date, f.customer_id, f.team_id, f.category, 1, (f.response_at is not null)::int, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  where f.submitted_at is not null
  union all
  select date_trunc('month', f.response_at at time zone zone)::date, f.customer_id, f.team_id, f.category, 0, -1,
    (f.response <> 'withdrawn')::int, (f.response = 'in-time')::int, 0, 0, 0, 0, 0, 0, 0, 0
  where f.response_at is not null
  union all
  select date_trunc('month', f.closed_at at time zone zone)::date, f.customer_id, f.team_id, f.category, 0, 0, 0, 0, 1, f.begun::int, f.successful::int,
    (f.successful and f.in_window)::int, (f.begun and f.expected_result_met is not null)::int, (f.begun and f.expected_result_met is false)::int,
    (f.begun and f.caused_incident)::int, f.outage_minutes
  where f.closed_at is not null
$$`;

const SUMS = ['submitted', 'awaiting', 'decided', 'in_time', 'closed', 'begun', 'successful', 'completed_in_window', 'reviewed', 'missed_result', 'caused_incident', 'outage_minutes'];
const FACT_COLUMNS = [
  'customer_id', 'team_id', 'category', 'submitted_at', 'response_at', 'response', 'answered', 'closed_at', 'begun', 'successful', 'in_window', 'expected_result_met',
  'caused_incident', 'outage_minutes',
];
const COLUMNS = ['month', 'customer_id', 'team_id', 'category', ...SUMS].join(', ');

/**
 * Brings one change's facts up to date and adds the difference to the months. Locks the facts first: whoever links an incident holds no
 * lock on the change. Each statement sees what was committed before it, so the facts are read after that wait. The lock on the table
 * comes before the zone is read: counting in a new zone waits for it.
 */
const REFRESH = `create function refresh_metric_change(id uuid) returns void language plpgsql as $$
declare
  before metric_change;
  after metric_change;
  zone text;
begin
  select * into before from metric_change m where m.ticket_id = id for update;
  select * into after from metric_change_facts() f where f.ticket_id = id;
  if before is not distinct from after then return; end if;
  select time_zone into zone from metric_zone where metric_zone.id = 1;
  insert into metric_month (${COLUMNS})
    select month, customer_id, team_id, category, ${SUMS.map((name) => `sum(sign * ${name})`).join(', ')}
    from (select -1 as sign, b.* from metric_contributions(before, zone) b union all select 1, a.* from metric_contributions(after, zone) a) both_sides
    group by month, customer_id, team_id, category
    having ${SUMS.map((name) => `sum(sign * ${name}) <> 0`).join(' or ')};
  if after.ticket_id is null then
    delete from metric_change m where m.ticket_id = id;
  else
    insert into metric_change select after.* on conflict (ticket_id) do update set ${FACT_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')};
  end if;
end
$$`;

/** Counts everything again, in that zone; writers wait meanwhile. */
const REBUILD = `create function rebuild_metric_months(zone text) returns void language plpgsql as $$
begin
  lock table metric_change in exclusive mode;
  update metric_zone set time_zone = zone where id = 1;
  delete from metric_change;
  delete from metric_month;
  insert into metric_change select * from metric_change_facts();
  insert into metric_month (${COLUMNS})
    select month, customer_id, team_id, category, ${SUMS.map((name) => `sum(${name})`).join(', ')}
    from (select m as fact from metric_change m) f cross join lateral metric_contributions(f.fact, zone) c
    group by month, customer_id, team_id, category;
end
$$`;

const FOLLOW = `create function follow_metric_change() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'change' then
    perform refresh_metric_change(case when tg_op = 'DELETE' then old.ticket_id else new.ticket_id end);
  elsif tg_table_name = 'ticket' then
    perform refresh_metric_change(new.id);
  else
    if tg_op <> 'INSERT' then perform refresh_metric_change(old.to_id); end if;
    if tg_op <> 'DELETE' then perform refresh_metric_change(new.to_id); end if;
  end if;
  return null;
end
$$`;

const TRIGGERS = [
  `create trigger metric_follows_change after insert or update or delete on change for each row execute function follow_metric_change()`,
  `create trigger metric_follows_ticket after update on ticket for each row
     when (new.kind = 'change' and (old.closed_at, old.customer_id, old.team_id) is distinct from (new.closed_at, new.customer_id, new.team_id)) execute function follow_metric_change()`,
  `create trigger metric_follows_new_link after insert on ticket_link for each row when (new.kind = 'caused-by') execute function follow_metric_change()`,
  `create trigger metric_follows_link after update or delete on ticket_link for each row when (old.kind = 'caused-by') execute function follow_metric_change()`,
];
