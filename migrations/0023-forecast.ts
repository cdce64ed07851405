import { Migration } from '@mikro-orm/migrations';

/** Forecast of misses (SLA-11): what queues sort by, and escalations that it raised early (SLA-17). */
export class Forecast extends Migration {
  override up(): void {
    this.addSql(`alter table "escalation" add column "forecast" jsonb null`);
    this.addSql(`create unique index "escalation_early_unique" on "escalation" ("ticket_id", "step") where early`);
    this.addSql(`create table "incident_risk" ("ticket_id" uuid not null, "percent" smallint not null, primary key ("ticket_id"))`);
    this.addSql(`alter table "saved_view" drop constraint "saved_view_sort_check"`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_sort_check" check ("sort" in ('priority', 'due', 'reported', 'age', 'level', 'number', 'updated', 'risk'))`);
  }
}
