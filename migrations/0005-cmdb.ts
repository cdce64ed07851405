import { Migration } from '@mikro-orm/migrations';
import { ATTRIBUTES, CLASSES, RELATION_RULES, RELATION_TYPES } from './0005-cmdb-seed.ts';

/** Classes, relation rules, versions, baselines of configuration items (CMDB). */
export class Cmdb extends Migration {
  override up(): void {
    this.tables();
    this.seed();
    this.carryOver();
    this.history();
    this.references();
  }

  private tables(): void {
    this.addSql(`alter table "ci" add "life" text not null default 'in-use', add "user_name" text null, add "location" text null, add "product_version" text null, add "model" text null, add "specification" text null, add "supplier" text null, add "supplier_contact" text null, add "supplier_phone" text null, add "serial" text null, add "system_serial" text null, add "contract_number" text null, add "warranty_ends_on" text null, add "asset_label" text null, add "accessories" text null, add "addresses" jsonb not null default '[]', add "responsible" jsonb not null default '[]', add "seal" text not null default 'none', add "authority" jsonb null`);
    this.addSql(`alter table "ci_relation" add "propagation" text null, add "created_at" timestamptz(3) not null default clock_timestamp(), add "authority" jsonb null`);
    this.addSql(`create table "ci_baseline" ("id" uuid not null, "name" text not null, "description" text null, "customer_id" uuid null, "replaces_id" uuid null, "as_of" timestamptz(3) not null, "taken_at" timestamptz(3) not null, "taken_by_name" text not null, "ci_count" int not null, primary key ("id"))`);
    this.addSql(`create index "ci_baseline_customer_id_index" on "ci_baseline" ("customer_id")`);
    this.addSql(`alter table "ci_baseline" add constraint "ci_baseline_replaces_id_unique" unique ("replaces_id")`);
    this.addSql(`create index "ci_baseline_taken_at_index" on "ci_baseline" ("taken_at")`);
    this.addSql(`create table "ci_baseline_item" ("baseline_id" uuid not null, "ci_id" uuid not null, "state" jsonb not null, "relations" jsonb not null, primary key ("baseline_id", "ci_id"))`);
    this.addSql(`create index "ci_baseline_item_ci_id_index" on "ci_baseline_item" ("ci_id")`);
    this.addSql(`create table "ci_class" ("key" text not null, "id" uuid not null, "parent_key" text null, "name" text not null, "name_zh" text not null, "abstract" boolean not null default false, "position" int not null, primary key ("key"))`);
    this.addSql(`alter table "ci_class" add constraint "ci_class_id_unique" unique ("id")`);
    this.addSql(`create table "ci_attribute" ("id" uuid not null, "class_key" text not null, "key" text not null, "name" text not null, "name_zh" text not null, "type" text not null, "required" boolean not null default false, "choices" jsonb not null, "unit" text null, "position" int not null, primary key ("id"))`);
    this.addSql(`alter table "ci_attribute" add constraint "ci_attribute_class_key_key_unique" unique ("class_key", "key")`);
    this.addSql(`create table "ci_comparison" ("id" uuid not null, "ci_id" uuid not null, "reason" text not null, "opened_at" timestamptz(3) not null, "opened_by_name" text not null, "finding" text null, "note" text null, "closed_at" timestamptz(3) null, "closed_by_name" text null, primary key ("id"))`);
    this.addSql(`create index "ci_comparison_ci_id_index" on "ci_comparison" ("ci_id")`);
    this.addSql(`create table "ci_exception" ("id" uuid not null, "ci_id" uuid not null, "reason" text not null, "alteration" jsonb not null, "recorded_at" timestamptz(3) not null, "recorded_by_name" text not null, primary key ("id"))`);
    this.addSql(`create index "ci_exception_ci_id_index" on "ci_exception" ("ci_id")`);
    this.addSql(`create index "ci_exception_recorded_at_index" on "ci_exception" ("recorded_at")`);
    this.addSql(`create table "ci_graph" ("id" int not null, "revision" bigint not null, "epoch" bigint not null, "changed_by" text not null, primary key ("id"))`);
    this.addSql(`create table "ci_impact_mark" ("id" uuid not null, "ci_id" uuid not null, "ticket_id" uuid null, "reason" text not null, "marked_at" timestamptz(3) not null, "marked_by_name" text not null, "withdrawn_at" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "ci_impact_mark_ci_id_index" on "ci_impact_mark" ("ci_id")`);
    this.addSql(`create index "ci_impact_mark_ticket_id_index" on "ci_impact_mark" ("ticket_id")`);
    this.addSql(`create table "ci_redundancy" ("id" uuid not null, "ci_id" uuid not null, "type" text not null, "required" int not null, "valid_from" timestamptz(3) not null, "valid_to" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "ci_redundancy_ci_id_index" on "ci_redundancy" ("ci_id")`);
    this.addSql(`create unique index "ci_redundancy_open_unique" on "ci_redundancy" ("ci_id", "type") where valid_to is null`);
    this.addSql(`create table "ci_relation_type" ("key" text not null, "id" uuid not null, "name" text not null, "name_zh" text not null, "reverse_name" text not null, "reverse_name_zh" text not null, "propagation" text not null, "position" int not null, primary key ("key"))`);
    this.addSql(`alter table "ci_relation_type" add constraint "ci_relation_type_id_unique" unique ("id")`);
    this.addSql(`create table "ci_relation_rule" ("id" uuid not null, "type" text not null, "source_class" text not null, "target_class" text not null, "propagation" text null, primary key ("id"))`);
    this.addSql(`alter table "ci_relation_rule" add constraint "ci_relation_rule_type_source_class_target_class_unique" unique ("type", "source_class", "target_class")`);
    this.addSql(`create table "ci_relation_version" ("relation_id" uuid not null, "source_id" uuid not null, "type" text not null, "target_id" uuid not null, "propagation" text not null, "valid_from" timestamptz(3) not null, "valid_to" timestamptz(3) null, "authority" jsonb null, "ended_authority" jsonb null, "added_revision" bigint not null, "ended_revision" bigint null, primary key ("relation_id"))`);
    this.addSql(`create index "ci_relation_version_source_id_index" on "ci_relation_version" ("source_id")`);
    this.addSql(`create index "ci_relation_version_target_id_index" on "ci_relation_version" ("target_id")`);
    this.addSql(`create index "ci_relation_version_added_revision_index" on "ci_relation_version" ("added_revision")`);
    this.addSql(`create index "ci_relation_version_ended_revision_index" on "ci_relation_version" ("ended_revision")`);
    this.addSql(`create table "ci_version" ("ci_id" uuid not null, "seq" int not null, "valid_from" timestamptz(3) not null, "valid_to" timestamptz(3) null, "state" jsonb not null, primary key ("ci_id", "seq"))`);
    this.addSql(`create table "service_ci" ("id" uuid not null, "service_id" uuid not null, "ci_id" uuid not null, "valid_from" timestamptz(3) not null, "valid_to" timestamptz(3) null, primary key ("id"))`);
    this.addSql(`create index "service_ci_service_id_index" on "service_ci" ("service_id")`);
    this.addSql(`create index "service_ci_ci_id_index" on "service_ci" ("ci_id")`);
    this.addSql(`create index "ci_life_index" on "ci" ("life")`);
    this.addSql(`create index "ci_serial_index" on "ci" ("serial")`);
    this.addSql(`create index "ci_asset_label_index" on "ci" ("asset_label")`);
  }

