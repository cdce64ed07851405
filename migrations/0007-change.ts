import { Migration } from '@mikro-orm/migrations';

/** Changes (CHG). */
export class Change extends Migration {
  override up(): void {
    this.tables();
    this.lookOnEdit();
  }

  /** An edit of policies or calendars makes every open change due for a look, as it does the incidents (D-22; see 0003). */
  private lookOnEdit(): void {
    this.addSql(`
create function look_at_open_changes() returns trigger language plpgsql as $$
begin
  insert into timer (ticket_id, purpose, due_at)
  select id, 'change', to_timestamp(0) from ticket where kind = 'change' and closed_at is null order by id
  on conflict (ticket_id, purpose) do update set due_at = excluded.due_at;
  return null;
end $$`);
    this.addSql(`create trigger reference_edit_moves_changes after update on reference_revision for each row execute function look_at_open_changes()`);
  }

  private tables(): void {
    this.addSql(`create table "pre_authorised_change" ("id" uuid not null, "customer_id" uuid not null, "title" text not null, "service_plan" text not null, "agreed_by" text not null, "agreed_at" timestamptz(3) not null, "ends_at" timestamptz(3) null, "created_by" text not null, "created_at" timestamptz(3) not null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create index "pre_authorised_change_customer_id_index" on "pre_authorised_change" ("customer_id")`);
    this.addSql(`create table "change_task" ("id" uuid not null, "ticket_id" uuid not null, "seq" int not null, "title" text not null, "implementer_id" uuid not null, "planned_start_at" timestamptz(3) not null, "planned_end_at" timestamptz(3) not null, "sent_at" timestamptz(3) null, "started_at" timestamptz(3) null, "ended_at" timestamptz(3) null, "done" boolean null, "remark" text null, primary key ("id"))`);
    this.addSql(`create index "change_task_implementer_id_index" on "change_task" ("implementer_id")`);
    this.addSql(`alter table "change_task" add constraint "change_task_ticket_id_seq_unique" unique ("ticket_id", "seq")`);
    this.addSql(`create table "change_statement" ("id" uuid not null, "ticket_id" uuid not null, "ci_id" uuid not null, "owner_name" text null, "requested_at" timestamptz(3) not null, "requested_by" text not null, "agrees" boolean null, "text" text null, "stated_at" timestamptz(3) null, "stated_by" text null, primary key ("id"))`);
    this.addSql(`create index "change_statement_ci_id_index" on "change_statement" ("ci_id")`);
    this.addSql(`alter table "change_statement" add constraint "change_statement_ticket_id_ci_id_unique" unique ("ticket_id", "ci_id")`);
    this.addSql(`create table "change_plan" ("ticket_id" uuid not null, "plan_type" text not null default '', "background" text not null default '', "present_environment" text not null default '', "data_backup" text not null default '', "steps" text not null default '', "schedule" text not null default '', "risk_and_rollback" text not null default '', "test_steps" text not null default '', "implementation_plan" text not null default '', "test_plan" text not null default '', "rollback_plan" text not null default '', "service_plan" text not null default '', "edited_by" text null, "edited_at" timestamptz(3) null, primary key ("ticket_id"))`);
    this.addSql(`create table "change_outage" ("id" uuid not null, "ticket_id" uuid not null, "system" text not null, "ci_id" uuid null, "key_system" boolean not null, "minutes" int not null, "remark" text null, "recorded_at" timestamptz(3) not null, "recorded_by" text not null, primary key ("id"))`);
    this.addSql(`create index "change_outage_ticket_id_index" on "change_outage" ("ticket_id")`);
    this.addSql(`create table "change_decision" ("id" uuid not null, "ticket_id" uuid not null, "kind" text not null, "subject" text null, "reason" text not null, "decided_at" timestamptz(3) not null, "decided_by" text not null, "decider_id" uuid null, primary key ("id"))`);
    this.addSql(`create index "change_decision_ticket_id_index" on "change_decision" ("ticket_id")`);
    this.addSql(`create table "change_debt" ("id" uuid not null, "ticket_id" uuid not null, "item" text not null, "incurred_at" timestamptz(3) not null, "paid_at" timestamptz(3) null, "paid_by" text null, primary key ("id"))`);
    this.addSql(`alter table "change_debt" add constraint "change_debt_ticket_id_item_unique" unique ("ticket_id", "item")`);
    this.addSql(`create table "change_ci_result" ("id" uuid not null, "ticket_id" uuid not null, "ci_id" uuid not null, "result" text not null, "remark" text null, "recorded_at" timestamptz(3) not null, "recorded_by" text not null, primary key ("id"))`);
    this.addSql(`create index "change_ci_result_ci_id_index" on "change_ci_result" ("ci_id")`);
    this.addSql(`alter table "change_ci_result" add constraint "change_ci_result_ticket_id_ci_id_unique" unique ("ticket_id", "ci_id")`);
    this.addSql(`create table "change_attempt" ("id" uuid not null, "ticket_id" uuid not null, "number" int not null, "started_at" timestamptz(3) not null, "started_by" text not null, "ended_at" timestamptz(3) null, "result" text null, "remark" text null, "rolled_back_at" timestamptz(3) null, "rollback_remark" text null, "verification" text null, "verified_at" timestamptz(3) null, "verified_by" text null, "followed_by" text null, primary key ("id"))`);
    this.addSql(`alter table "change_attempt" add constraint "change_attempt_ticket_id_number_unique" unique ("ticket_id", "number")`);
    this.addSql(`create table "change_assessment" ("id" uuid not null, "ticket_id" uuid not null, "phase" text not null, "section" text not null, "text" text not null, "recorded_at" timestamptz(3) not null, "author" text not null, primary key ("id"))`);
    this.addSql(`alter table "change_assessment" add constraint "change_assessment_ticket_id_phase_section_unique" unique ("ticket_id", "phase", "section")`);
    this.addSql(`create table "change_approval" ("id" uuid not null, "ticket_id" uuid not null, "round" int not null, "step" text not null, "decision" text not null, "given" text not null, "person_id" uuid null, "person_name" text not null, "attachment_id" uuid null, "note" text null, "given_at" timestamptz(3) not null, "recorded_at" timestamptz(3) not null, "recorded_by" text not null, primary key ("id"))`);
    this.addSql(`create index "change_approval_ticket_id_index" on "change_approval" ("ticket_id")`);
    this.addSql(`create table "change" ("ticket_id" uuid not null, "state" text not null, "category" text not null, "type" text not null, "risk" text not null, "priority" text not null, "source" text not null, "subject" text not null, "description" text not null, "expected_result" text null, "business_systems" jsonb not null, "departments" jsonb not null, "impact" jsonb null, "asked_by" text null, "requester_id" uuid null, "requester_name" text not null, "owner_id" uuid null, "implementer_id" uuid null, "pre_authorised_id" uuid null, "software" boolean not null default false, "recorded_afterwards" boolean not null default false, "submitted_at" timestamptz(3) null, "response_due_at" timestamptz(3) null, "response_warned_at" timestamptz(3) null, "response_missed_at" timestamptz(3) null, "responded_at" timestamptz(3) null, "response" text null, "response_reason" text null, "approval_round" int not null default 0, "approved_at" timestamptz(3) null, "window_start_at" timestamptz(3) null, "window_end_at" timestamptz(3) null, "implementation_due_at" timestamptz(3) null, "implementation_missed_at" timestamptz(3) null, "implementation_started_at" timestamptz(3) null, "implementation_ended_at" timestamptz(3) null, "outcome" text null, "expected_result_met" boolean null, "outage_minutes" int not null default 0, "reviewed_at" timestamptz(3) null, "review_text" text null, "stability" text null, "business_satisfaction" smallint null, "business_remark" text null, "debt_due_at" timestamptz(3) null, "debt_missed_at" timestamptz(3) null, "debt_paid_at" timestamptz(3) null, "end_reason" text null, primary key ("ticket_id"))`);
    this.addSql(`create index "change_state_category_index" on "change" ("state", "category")`);
    this.addSql(`create index "change_window_start_at_window_end_at_index" on "change" ("window_start_at", "window_end_at")`);
    this.addSql(`create index "change_responded_at_index" on "change" ("responded_at")`);
    this.addSql(`create index "change_submitted_at_index" on "change" ("submitted_at")`);
    this.addSql(`create index "change_open_index" on "change" ("ticket_id") include ("state", "category", "window_start_at") where state <> 'closed'`);
    this.addSql(`alter table "pre_authorised_change" add constraint "pre_authorised_change_customer_id_foreign" foreign key ("customer_id") references "customer" ("id")`);
    this.addSql(`alter table "change_task" add constraint "change_task_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_task" add constraint "change_task_implementer_id_foreign" foreign key ("implementer_id") references "person" ("id")`);
    this.addSql(`alter table "change_statement" add constraint "change_statement_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_statement" add constraint "change_statement_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
    this.addSql(`alter table "change_plan" add constraint "change_plan_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "change_outage" add constraint "change_outage_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_outage" add constraint "change_outage_ci_id_foreign" foreign key ("ci_id") references "ci" ("id") on delete set null`);
    this.addSql(`alter table "change_decision" add constraint "change_decision_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_decision" add constraint "change_decision_decider_id_foreign" foreign key ("decider_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change_decision" add constraint "change_decision_kind_check" check ("kind" in ('freeze-override', 'no-release', 'plan-trimmed', 'no-rollback', 'recorded-afterwards', 'conflict-accepted'))`);
    this.addSql(`alter table "change_debt" add constraint "change_debt_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_debt" add constraint "change_debt_item_check" check ("item" in ('scope', 'plan', 'assessment', 'approval', 'change-plan', 'completion-report'))`);
    this.addSql(`alter table "change_ci_result" add constraint "change_ci_result_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_ci_result" add constraint "change_ci_result_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
    this.addSql(`alter table "change_ci_result" add constraint "change_ci_result_result_check" check ("result" in ('altered', 'unchanged'))`);
    this.addSql(`alter table "change_attempt" add constraint "change_attempt_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_attempt" add constraint "change_attempt_result_check" check ("result" in ('succeeded', 'failed'))`);
    this.addSql(`alter table "change_attempt" add constraint "change_attempt_followed_by_check" check ("followed_by" in ('retry', 'new-change', 'terminate'))`);
    this.addSql(`alter table "change_assessment" add constraint "change_assessment_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_assessment" add constraint "change_assessment_phase_check" check ("phase" in ('before', 'after'))`);
    this.addSql(`alter table "change_assessment" add constraint "change_assessment_section_check" check ("section" in ('capacity', 'availability', 'continuity', 'sla', 'cost'))`);
    this.addSql(`alter table "change_approval" add constraint "change_approval_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_approval" add constraint "change_approval_person_id_foreign" foreign key ("person_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change_approval" add constraint "change_approval_step_check" check ("step" in ('steering', 'cab', 'customer', 'manager', 'consent'))`);
    this.addSql(`alter table "change_approval" add constraint "change_approval_decision_check" check ("decision" in ('approved', 'rejected'))`);
    this.addSql(`alter table "change_approval" add constraint "change_approval_given_check" check ("given" in ('system', 'meeting', 'signature', 'mail', 'oral'))`);
    this.addSql(`alter table "change" add constraint "change_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "change" add constraint "change_requester_id_foreign" foreign key ("requester_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change" add constraint "change_owner_id_foreign" foreign key ("owner_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change" add constraint "change_implementer_id_foreign" foreign key ("implementer_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change" add constraint "change_state_check" check ("state" in ('draft', 'submitted', 'accepted', 'planning', 'approval', 'scheduled', 'implementing', 'rolled-back', 'verified', 'review', 'closed', 'refused', 'cancelled', 'terminated'))`);
    this.addSql(`alter table "change" add constraint "change_category_check" check ("category" in ('major', 'important', 'general', 'emergency'))`);
    this.addSql(`alter table "change" add constraint "change_source_check" check ("source" in ('incident', 'problem', 'release', 'third-party', 'customer', 'capacity', 'continuity', 'own'))`);
    this.addSql(`alter table "change" add constraint "change_response_check" check ("response" in ('accepted', 'refused'))`);
    this.addSql(`alter table "change" add constraint "change_outcome_check" check ("outcome" in ('successful', 'successful-with-issues', 'failed', 'rolled-back', 'terminated'))`);
  }
}
