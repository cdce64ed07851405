import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { vocabularyOf } from '../service-level/vocabulary.rules.ts';
import { AGES } from './metric-catalog.rules.ts';
import type { MetricDimension } from './metric-figure.rules.ts';
import { term, type Term } from './metric-term.rules.ts';

/** What a figure may be split by, dimensions, customers and teams alike. */
export type LabelKind = MetricDimension | 'customer' | 'team';

export const NOBODY = term('未指定', 'None');

const TABLES = { ci: ['ci', 'name', 'name'], customer: ['customer', 'name', 'name'], team: ['team', 'name_zh', 'name'] } as const;

/** Labels of the parts that policy knows, in its order; null for those that only the database knows. */
export function policyLabels(policies: Policies, kind: LabelKind): ReadonlyMap<string, Term> | null {
  const words = vocabularyOf(policies);
  const map = (terms: readonly (Term & { readonly key: string })[]): ReadonlyMap<string, Term> => new Map(terms.map(({ key, zh, en }) => [key, term(zh, en)]));
  switch (kind) {
    case 'category': return map(Object.values(policies.change.categories));
    // Policy's keys are words, l1; the records' severities are the handbook's, L1.
    case 'severity': return new Map(policies.problem.severities.map(({ key, zh, en }) => [key.toUpperCase(), term(`${key.toUpperCase()} ${zh}`, `${key.toUpperCase()} ${en}`)]));
    // Levels are known by their short names; the word beside it says which way they count.
    case 'level': return new Map(words.levels.map(({ key, zh, en }) => [key, term(`${key} ${zh}`, `${key} ${en}`)]));
    case 'age': return map(AGES);
    case 'step': return map(words.escalationSteps);
    case 'reason': return map(words.suspensionReasons);
    case 'cause': return map(words.causeClasses);
    case 'ci': case 'customer': case 'team': return null;
  }
}

/** Names of CIs, customers or teams by id. */
export async function namesOf(em: Em, kind: 'ci' | 'customer' | 'team', ids: readonly string[]): Promise<ReadonlyMap<string, Term>> {
  const [table, zh, en] = TABLES[kind];
  const rows = await em.execute<{ id: string; zh: string; en: string }[]>(`select id, ${zh} as zh, ${en} as en from ${table} where id = any(?::uuid[])`, [textArray(ids)]);
  return new Map(rows.map((row) => [row.id, term(row.zh, row.en)]));
}
