import { Migration } from '@mikro-orm/migrations';

/** Port connections, register files, censuses and status reports (CMDB-07, CMDB-08, CMDB-10). */
export class CmdbRegister extends Migration {
  override up(): void {
    this.addSql(`create table "ci_census" ("id" uuid not null, "number" text not null, "kind" text not null, "state" text not null, "customer_id" uuid null, "ci_class" text null, "site" text null, "proposed_at" timestamptz(3) not null, "due_at" timestamptz(3) not null, "started_at" timestamptz(3) null, "started_by_name" text null, "closed_at" timestamptz(3) null, "closed_by_name" text null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`alter table "ci_census" add constraint "ci_census_number_unique" unique ("number")`);
    this.addSql(`create index "ci_census_customer_id_index" on "ci_census" ("customer_id")`);
    this.addSql(`create table "ci_census_item" ("id" uuid not null, "census_id" uuid not null, "ci_id" uuid null, "name" text not null, "finding" text not null, "differences" jsonb not null, "note" text null, "checked_at" timestamptz(3) null, "checked_by_name" text null, "resolution" text null, "resolved_by" text null, "resolved_at" timestamptz(3) null, "resolved_by_name" text null, primary key ("id"))`);
    this.addSql(`create index "ci_census_item_ci_id_index" on "ci_census_item" ("ci_id")`);
    this.addSql(`alter table "ci_census_item" add constraint "ci_census_item_census_id_ci_id_unique" unique ("census_id", "ci_id")`);
    this.addSql(`create table "ci_status_report" ("id" uuid not null, "number" text not null, "customer_id" uuid null, "month" text not null, "period_key" text not null, "content" jsonb not null, "issued_at" timestamptz(3) not null, "issued_by_name" text not null, "digest" text not null, primary key ("id"))`);
    this.addSql(`alter table "ci_status_report" add constraint "ci_status_report_number_unique" unique ("number")`);
    this.addSql(`create index "ci_status_report_customer_id_index" on "ci_status_report" ("customer_id")`);
    this.addSql(`alter table "ci_status_report" add constraint "ci_status_report_period_key_unique" unique ("period_key")`);
    this.addSql(`create table "port_connection" ("id" uuid not null, "cable" text not null, "a_ci_id" uuid not null, "a_port" text not null, "b_ci_id" uuid not null, "b_port" text not null, "cable_type" text null, "status" text not null, primary key ("id"))`);
    this.addSql(`create index "port_connection_cable_index" on "port_connection" ("cable")`);
    this.addSql(`create index "port_connection_b_ci_id_index" on "port_connection" ("b_ci_id")`);
    this.addSql(`alter table "port_connection" add constraint "port_connection_a_ci_id_a_port_b_ci_id_b_port_unique" unique ("a_ci_id", "a_port", "b_ci_id", "b_port")`);
    this.addSql(`create table "ci_register_import" ("id" uuid not null, "kind" text not null, "state" text not null, "file_name" text not null, "customer_id" uuid null, "rows" jsonb not null, "applied" jsonb null, "controlled_count" int not null default 0, "proposed_at" timestamptz(3) not null, "proposed_by_name" text not null, "decided_at" timestamptz(3) null, "decided_by_name" text null, "authorised_by" text null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create index "ci_register_import_customer_id_index" on "ci_register_import" ("customer_id")`);
    this.addSql(`alter table "ci_census" add constraint "ci_census_kind_check" check ("kind" in ('census', 'inspection'))`);
    this.addSql(`alter table "ci_census" add constraint "ci_census_state_check" check ("state" in ('proposed', 'running', 'closed'))`);
    this.addSql(`alter table "ci_census_item" add constraint "ci_census_item_census_id_foreign" foreign key ("census_id") references "ci_census" ("id")`);
    this.addSql(`alter table "ci_census_item" add constraint "ci_census_item_ci_id_foreign" foreign key ("ci_id") references "ci" ("id") on delete set null`);
    this.addSql(`alter table "ci_census_item" add constraint "ci_census_item_finding_check" check ("finding" in ('unchecked', 'found', 'missing', 'different', 'unregistered'))`);
    this.addSql(`alter table "ci_census_item" add constraint "ci_census_item_resolution_check" check ("resolution" in ('change', 'correction'))`);
    this.addSql(`alter table "port_connection" add constraint "port_connection_a_ci_id_foreign" foreign key ("a_ci_id") references "ci" ("id")`);
    this.addSql(`alter table "port_connection" add constraint "port_connection_b_ci_id_foreign" foreign key ("b_ci_id") references "ci" ("id")`);
    this.addSql(`alter table "ci_register_import" add constraint "ci_register_import_kind_check" check ("kind" in ('ci', 'servers', 'ports'))`);
    this.addSql(`alter table "ci_register_import" add constraint "ci_register_import_state_check" check ("state" in ('proposed', 'applied', 'discarded'))`);
    this.addSql(`create sequence ci_census_number`);
    this.addSql(`create sequence ci_status_report_number`);
  }
}
