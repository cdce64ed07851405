import { Migration } from '@mikro-orm/migrations';

/** Census, inspections and reports of the CI register (CMDB-08, CMDB-10). */
export class CmdbRegister extends Migration {
  override up(): void {
  }
}