  /** The class tree and the relation rules are data; they stand here so that every database has them from its first row on. */
  private seed(): void {
    this.addSql(`insert into ci_class (key, id, parent_key, name, name_zh, abstract, position)
      select ltrim(e->>0, '*'), gen_random_uuid(), e->>1, e->>2, e->>3, left(e->>0, 1) = '*', n from jsonb_array_elements('${literal(CLASSES)}'::jsonb) with ordinality as given (e, n)`);
    this.addSql(`insert into ci_attribute (id, class_key, key, name, name_zh, type, required, choices, unit, position)
      select gen_random_uuid(), e->>0, e->>1, e->>3, e->>4, rtrim(e->>2, '!'), right(e->>2, 1) = '!',
        case when jsonb_typeof(e->5) = 'array' then e->5 else '[]' end, case when jsonb_typeof(e->5) = 'string' then e->>5 end, n
      from jsonb_array_elements('${literal(ATTRIBUTES)}'::jsonb) with ordinality as given (e, n)`);
    this.addSql(`insert into ci_relation_type (key, id, propagation, name, name_zh, reverse_name, reverse_name_zh, position)
      select e->>0, gen_random_uuid(), e->>1, e->>2, e->>3, e->>4, e->>5, n from jsonb_array_elements('${literal(RELATION_TYPES)}'::jsonb) with ordinality as given (e, n)`);
    this.addSql(`insert into ci_relation_rule (id, type, source_class, target_class, propagation)
      select gen_random_uuid(), e->>0, e->>1, e->>2, e->>3 from jsonb_array_elements('${literal(RELATION_RULES)}'::jsonb) as given (e)`);
    this.addSql(`insert into ci_graph (id, revision, epoch, changed_by) values (1, 0, 0, '')`);
  }

