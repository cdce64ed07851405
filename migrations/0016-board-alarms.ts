import { Migration } from '@mikro-orm/migrations';

/** What rings on the boards until somebody acknowledges it: a breach and a new LV1 (WBD-03). Escalations have a table of their own. */
export class BoardAlarms extends Migration {
  override up(): void {
    this.addSql(`create table "alarm" ("id" uuid not null, "ticket_id" uuid not null, "kind" text not null, "clock" text null, "raised_at" timestamptz(3) not null, "acknowledged_by" text null, "acknowledged_at" timestamptz(3) null, "ended_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`alter table "alarm" add constraint "alarm_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id")`);
    this.addSql(`alter table "alarm" add constraint "alarm_kind_check" check ("kind" in ('breached', 'new-lv1'))`);
    this.addSql(`create index "alarm_ticket_id_index" on "alarm" ("ticket_id")`);
    this.addSql(`create index "alarm_raised_at_index" on "alarm" ("raised_at")`);
    this.addSql(`create index "alarm_acknowledged_at_index" on "alarm" ("acknowledged_at")`);
    this.addSql(`create index "alarm_standing_index" on "alarm" ("ticket_id") where acknowledged_at is null and ended_at is null`);
  }
}
