import { Migration } from '@mikro-orm/migrations';

/** Changes, problems and releases are tickets too; more kinds of links; papers; who follows the event log. */
export class WorkRecords extends Migration {
  override up(): void {
    this.addSql(`create table "consumer_position" ("name" text not null, "seq" bigint not null, primary key ("name"))`);
    this.addSql(`alter table "ticket" drop constraint "ticket_kind_check"`);
    this.addSql(`alter table "ticket" add constraint "ticket_kind_check" check ("kind" in ('incident', 'change', 'problem', 'release'))`);
    this.addSql(`alter table "ticket" add column "major" boolean not null default false`);
    this.addSql(`alter table "ticket_link" drop constraint "ticket_link_kind_check"`);
    this.addSql(`alter table "ticket_link" add constraint "ticket_link_kind_check" check ("kind" in ('recurrence-of', 'duplicate-of', 'child-of', 'related', 'problem-of', 'change-for', 'carries', 'caused-by'))`);
    this.addSql(`alter table "attachment" add column "paper" text null`);
    for (const kind of ['change', 'problem', 'release']) this.addSql(`create sequence ticket_number_${kind}`);
  }
}
