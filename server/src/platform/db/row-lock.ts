import { PostgreSqlNativeQueryBuilder } from '@mikro-orm/postgresql';

/**
 * Locks rows for those who write them, not for those who only refer to them: "for update" would also stop every insert whose foreign key
 * leads to the row. Two people whose records name each other would then wait for one another: each holds its own row and inserts a row
 * that refers to the other's (conflicts between changes, links). Keys are never altered here, so the weaker lock keeps out all that it must.
 */
export class RowLockBuilder extends PostgreSqlNativeQueryBuilder {
  protected override addLockClause(): void {
    super.addLockClause();
    const at = this.parts.lastIndexOf('for update');
    if (at >= 0) this.parts[at] = 'for no key update';
  }
}
