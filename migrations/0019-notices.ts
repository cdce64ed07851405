import { Migration } from '@mikro-orm/migrations';

/** In-app notices and what each person wants to be shown (WBD-13). Nobody is told of what happened before. */
export class Notices extends Migration {
  override up(): void {
    this.addSql(`create table "notice" ("id" uuid not null, "person_id" uuid not null, "kind" text not null, "record_kind" text not null, "record_id" uuid not null, "ticket_id" uuid null, "facts" jsonb not null, "count" int not null, "first_at" timestamptz(3) not null, "last_at" timestamptz(3) not null, "first_seq" bigint not null, "last_seq" bigint not null, "read_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "notice_ticket_id_index" on "notice" ("ticket_id")`);
    this.addSql(`create index "notice_last_at_index" on "notice" ("last_at")`);
    this.addSql(`create index "notice_person_id_last_at_id_index" on "notice" ("person_id", "last_at", "id")`);
    this.addSql(`create index "notice_person_id_record_id_kind_last_seq_index" on "notice" ("person_id", "record_id", "kind", "last_seq")`);
    this.addSql(`create index "notice_unread_index" on "notice" ("person_id") where read_at is null`);
    this.addSql(`create table "notice_preference" ("person_id" uuid not null, "kind" text not null, "in_app" boolean not null, primary key ("person_id", "kind"))`);
    this.addSql(`alter table "notice" add constraint "notice_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "notice" add constraint "notice_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on delete set null`);
    this.addSql(`alter table "notice" add constraint "notice_kind_check" check ("kind" in (${KINDS}))`);
    this.addSql(`alter table "notice_preference" add constraint "notice_preference_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`alter table "notice_preference" add constraint "notice_preference_kind_check" check ("kind" in (${KINDS}))`);
    this.addSql(`insert into consumer_position (name, seq) select 'notices', seq from event_log_head where id = 1 on conflict (name) do nothing`);
  }
}

const KINDS = `'escalated', 'approval', 'mentioned', 'handed-over', 'assigned', 'feedback', 'handoff-aged', 'handoff-decided', 'breached', 'warned', 'reminded', 'shift-handover', 'unassigned', 'informed', 'followed'`;
