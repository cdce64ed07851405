import { Migration } from '@mikro-orm/migrations';

/** What the metrics pages read (MET). */
export class Metrics extends Migration {
  override up(): void {
  }
}
