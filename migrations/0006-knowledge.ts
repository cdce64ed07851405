import { Migration } from '@mikro-orm/migrations';

/** Knowledge articles (KNW). */
export class Knowledge extends Migration {
  override up(): void {
  }
}
