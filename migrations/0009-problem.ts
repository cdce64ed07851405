import { Migration } from '@mikro-orm/migrations';

/** Problems (PRB). */
export class Problem extends Migration {
  override up(): void {
  }
}
