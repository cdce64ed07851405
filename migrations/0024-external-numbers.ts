import { Migration } from '@mikro-orm/migrations';

/** What looks a record up by the number that it had elsewhere, whatever system that was (INC-21). */
export class ExternalNumbers extends Migration {
  override up(): void {
    this.addSql(`create index "ticket_external_number_index" on "ticket" ("external_number") where external_number is not null`);
  }
}
