import { Migration } from '@mikro-orm/migrations';

/** CAB, freeze windows, conflicts (CHG, FRZ). */
export class ChangePlanning extends Migration {
  override up(): void {
  }
}
