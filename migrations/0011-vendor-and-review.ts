import { Migration } from '@mikro-orm/migrations';

/** Vendor cases (VND-05) and incident review meetings (INC-25). */
export class VendorAndReview extends Migration {
  override up(): void {
  }
}
