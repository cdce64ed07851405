import { Migration } from '@mikro-orm/migrations';

/** What a customer sees of the files of a record (ORG-03), and their service reports, frozen when issued (SLM-06). */
export class CustomerPages extends Migration {
  override up(): void {
    this.addSql(`alter table "attachment" add column "customer_visible" boolean not null default false`);
    // What the customer attached stays theirs to see, and papers of changes and releases are what they confirm by.
    this.addSql(`update "attachment" a set "customer_visible" = true from "ticket" t where t.id = a.ticket_id
      and (t.kind in ('change', 'release') and a.paper is not null or exists (select from "person" p where p.name = a.author_name and p.customer_id = t.customer_id))`);
    this.addSql(`create table "customer_report" ("id" uuid not null, "customer_id" uuid not null, "period" text not null, "remark" text not null, "content" jsonb not null, "sha256" text not null, "issued_at" timestamptz(3) not null, "issued_by" text not null, primary key ("id"))`);
    this.addSql(`alter table "customer_report" add constraint "customer_report_customer_id_period_unique" unique ("customer_id", "period")`);
  }
}
