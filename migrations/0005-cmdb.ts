import { Migration } from '@mikro-orm/migrations';

/** Classes, relation rules, versions, baselines of configuration items (CMDB). */
export class Cmdb extends Migration {
  override up(): void {
  }
}
