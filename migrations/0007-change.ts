import { Migration } from '@mikro-orm/migrations';

/** Changes (CHG). */
export class Change extends Migration {
  override up(): void {
  }
}
