import { Migration } from '@mikro-orm/migrations';

/** Releases (REL). */
export class Release extends Migration {
  override up(): void {
    this.addSql(`create table "release_test" ("id" uuid not null, "release_id" uuid not null, "name" text not null, "expected" text not null, "actual" text not null, "passed" boolean not null, "package_sha256" text not null, "tested_at" timestamptz(3) not null, "tested_by" text not null, primary key ("id"))`);
    this.addSql(`create index "release_test_release_id_index" on "release_test" ("release_id")`);
    this.addSql(`create table "release_review" ("id" uuid not null, "release_id" uuid not null, "person_id" uuid not null, "person_name" text not null, "department" text not null, "verdict" text null, "note" text null, "decided_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`alter table "release_review" add constraint "release_review_release_id_person_id_unique" unique ("release_id", "person_id")`);
    this.addSql(`create table "release_decision" ("id" uuid not null, "release_id" uuid not null, "kind" text not null, "subject" text not null, "freeze_id" uuid null, "window_start_at" timestamptz(3) null, "window_end_at" timestamptz(3) null, "reason" text not null, "decided_at" timestamptz(3) not null, "decided_by" text not null, primary key ("id"))`);
    this.addSql(`create index "release_decision_release_id_index" on "release_decision" ("release_id")`);
    this.addSql(`create table "release_check" ("id" uuid not null, "release_id" uuid not null, "phase" text not null, "subject" text not null, "ok" boolean not null, "note" text null, "at" timestamptz(3) not null, "by_name" text not null, primary key ("id"))`);
    this.addSql(`create index "release_check_release_id_index" on "release_check" ("release_id")`);
    this.addSql(`create table "release_cause" ("id" uuid not null, "release_id" uuid not null, "ticket_id" uuid not null, "state" text not null, "evidence" jsonb null, "suggested_at" timestamptz(3) null, "decided_at" timestamptz(3) null, "decided_by" text null, "reason" text null, primary key ("id"))`);
    this.addSql(`create index "release_cause_ticket_id_index" on "release_cause" ("ticket_id")`);
    this.addSql(`alter table "release_cause" add constraint "release_cause_release_id_ticket_id_unique" unique ("release_id", "ticket_id")`);
    this.addSql(`create table "release" ("ticket_id" uuid not null, "state" text not null, "version" text not null, "planned_month" text null, "window_start_at" timestamptz(3) null, "window_end_at" timestamptz(3) null, "package_name" text null, "package_sha256" text null, "package_location" text null, "accepted_sha256" text null, "accepted_at" timestamptz(3) null, "accepted_by" text null, "plan" jsonb not null, "go_live_plan" jsonb not null, "reviewed_go_live_plan" jsonb null, "content_approved_at" timestamptz(3) null, "content_approved_by" text null, "go_live_approved_at" timestamptz(3) null, "go_live_approved_by" text null, "test_environment" text null, "trial_expectations" text null, "trial_findings" text null, "notice" text null, "notice_sent_at" timestamptz(3) null, "training" text null, "deployment_change_id" uuid null, "baseline_id" uuid null, "baseline_name" text null, "deployment_started_at" timestamptz(3) null, "deployed_at" timestamptz(3) null, "deployed_sha256" text null, "rolled_back_at" timestamptz(3) null, "rollback_reason" text null, "rollback_verification" text null, "rollback_verified_at" timestamptz(3) null, "business_confirmed_at" timestamptz(3) null, "business_confirmed_by" text null, "business_confirmation" text null, "papers_handed_at" timestamptz(3) null, "papers_handed_to_id" uuid null, "report" text null, "reported_at" timestamptz(3) null, primary key ("ticket_id"))`);
    this.addSql(`create index "release_state_index" on "release" ("state")`);
    this.addSql(`create index "release_deployed_at_index" on "release" ("deployed_at")`);
    this.addSql(`create index "release_window_start_at_index" on "release" ("window_start_at")`);
    this.addSql(`create index "release_planned_month_index" on "release" ("planned_month")`);
    this.addSql(`create table "upgrade_feedback" ("id" uuid not null, "release_id" uuid not null, "given_by" text not null, "department" text null, "score" smallint not null, "text" text null, "recorded_at" timestamptz(3) not null, "recorded_by" text not null, primary key ("id"))`);
    this.addSql(`create index "upgrade_feedback_release_id_index" on "upgrade_feedback" ("release_id")`);
    this.addSql(`alter table "release_test" add constraint "release_test_release_id_foreign" foreign key ("release_id") references "ticket" ("id")`);
    this.addSql(`alter table "release_review" add constraint "release_review_release_id_foreign" foreign key ("release_id") references "ticket" ("id")`);
    this.addSql(`alter table "release_review" add constraint "release_review_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "release_review" add constraint "release_review_verdict_check" check ("verdict" in ('agreed', 'objected'))`);
    this.addSql(`alter table "release_decision" add constraint "release_decision_release_id_foreign" foreign key ("release_id") references "ticket" ("id")`);
    this.addSql(`alter table "release_decision" add constraint "release_decision_kind_check" check ("kind" in ('skip', 'waive', 'freeze-override'))`);
    this.addSql(`alter table "release_check" add constraint "release_check_release_id_foreign" foreign key ("release_id") references "ticket" ("id")`);
    this.addSql(`alter table "release_check" add constraint "release_check_phase_check" check ("phase" in ('before', 'watch'))`);
    this.addSql(`alter table "release_cause" add constraint "release_cause_release_id_foreign" foreign key ("release_id") references "ticket" ("id")`);
    this.addSql(`alter table "release_cause" add constraint "release_cause_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "release_cause" add constraint "release_cause_state_check" check ("state" in ('suggested', 'confirmed', 'rejected'))`);
    this.addSql(`alter table "release" add constraint "release_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "release" add constraint "release_deployment_change_id_foreign" foreign key ("deployment_change_id") references "ticket" ("id") on delete set null`);
    this.addSql(`alter table "release" add constraint "release_papers_handed_to_id_foreign" foreign key ("papers_handed_to_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "release" add constraint "release_state_check" check ("state" in ('planning', 'content-review', 'test-environment', 'acceptance', 'trial-run', 'go-live-plan', 'approval', 'communication', 'deployment', 'cmdb-update', 'closed', 'reported', 'rolled-back', 'cancelled'))`);
    this.addSql(`alter table "upgrade_feedback" add constraint "upgrade_feedback_release_id_foreign" foreign key ("release_id") references "ticket" ("id")`);
  }
}
