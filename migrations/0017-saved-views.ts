import { Migration } from '@mikro-orm/migrations';

/** Saved queues, the one that a person opens with (WBD-04), and what filters by age look up. */
export class SavedViews extends Migration {
  override up(): void {
    this.addSql(`create table "saved_view" ("id" uuid not null, "owner_id" uuid not null, "name" text not null, "slug" text not null, "scope" text not null, "team_id" uuid null, "filter" jsonb not null, "sort" text not null, "grouping" text null, "columns" jsonb not null, "created_at" timestamptz(3) not null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "default_view" ("person_id" uuid not null, "view_id" uuid not null, primary key ("person_id"))`);
    this.addSql(`create index "saved_view_owner_id_index" on "saved_view" ("owner_id")`);
    this.addSql(`create index "saved_view_team_id_index" on "saved_view" ("team_id")`);
    this.addSql(`create index "default_view_view_id_index" on "default_view" ("view_id")`);
    this.addSql(`create index "incident_reported_at_index" on "incident" ("reported_at")`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_slug_unique" unique ("slug")`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_owner_id_foreign" foreign key ("owner_id") references "person" ("id")`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_team_id_foreign" foreign key ("team_id") references "team" ("id") on delete set null`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_scope_check" check ("scope" in ('me', 'team', 'all'))`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_sort_check" check ("sort" in ('priority', 'due', 'reported', 'age', 'level', 'number', 'updated'))`);
    this.addSql(`alter table "saved_view" add constraint "saved_view_grouping_check" check ("grouping" in ('team', 'customer', 'level', 'state', 'holder'))`);
    this.addSql(`alter table "default_view" add constraint "default_view_view_id_foreign" foreign key ("view_id") references "saved_view" ("id")`);
  }
}
