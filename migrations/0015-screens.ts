import { Migration } from '@mikro-orm/migrations';

/** Screens on walls, how they are paired, and codes that were wrong (WBD-10). */
export class Screens extends Migration {
  override up(): void {
    this.addSql(`create table "screen" ("id" uuid not null, "name" text not null, "place" text null, "boards" jsonb not null, "locale" text not null default 'zh-CN', "diagonal_inches" double precision not null, "seat_metres" double precision not null, "sound" boolean not null default true, "paired_at" timestamptz(3) not null, "paired_by" text not null, "revoked_at" timestamptz(3) null, "revoked_by" text null, "secret_hash" text not null, "secret_at" timestamptz(3) null, "next_secret_hash" text null, "retired_secret_hash" text null, "retired_at" timestamptz(3) null, "last_seen_at" timestamptz(3) null, "report" jsonb null, "places" jsonb not null, "cloned_at" timestamptz(3) null, "cloned_from" jsonb null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "screen_pairing" ("id" uuid not null, "code_hash" text not null, "secret_hash" text not null, "origin" text not null, "started_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create table "screen_code_attempt" ("id" uuid not null, "actor_id" text not null, "at" timestamptz(3) not null, primary key ("id"))`);
    this.addSql(`create index "screen_retired_secret_hash_index" on "screen" ("retired_secret_hash")`);
    this.addSql(`create index "screen_pairing_code_hash_expires_at_index" on "screen_pairing" ("code_hash", "expires_at")`);
    this.addSql(`create index "screen_pairing_origin_started_at_index" on "screen_pairing" ("origin", "started_at")`);
    this.addSql(`create index "screen_code_attempt_actor_id_at_index" on "screen_code_attempt" ("actor_id", "at")`);
    this.addSql(`alter table "screen" add constraint "screen_secret_hash_unique" unique ("secret_hash")`);
    this.addSql(`alter table "screen" add constraint "screen_next_secret_hash_unique" unique ("next_secret_hash")`);
    this.addSql(`alter table "screen_pairing" add constraint "screen_pairing_secret_hash_unique" unique ("secret_hash")`);
    this.addSql(`alter table "screen" add constraint "screen_locale_check" check ("locale" in ('zh-CN', 'en'))`);
  }
}
