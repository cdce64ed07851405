import { Migration } from '@mikro-orm/migrations';

/** Problems (PRB). */
export class Problem extends Migration {
  override up(): void {
    this.addSql(`create table "problem_trend" ("id" uuid not null, "dimension" text not null, "value" text not null, "label" text not null, "customer_id" uuid not null, "from_at" timestamptz(3) not null, "to_at" timestamptz(3) not null, "incident_ids" jsonb not null, "state" text not null, "proposed_at" timestamptz(3) not null, "decided_at" timestamptz(3) null, "decided_by" text null, "reason" text null, "problem_id" uuid null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "problem_chart" ("id" uuid not null, "problem_id" uuid not null, "method" text not null, "version" int not null, "body" jsonb not null, "created_at" timestamptz(3) not null, "created_by" text not null, primary key ("id"))`);
    this.addSql(`create table "problem" ("ticket_id" uuid not null, "state" text not null, "stage" text not null, "class" text not null, "severity" text not null, "source" text not null, "description" text not null, "symptom" text null, "key" boolean not null default false, "scope" text null, "investigation" text null, "root_cause" text null, "known_error_at" timestamptz(3) null, "workaround" text null, "solution" text null, "solution_minutes" int null, "solution_effect" text null, "prevention" text null, "alters_ci" boolean not null default false, "solution_state" text not null, "solution_by" uuid null, "solution_at" timestamptz(3) null, "solution_decided_by" text null, "solution_decided_at" timestamptz(3) null, "solution_decision" text null, "handed_to_id" uuid null, "ageing_step" smallint not null default 0, "assigned_at" timestamptz(3) null, "resolved_at" timestamptz(3) null, "watch_ends_at" timestamptz(3) null, "verified_at" timestamptz(3) null, "recurrences" int not null default 0, "confirmed_at" timestamptz(3) null, "confirmed_by" text null, "article_id" uuid null, "article_known" boolean not null default false, "withdrawn_reason" text null, primary key ("ticket_id"))`);
    this.addSql(`create index "problem_trend_state_proposed_at_index" on "problem_trend" ("state", "proposed_at")`);
    this.addSql(`create index "problem_trend_customer_id_dimension_value_index" on "problem_trend" ("customer_id", "dimension", "value")`);
    this.addSql(`create index "problem_stage_index" on "problem" ("stage")`);
    this.addSql(`alter table "problem_chart" add constraint "problem_chart_problem_id_method_version_unique" unique ("problem_id", "method", "version")`);
    this.addSql(`alter table "problem_trend" add constraint "problem_trend_customer_id_foreign" foreign key ("customer_id") references "customer" ("id")`);
    this.addSql(`alter table "problem_trend" add constraint "problem_trend_problem_id_foreign" foreign key ("problem_id") references "ticket" ("id") on delete set null`);
    this.addSql(`alter table "problem_trend" add constraint "problem_trend_dimension_check" check ("dimension" in ('ci', 'category', 'customer', 'symptom'))`);
    this.addSql(`alter table "problem_trend" add constraint "problem_trend_state_check" check ("state" in ('proposed', 'accepted', 'dismissed'))`);
    this.addSql(`alter table "problem_chart" add constraint "problem_chart_problem_id_foreign" foreign key ("problem_id") references "ticket" ("id")`);
    this.addSql(`alter table "problem_chart" add constraint "problem_chart_method_check" check ("method" in ('fishbone', 'five-whys', 'pareto'))`);
    this.addSql(`alter table "problem" add constraint "problem_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "problem" add constraint "problem_solution_by_foreign" foreign key ("solution_by") references "person" ("id") on delete set null`);
    this.addSql(`alter table "problem" add constraint "problem_handed_to_id_foreign" foreign key ("handed_to_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "problem" add constraint "problem_state_check" check ("state" in ('unresolved', 'resolved'))`);
    this.addSql(`alter table "problem" add constraint "problem_stage_check" check ("stage" in ('logged', 'investigating', 'known-error', 'change-raised', 'resolved', 'closed'))`);
    this.addSql(`alter table "problem" add constraint "problem_severity_check" check ("severity" in ('L1', 'L2', 'L3', 'L4'))`);
    this.addSql(`alter table "problem" add constraint "problem_source_check" check ("source" in ('incident', 'customer', 'trend'))`);
    this.addSql(`alter table "problem" add constraint "problem_solution_state_check" check ("solution_state" in ('none', 'proposed', 'approved', 'refused'))`);
  }
}
