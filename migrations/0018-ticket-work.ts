import { Migration } from '@mikro-orm/migrations';

/** Following a record (INC-21), what the desk owes as clocks (SLA-08), how long a call took (SLA-19). */
export class TicketWork extends Migration {
  override up(): void {
    this.addSql(`create table "ticket_follower" ("ticket_id" uuid not null, "person_id" uuid not null, "followed_at" timestamptz(3) not null, primary key ("ticket_id", "person_id"))`);
    this.addSql(`create index "ticket_follower_person_id_index" on "ticket_follower" ("person_id")`);
    this.addSql(`alter table "ticket_follower" add constraint "ticket_follower_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "ticket_follower" add constraint "ticket_follower_person_id_foreign" foreign key ("person_id") references "person" ("id") on update cascade on delete cascade`);
    this.addSql(`alter table "incident" add column "call_seconds" int null`);
    this.addSql(`alter table "clock" drop constraint "clock_kind_check"`);
    this.addSql(`alter table "clock" add constraint "clock_kind_check" check ("kind" in ('response', 'start-of-work', 'on-site', 'resolution', 'progress-report', 'handoff', 'desk-dispatch', 'desk-confirm', 'desk-redispatch', 'desk-abnormal'))`);
  }
}
