import { Migration } from '@mikro-orm/migrations';

/** Small indexes over what is open, so that a board's one statement walks 10,000 open incidents and no closed one. */
export class OpenIncidents extends Migration {
  override up(): void {
    this.addSql(
      `create index "clock_standing_index" on "clock" ("ticket_id", "state" desc, "due_at", "remaining_ms", "kind") include ("id", "breached_at") where (state <> 'stopped' and kind <> 'handoff')`,
    );
    this.addSql(`create index "incident_open_index" on "incident" ("ticket_id") include ("state", "level", "reported_at") where (state <> 'closed')`);
    this.addSql(`create index "ticket_open_index" on "ticket" ("id") where (closed_at is null)`);
  }
}
