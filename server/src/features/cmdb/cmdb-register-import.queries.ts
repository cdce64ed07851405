import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { comparisonOf } from './cmdb-register-import.service.ts';
import { RegisterImportEntity, type RegisterImport } from './cmdb-register.entity.ts';
import { REGISTER_COLUMNS } from './cmdb-register.rules.ts';
import { readCursor, writeCursor } from './cmdb-topology.queries.ts';

/** Files of the register, the newest first, at most 100. */
export async function registerImports(em: Em, actor: Actor, first: number): Promise<RegisterImport[]> {
  requirePermission(actor, 'cmdb.edit');
  const visible = visibleCustomers(actor, 'cmdb.edit');
  const where = visible === 'all' ? {} : { customerId: { $in: [...visible] } };
  return em.find(RegisterImportEntity, where, { orderBy: { proposedAt: 'desc', id: 'desc' }, limit: pageRequest(first, null).first, exclude: ['rows', 'applied'] }) as Promise<RegisterImport[]>;
}

export interface ComparisonRequest {
  readonly id: string;
  /** Left out: all that differ. */
  readonly outcome?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

/** A file, its counts and one page of its differences. */
export async function comparisonPage(database: Database, actor: Actor, { id, outcome, ...request }: ComparisonRequest) {
  const { first, after } = pageRequest(request.first, request.after);
  const found = await comparisonOf(database, actor, id);
  if (!found) return null;
  const { file, counts, digest, differences } = found;
  const start = after === null ? 0 : Number(readCursor(after, 1)[0]);
  const shown = differences.filter((one) => one.outcome !== 'same' && (!outcome || one.outcome === outcome));
  const titles = new Map(REGISTER_COLUMNS[file.kind].map(({ key, zh, en }) => [key, { titleZh: zh, titleEn: en }]));
  const nodes = shown.slice(start, start + first).map((difference) => ({
    ...difference, changes: difference.changes.map((change) => ({ ...change, ...(titles.get(change.field) ?? { titleZh: change.field, titleEn: change.field }) })),
  }));
  return { file, counts, digest, differences: { nodes, pageInfo: { hasNextPage: start + first < shown.length, endCursor: writeCursor([String(start + first)]) } } };
}
