import { Migration } from '@mikro-orm/migrations';

/** Vendor cases (VND-05) and incident review meetings (INC-25). */
export class VendorAndReview extends Migration {
  override up(): void {
    this.addSql(`create table "review_meeting" ("id" uuid not null, "month" text not null, "state" text not null, "from_at" timestamptz(3) not null, "to_at" timestamptz(3) not null, "figures" jsonb not null, "prepared_at" timestamptz(3) not null, "prepared_by" text not null, "held_at" timestamptz(3) null, "held_by" text null, "attendees" jsonb not null, "minutes" text null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "review_entry" ("id" uuid not null, "meeting_id" uuid not null, "list" text not null, "value" text not null, "label" text not null, "customer_id" uuid not null, "incident_ids" jsonb not null, "decision" text null, "reason" text null, "decided_at" timestamptz(3) null, "decided_by" text null, "result_id" uuid null, primary key ("id"))`);
    this.addSql(`create table "vendor" ("id" uuid not null, "name" text not null, "products" jsonb not null, "contact" text null, "phone" text null, "email" text null, "active" boolean not null default true, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "vendor_case" ("id" uuid not null, "number" text not null, "state" text not null, "customer_id" uuid not null, "ticket_id" uuid null, "escalation_id" uuid null, "vendor_id" uuid null, "product" text null, "case_number" text null, "contact" text null, "opened_at" timestamptz(3) not null, "opened_by" text not null, "number_entered_at" timestamptz(3) null, "number_entered_by" text null, "next_update_at" timestamptz(3) null, "ended_at" timestamptz(3) null, "ended_by" text null, "result" text null, "version" int not null default 1, primary key ("id"))`);
    this.addSql(`create table "vendor_case_entry" ("id" uuid not null, "case_id" uuid not null, "text" text not null, "recorded_at" timestamptz(3) not null, "author" text not null, primary key ("id"))`);
    this.addSql(`create index "vendor_case_customer_id_index" on "vendor_case" ("customer_id")`);
    this.addSql(`create index "vendor_case_ticket_id_index" on "vendor_case" ("ticket_id")`);
    this.addSql(`create index "vendor_case_state_opened_at_index" on "vendor_case" ("state", "opened_at")`);
    this.addSql(`create index "vendor_case_entry_case_id_index" on "vendor_case_entry" ("case_id")`);
    this.addSql(`alter table "review_meeting" add constraint "review_meeting_month_unique" unique ("month")`);
    this.addSql(`alter table "review_entry" add constraint "review_entry_meeting_id_list_customer_id_value_unique" unique ("meeting_id", "list", "customer_id", "value")`);
    this.addSql(`alter table "vendor" add constraint "vendor_name_unique" unique ("name")`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_number_unique" unique ("number")`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_escalation_id_unique" unique ("escalation_id")`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_vendor_id_case_number_unique" unique ("vendor_id", "case_number")`);
    this.addSql(`alter table "review_meeting" add constraint "review_meeting_state_check" check ("state" in ('preparing', 'held'))`);
    this.addSql(`alter table "review_entry" add constraint "review_entry_meeting_id_foreign" foreign key ("meeting_id") references "review_meeting" ("id")`);
    this.addSql(`alter table "review_entry" add constraint "review_entry_customer_id_foreign" foreign key ("customer_id") references "customer" ("id")`);
    this.addSql(`alter table "review_entry" add constraint "review_entry_result_id_foreign" foreign key ("result_id") references "ticket" ("id") on delete set null`);
    this.addSql(`alter table "review_entry" add constraint "review_entry_list_check" check ("list" in ('repeated', 'workaround'))`);
    this.addSql(`alter table "review_entry" add constraint "review_entry_decision_check" check ("decision" in ('problem', 'change', 'none'))`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_customer_id_foreign" foreign key ("customer_id") references "customer" ("id")`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on delete set null`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_escalation_id_foreign" foreign key ("escalation_id") references "escalation" ("id") on delete set null`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_vendor_id_foreign" foreign key ("vendor_id") references "vendor" ("id") on delete set null`);
    this.addSql(`alter table "vendor_case" add constraint "vendor_case_state_check" check ("state" in ('number-owed', 'open', 'closed', 'dropped'))`);
    this.addSql(`alter table "vendor_case_entry" add constraint "vendor_case_entry_case_id_foreign" foreign key ("case_id") references "vendor_case" ("id")`);
    this.addSql(`create sequence vendor_case_number`);
  }
}
