import { Migration } from '@mikro-orm/migrations';

/**
 * An edit of policies, calendars or customers' dates makes every open ticket due for a look (CAL-03, SLA-13). Done by the
 * database, in the edit's own transaction: the edit lives below the tickets and knows nothing of them, and a server that
 * is killed right after the commit has not forgotten anything. The timers' workers then judge ticket by ticket.
 */
export class ReplanOnEdit extends Migration {
  override up(): void {
    this.addSql(`
create function look_at_open_tickets() returns trigger language plpgsql as $$
begin
  insert into timer (ticket_id, purpose, due_at)
  select id, 'clocks', to_timestamp(0) from ticket where kind = 'incident' and closed_at is null order by id
  on conflict (ticket_id, purpose) do update set due_at = excluded.due_at;
  return null;
end $$`);
    this.addSql(`create trigger reference_edit_replans after update on reference_revision for each row execute function look_at_open_tickets()`);
  }
}
