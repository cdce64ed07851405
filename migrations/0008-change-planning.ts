import { Migration } from '@mikro-orm/migrations';

/** CAB, freeze windows, conflicts (CHG, FRZ). */
export class ChangePlanning extends Migration {
  override up(): void {
    this.addSql(`create sequence cab_meeting_number`);
    this.addSql(`create table "freeze_window" ("id" uuid not null, "name" text not null, "reason" text not null, "origin" text not null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "customer_ids" jsonb not null, "service_ids" jsonb not null, "ci_ids" jsonb not null, "allowed_categories" jsonb not null, "cancelled_at" timestamptz(3) null, "created_by" text not null, "created_at" timestamptz(3) not null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create index "freeze_window_ends_at_starts_at_index" on "freeze_window" ("ends_at", "starts_at")`);
    this.addSql(`create table "cab_member" ("id" uuid not null, "person_id" uuid not null, "speaks_for" text not null, "since" timestamptz(3) not null, "until" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create unique index "cab_member_standing_unique" on "cab_member" ("person_id") where until is null`);
    this.addSql(`create table "cab_meeting" ("id" uuid not null, "number" text not null, "title" text not null, "place" text null, "state" text not null, "starts_at" timestamptz(3) not null, "chair_id" uuid not null, "opened_at" timestamptz(3) null, "closed_at" timestamptz(3) null, "quorum_percent" real null, "minutes" text null, "cancel_reason" text null, "created_by" text not null, "created_at" timestamptz(3) not null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`alter table "cab_meeting" add constraint "cab_meeting_number_unique" unique ("number")`);
    this.addSql(`create index "cab_meeting_starts_at_index" on "cab_meeting" ("starts_at")`);
    this.addSql(`create table "cab_seat" ("id" uuid not null, "meeting_id" uuid not null, "person_id" uuid not null, "present" boolean null, primary key ("id"))`);
    this.addSql(`create index "cab_seat_person_id_index" on "cab_seat" ("person_id")`);
    this.addSql(`alter table "cab_seat" add constraint "cab_seat_meeting_id_person_id_unique" unique ("meeting_id", "person_id")`);
    this.addSql(`create table "change_notice" ("id" uuid not null, "change_id" uuid not null, "occasion" text not null, "audience" text not null, "person_id" uuid null, "team_id" uuid null, "addressee" text not null, "channel" text not null, "text_zh" text not null, "text_en" text not null, "sent_at" timestamptz(3) not null, "event_seq" bigint not null, primary key ("id"))`);
    this.addSql(`create index "change_notice_person_id_index" on "change_notice" ("person_id")`);
    this.addSql(`create index "change_notice_change_id_event_seq_index" on "change_notice" ("change_id", "event_seq")`);
    this.addSql(`create table "freeze_override" ("id" uuid not null, "change_id" uuid not null, "freeze_id" uuid not null, "decision_id" uuid not null, "window_start_at" timestamptz(3) not null, "window_end_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`create index "freeze_override_freeze_id_index" on "freeze_override" ("freeze_id")`);
    this.addSql(`create index "freeze_override_decision_id_index" on "freeze_override" ("decision_id")`);
    this.addSql(`create index "freeze_override_change_id_freeze_id_index" on "freeze_override" ("change_id", "freeze_id")`);
    this.addSql(`create table "change_conflict" ("id" uuid not null, "change_id" uuid not null, "kind" text not null, "key" text not null, "other_id" uuid null, "freeze_id" uuid null, "person_id" uuid null, "absence" text null, "hits" jsonb not null, "found_at" timestamptz(3) not null, "cleared_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "change_conflict_freeze_id_index" on "change_conflict" ("freeze_id")`);
    this.addSql(`create index "change_conflict_person_id_index" on "change_conflict" ("person_id")`);
    this.addSql(`create index "change_conflict_change_id_found_at_index" on "change_conflict" ("change_id", "found_at")`);
    this.addSql(`create index "change_conflict_other_id_cleared_at_index" on "change_conflict" ("other_id", "cleared_at")`);
    this.addSql(`create unique index "change_conflict_open_unique" on "change_conflict" ("change_id", "key") where cleared_at is null`);
    this.addSql(`create table "cab_item" ("id" uuid not null, "meeting_id" uuid not null, "change_id" uuid not null, "position" int not null, "decision" text null, "note" text null, "decided_at" timestamptz(3) null, "decided_by" text null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create index "cab_item_change_id_index" on "cab_item" ("change_id")`);
    this.addSql(`alter table "cab_item" add constraint "cab_item_meeting_id_change_id_unique" unique ("meeting_id", "change_id")`);
    this.addSql(`create table "cab_vote" ("id" uuid not null, "item_id" uuid not null, "person_id" uuid not null, "vote" text not null, "comment" text null, "beforehand" boolean not null, "cast_at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`create index "cab_vote_person_id_index" on "cab_vote" ("person_id")`);
    this.addSql(`alter table "cab_vote" add constraint "cab_vote_item_id_person_id_unique" unique ("item_id", "person_id")`);
    this.addSql(`create table "cab_circulation" ("id" uuid not null, "meeting_id" uuid not null, "change_id" uuid not null, "circulated_at" timestamptz(3) not null, "circulated_by" text not null, "papers" jsonb not null, "members" jsonb not null, primary key ("id"))`);
    this.addSql(`alter table "cab_circulation" add constraint "cab_circulation_meeting_id_change_id_unique" unique ("meeting_id", "change_id")`);
    this.addSql(`alter table "freeze_window" add constraint "freeze_window_origin_check" check ("origin" in ('safeguard', 'business-peak', 'customer', 'holiday', 'other'))`);
    this.addSql(`alter table "cab_member" add constraint "cab_member_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "cab_meeting" add constraint "cab_meeting_chair_id_foreign" foreign key ("chair_id") references "person" ("id")`);
    this.addSql(`alter table "cab_meeting" add constraint "cab_meeting_state_check" check ("state" in ('planned', 'open', 'closed', 'cancelled'))`);
    this.addSql(`alter table "cab_seat" add constraint "cab_seat_meeting_id_foreign" foreign key ("meeting_id") references "cab_meeting" ("id")`);
    this.addSql(`alter table "cab_seat" add constraint "cab_seat_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "change_notice" add constraint "change_notice_change_id_foreign" foreign key ("change_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_notice" add constraint "change_notice_person_id_foreign" foreign key ("person_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change_notice" add constraint "change_notice_team_id_foreign" foreign key ("team_id") references "team" ("id") on delete set null`);
    this.addSql(`alter table "change_notice" add constraint "change_notice_occasion_check" check ("occasion" in ('approved', 'scheduled', 'started', 'result', 'outage', 'called-off'))`);
    this.addSql(`alter table "change_notice" add constraint "change_notice_audience_check" check ("audience" in ('service-desk', 'customer-contact', 'ci-owner'))`);
    this.addSql(`alter table "change_notice" add constraint "change_notice_channel_check" check ("channel" in ('in-app'))`);
    this.addSql(`alter table "freeze_override" add constraint "freeze_override_change_id_foreign" foreign key ("change_id") references "ticket" ("id")`);
    this.addSql(`alter table "freeze_override" add constraint "freeze_override_freeze_id_foreign" foreign key ("freeze_id") references "freeze_window" ("id")`);
    this.addSql(`alter table "freeze_override" add constraint "freeze_override_decision_id_foreign" foreign key ("decision_id") references "change_decision" ("id")`);
    this.addSql(`alter table "change_conflict" add constraint "change_conflict_change_id_foreign" foreign key ("change_id") references "ticket" ("id")`);
    this.addSql(`alter table "change_conflict" add constraint "change_conflict_other_id_foreign" foreign key ("other_id") references "ticket" ("id") on delete set null`);
    this.addSql(`alter table "change_conflict" add constraint "change_conflict_freeze_id_foreign" foreign key ("freeze_id") references "freeze_window" ("id") on delete set null`);
    this.addSql(`alter table "change_conflict" add constraint "change_conflict_person_id_foreign" foreign key ("person_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "change_conflict" add constraint "change_conflict_kind_check" check ("kind" in ('same-ci', 'dependent-ci', 'person', 'missing-person', 'freeze', 'major-incident'))`);
    this.addSql(`alter table "change_conflict" add constraint "change_conflict_absence_check" check ("absence" in ('nobody', 'inactive', 'off-roster'))`);
    this.addSql(`alter table "cab_item" add constraint "cab_item_meeting_id_foreign" foreign key ("meeting_id") references "cab_meeting" ("id")`);
    this.addSql(`alter table "cab_item" add constraint "cab_item_change_id_foreign" foreign key ("change_id") references "ticket" ("id")`);
    this.addSql(`alter table "cab_item" add constraint "cab_item_decision_check" check ("decision" in ('approved', 'refused', 'deferred'))`);
    this.addSql(`alter table "cab_vote" add constraint "cab_vote_item_id_foreign" foreign key ("item_id") references "cab_item" ("id")`);
    this.addSql(`alter table "cab_vote" add constraint "cab_vote_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "cab_vote" add constraint "cab_vote_vote_check" check ("vote" in ('for', 'against', 'abstain'))`);
    this.addSql(`alter table "cab_circulation" add constraint "cab_circulation_meeting_id_foreign" foreign key ("meeting_id") references "cab_meeting" ("id")`);
    this.addSql(`alter table "cab_circulation" add constraint "cab_circulation_change_id_foreign" foreign key ("change_id") references "ticket" ("id")`);
  }
}
