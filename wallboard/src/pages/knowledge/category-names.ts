import type { KnowledgeTreeQuery } from '../../graphql/generated/desk/graphql.ts';
import type { Locale } from '../../lib/messages/translator.ts';

export type Category = KnowledgeTreeQuery['knowledgeCategories'][number];

export function categoryName({ name, nameZh }: Pick<Category, 'name' | 'nameZh'>, locale: Locale): string {
  return locale === 'zh-CN' ? nameZh : name;
}

/** The upper level in its order, each with its sub-categories in theirs. */
export function branchesOf(categories: readonly Category[]): readonly { readonly upper: Category; readonly lower: readonly Category[] }[] {
  const ordered = categories.toSorted((a, b) => a.position - b.position);
  return ordered.filter(({ parentId }) => parentId === null).map((upper) => ({ upper, lower: ordered.filter(({ parentId }) => parentId === upper.id) }));
}
