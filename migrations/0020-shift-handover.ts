import { Migration } from '@mikro-orm/migrations';

/** Shift handovers 值班交接 (ORG-06). */
export class ShiftHandovers extends Migration {
  override up(): void {
    this.addSql(`create table "shift_handover" ("id" uuid not null, "team_id" uuid not null, "starts_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, "state" text not null, "drawn_at" timestamptz(3) not null, "notes" text null, "question" text null, "question_by" text null, "signed_at" timestamptz(3) null, "signed_by_id" uuid null, "signed_by" text null, "taken_over_at" timestamptz(3) null, "taken_over_by_id" uuid null, "taken_over_by" text null, "sha256" text null, "overdue_at" timestamptz(3) null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "shift_handover_line" ("id" uuid not null, "handover_id" uuid not null, "section" text not null, "position" int not null, "ticket_id" uuid not null, "subject_id" uuid not null, "facts" jsonb not null, "note" text null, primary key ("id"))`);
    this.addSql(`create index "shift_handover_open_index" on "shift_handover" ("ends_at") where state <> 'taken-over'`);
    this.addSql(`alter table "shift_handover" add constraint "shift_handover_team_id_ends_at_unique" unique ("team_id", "ends_at")`);
    this.addSql(`alter table "shift_handover" add constraint "shift_handover_team_id_foreign" foreign key ("team_id") references "team" ("id")`);
    this.addSql(`alter table "shift_handover" add constraint "shift_handover_signed_by_id_foreign" foreign key ("signed_by_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "shift_handover" add constraint "shift_handover_taken_over_by_id_foreign" foreign key ("taken_over_by_id") references "person" ("id") on delete set null`);
    this.addSql(`alter table "shift_handover" add constraint "shift_handover_state_check" check ("state" in ('drafting', 'signed', 'questioned', 'taken-over'))`);
    this.addSql(`alter table "shift_handover_line" add constraint "shift_handover_line_handover_id_section_subject_id_unique" unique ("handover_id", "section", "subject_id")`);
    this.addSql(`alter table "shift_handover_line" add constraint "shift_handover_line_handover_id_foreign" foreign key ("handover_id") references "shift_handover" ("id")`);
    this.addSql(`alter table "shift_handover_line" add constraint "shift_handover_line_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "shift_handover_line" add constraint "shift_handover_line_section_check" check ("section" in ('escalations', 'incidents', 'handoffs', 'suspended', 'changes'))`);
  }
}
