import { Migration } from '@mikro-orm/migrations';

/** Major incidents, changes made while handling, conversion to a problem (INC-12, INC-14, INC-16). */
export class IncidentLinks extends Migration {
  override up(): void {
    this.addSql(`alter table "incident" add column "change_made" boolean not null default false, add column "major_at" timestamptz(3) null, add column "bridge" text null, add column "conversion" jsonb not null default '[]'`);
  }
}
