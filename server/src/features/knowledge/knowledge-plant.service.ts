import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { KnowledgeCategoryEntity, KnowledgeSynonymEntity } from './knowledge.entity.ts';

type Names = readonly [key: string, zh: string, en: string];

export interface FirstKnowledge {
  readonly tree: readonly (readonly [upper: Names, lower: readonly Names[]])[];
  readonly synonyms: readonly (readonly string[])[];
}

/**
 * The tree and the words of a new installation, in one transaction. Only once: what the technical manager has renamed or taken
 * out since must not come back (KNW-01).
 */
export async function plantKnowledge(database: Database, actor: Actor, { tree, synonyms }: FirstKnowledge): Promise<void> {
  requirePermission(actor, 'knowledge.manage');
  await database.change(actor, async ({ em, emit, now }) => {
    // Two servers may start at once: the second waits, then finds the tree.
    await em.execute('select pg_advisory_xact_lock(hashtext(?))', ['knowledge-tree']);
    if ((await em.count(KnowledgeCategoryEntity, {})) > 0) return;
    const add = ([key, nameZh, name]: Names, parentId: string | null, position: number): string => {
      const id = newId();
      em.create(KnowledgeCategoryEntity, { id, key, parentId, nameZh, name, position, active: true, version: 1 }, { persist: true });
      return id;
    };
    for (const [position, [upper, lower]] of tree.entries()) {
      const parentId = add(upper, null, position);
      for (const [place, names] of lower.entries()) add(names, parentId, place);
      emit({ type: 'knowledge.categoryAdded', subjectKind: 'knowledge-category', subjectId: parentId, occurredAt: await now(), after: { key: upper[0], sub: lower.map(([key]) => key) } });
    }
    for (const phrases of synonyms) em.create(KnowledgeSynonymEntity, { id: newId(), phrases: [...phrases] }, { persist: true });
  });
}
