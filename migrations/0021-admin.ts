import { Migration } from '@mikro-orm/migrations';

/**
 * SLA-10: an edit of an agreement's terms makes its own open incidents due for a look, as an edit of policy does for all
 * (0003): in the edit's own transaction, by the database.
 */
export class Admin extends Migration {
  override up(): void {
    this.addSql(`alter table "agreement" add column "terms_since" timestamptz(3) null`);
    this.addSql(`alter table "service" add column "version" int not null default 1`);
    this.addSql(`alter table "project" add column "version" int not null default 1`);
    this.addSql(`alter table "site" add column "active" boolean not null default true, add column "version" int not null default 1`);
    this.addSql(`alter table "calendar" add column "active" boolean not null default true`);
    this.addSql(`create table "password_reset" ("id" uuid not null, "person_id" uuid not null, "secret_hash" text not null, "created_by" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "password_reset_person_id_index" on "password_reset" ("person_id")`);
    this.addSql(`alter table "password_reset" add constraint "password_reset_secret_hash_unique" unique ("secret_hash")`);
    this.addSql(`alter table "password_reset" add constraint "password_reset_person_id_foreign" foreign key ("person_id") references "person" ("id")`);
    this.addSql(`
create function look_at_agreement_tickets() returns trigger language plpgsql as $$
begin
  insert into timer (ticket_id, purpose, due_at)
  select t.id, 'clocks', to_timestamp(0) from ticket t join incident i on i.ticket_id = t.id
  where i.agreement_id = new.id and t.closed_at is null order by t.id
  on conflict (ticket_id, purpose) do update set due_at = excluded.due_at;
  return null;
end $$`);
    this.addSql(`create trigger agreement_edit_replans after update on agreement for each row when (old.version <> new.version) execute function look_at_agreement_tickets()`);
  }
}
