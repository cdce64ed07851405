import { Migration } from '@mikro-orm/migrations';

/** Releases (REL). */
export class Release extends Migration {
  override up(): void {
  }
}