  /** Items that are there already: their class must be one, their status word stands for a stage of life, fields leave the attributes. */
  private carryOver(): void {
    this.addSql(`update ci set class = 'other' where class not in (select key from ci_class)`);
    this.addSql(`update ci set life = case
        when lower(status) in ('planned', 'ordered') then 'ordered' when lower(status) in ('staged', 'available', 'reserved', 'inventory', 'spare') then 'in-stock'
        when lower(status) in ('failed', 'repair') then 'in-repair' when lower(status) in ('decommissioning', 'retired') then 'retired' when lower(status) = 'disposed' then 'disposed'
        else 'in-use' end,
      model = attributes->>'model', serial = attributes->>'serial', asset_label = attributes->>'asset_tag', location = attributes->>'location',
      attributes = attributes - 'model' - 'serial' - 'asset_tag' - 'location'`);
    this.addSql(`insert into service_ci (id, service_id, ci_id, valid_from)
      select gen_random_uuid(), s.id, c.id, to_timestamp(0) from service s, jsonb_array_elements_text(s.ci_ids) as named (ci_id) join ci c on c.id::text = named.ci_id`);
    this.addSql(`insert into ci_version (ci_id, seq, valid_from, state) select id, 1, updated_at, to_jsonb(ci) from ci`);
    this.addSql(`insert into ci_relation_version (relation_id, source_id, type, target_id, propagation, valid_from, added_revision)
      select r.id, r.source_id, r.type, r.target_id, coalesce(t.propagation, 'none'), greatest(s.created_at, e.created_at), 0
      from ci_relation r join ci s on s.id = r.source_id join ci e on e.id = r.target_id left join ci_relation_type t on t.key = r.type`);
  }

  /** The database itself keeps what was, so that no writer can leave it out (CMDB-05). */
  private history(): void {
    this.addSql(`
create function ci_keep_version() returns trigger language plpgsql as $$
declare
  last ci_version%rowtype;
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'updated_at' = to_jsonb(old) - 'updated_at' then return null; end if;
  select * into last from ci_version where ci_id = new.id and valid_to is null order by seq desc limit 1;
  if found then
    update ci_version set valid_to = greatest(new.updated_at, last.valid_from) where ci_id = last.ci_id and seq = last.seq;
  end if;
  insert into ci_version (ci_id, seq, valid_from, state)
  values (new.id, coalesce(last.seq, 0) + 1, greatest(new.updated_at, coalesce(last.valid_from, new.updated_at)), to_jsonb(new));
  return null;
end $$`);
    this.addSql(`create trigger ci_keeps_versions after insert or update on ci for each row execute function ci_keep_version()`);
    this.addSql(`
create function ci_count_revision() returns trigger language plpgsql as $$
begin
  update ci_graph set revision = revision + 1, changed_by = pg_current_xact_id()::text where id = 1;
  return null;
end $$`);
    this.addSql(`create trigger ci_relation_counts before insert or update or delete on ci_relation for each statement execute function ci_count_revision()`);
    this.addSql(`create trigger ci_redundancy_counts before insert or update or delete on ci_redundancy for each statement execute function ci_count_revision()`);
    this.addSql(`
create function ci_keep_relation() returns trigger language plpgsql as $$
declare
  now_at bigint;
begin
  select revision into now_at from ci_graph where id = 1;
  if tg_op = 'INSERT' then
    insert into ci_relation_version (relation_id, source_id, type, target_id, propagation, valid_from, authority, added_revision)
    values (new.id, new.source_id, new.type, new.target_id,
      coalesce(new.propagation, (select propagation from ci_relation_type where key = new.type), 'none'), new.created_at, new.authority, now_at);
  elsif tg_op = 'DELETE' then
    update ci_relation_version set valid_to = coalesce(valid_to, greatest(valid_from, clock_timestamp())), ended_revision = now_at where relation_id = old.id;
  else
    update ci_relation_version set propagation = coalesce(new.propagation, propagation) where relation_id = new.id;
    update ci_graph set epoch = epoch + 1 where id = 1;
  end if;
  return null;
end $$`);
    this.addSql(`create trigger ci_relation_keeps_versions after insert or update or delete on ci_relation for each row execute function ci_keep_relation()`);
  }

  private references(): void {
    this.addSql(`alter table "ci" add constraint "ci_class_foreign" foreign key ("class") references "ci_class" ("key")`);
    this.addSql(`alter table "ci" add constraint "ci_life_check" check ("life" in ('ordered', 'in-stock', 'in-use', 'in-repair', 'retired', 'disposed'))`);
    this.addSql(`alter table "ci" add constraint "ci_seal_check" check ("seal" in ('none', 'intact', 'broken'))`);
    this.addSql(`alter table "ci_baseline_item" add constraint "ci_baseline_item_baseline_id_foreign" foreign key ("baseline_id") references "ci_baseline" ("id")`);
    this.addSql(`alter table "ci_attribute" add constraint "ci_attribute_class_key_foreign" foreign key ("class_key") references "ci_class" ("key")`);
    this.addSql(`alter table "ci_comparison" add constraint "ci_comparison_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
    this.addSql(`alter table "ci_comparison" add constraint "ci_comparison_finding_check" check ("finding" in ('same', 'different'))`);
    this.addSql(`alter table "ci_exception" add constraint "ci_exception_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
    this.addSql(`alter table "ci_impact_mark" add constraint "ci_impact_mark_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
    this.addSql(`alter table "ci_redundancy" add constraint "ci_redundancy_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
    this.addSql(`alter table "ci_relation_rule" add constraint "ci_relation_rule_type_foreign" foreign key ("type") references "ci_relation_type" ("key")`);
    this.addSql(`alter table "ci_relation_rule" add constraint "ci_relation_rule_source_class_foreign" foreign key ("source_class") references "ci_class" ("key")`);
    this.addSql(`alter table "ci_relation_rule" add constraint "ci_relation_rule_target_class_foreign" foreign key ("target_class") references "ci_class" ("key")`);
    this.addSql(`alter table "service_ci" add constraint "service_ci_ci_id_foreign" foreign key ("ci_id") references "ci" ("id")`);
  }
}

/** JSON within a quoted SQL text. */
function literal(rows: readonly unknown[]): string {
  return JSON.stringify(rows).replaceAll("'", "''");
}
