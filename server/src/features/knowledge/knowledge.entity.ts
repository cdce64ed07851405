import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { ARTICLE_KINDS, ARTICLE_SOURCES, ARTICLE_STATES, FAULT_TYPES, FEEDBACK_VERDICTS, SYSTEM_TYPES, type Worth } from './knowledge.rules.ts';

/** A node of the two-level tree (KNW-01): a category without parent, or a sub-category. */
export const KnowledgeCategoryEntity = defineEntity({
  name: 'KnowledgeCategory',
  tableName: 'knowledge_category',
  properties: {
    id: id(),
    key: p.text().unique(),
    parentId: p.uuid().strictNullable(),
    nameZh: p.text(),
    name: p.text(),
    position: p.integer(),
    active: p.boolean().default(true),
    version: p.integer().default(1),
  },
  indexes: [{ properties: ['parentId', 'position'] }],
});
export type KnowledgeCategory = InferEntity<typeof KnowledgeCategoryEntity>;

/** Who may review what (KNW-10): appointed by the technical manager for one category, or for all. */
export const KnowledgeReviewerEntity = defineEntity({
  name: 'KnowledgeReviewer',
  tableName: 'knowledge_reviewer',
  properties: {
    id: id(),
    personId: reference(PersonEntity, 'person_id').index(),
    /** Of the upper level; null: everything. */
    categoryId: reference(KnowledgeCategoryEntity, 'category_id').strictNullable(),
    appointedBy: p.text(),
    appointedAt: instant(),
  },
});
export type KnowledgeReviewer = InferEntity<typeof KnowledgeReviewerEntity>;

/** The newest text of an article and where it stands. What readers see is the revision that was published last. */
export const KnowledgeArticleEntity = defineEntity({
  name: 'KnowledgeArticle',
  tableName: 'knowledge_article',
  properties: {
    id: id(),
    number: p.text().unique(),
    state: p.enum(ARTICLE_STATES),
    /** Beside the tree (D-51). */
    kind: p.enum(ARTICLE_KINDS),
    categoryId: reference(KnowledgeCategoryEntity, 'category_id').index(),
    systemType: p.enum(SYSTEM_TYPES),
    faultType: p.enum(FAULT_TYPES),
    source: p.enum(ARTICLE_SOURCES),
    /** Where a public case stands, or whose experience it is. */
    sourceNote: p.text().strictNullable(),
    /** Opaque: the problem that it was drafted for (KNW-08). */
    problemId: p.uuid().strictNullable(),
    /** Set for what concerns one customer only; others never see it. */
    customerId: reference(CustomerEntity, 'customer_id').strictNullable(),
    shortDescription: p.text(),
    /** Sub-category and short description (KNW-02). */
    title: p.text(),
    symptom: p.text(),
    cause: p.text(),
    solution: p.text(),
    prevention: p.text(),
    openToCustomers: p.boolean().default(false),
    /** A person's, token's or job's id: opaque here. */
    authorId: p.text(),
    authorName: p.text(),
    /** Whoever has written on it since it was published last: none of them may review it (KNW-03). */
    writerIds: p.json<string[]>(),
    reviewerId: p.text().strictNullable(),
    reviewerName: p.text().strictNullable(),
    /** Words that the check found and the author keeps, for the reviewer to see (KNW-04). */
    keptWords: p.json<string[]>(),
    /** Articles that were shown as similar and are something else (KNW-04). */
    distinctFrom: p.json<string[]>(),
    worth: p.json<Worth[]>(),
    /** Why it was returned, or what the reviewer found at the last review. */
    reviewNote: p.text().strictNullable(),
    /** Counts the texts written so far. */
    revision: p.integer(),
    /** The text that readers see; null: never published. */
    publishedRevision: p.integer().strictNullable(),
    createdAt: instant(),
    updatedAt: instant(),
    submittedAt: instant().strictNullable(),
    publishedAt: instant().strictNullable(),
    reviewDueAt: instant().strictNullable(),
    retiredAt: instant().strictNullable(),
    mergedIntoId: p.uuid().strictNullable(),
    version: p.integer().default(1),
  },
  indexes: [{ properties: ['state', 'updatedAt'] }, { properties: ['state', 'reviewDueAt'] }, { properties: ['problemId'] }, { properties: ['customerId'] }],
});
export type KnowledgeArticle = InferEntity<typeof KnowledgeArticleEntity>;

/** The words of the text that readers see, or of a draft, ready for the search; apart from the article, so that a search reads little (KNW-06). */
export const KnowledgeIndexEntity = defineEntity({
  name: 'KnowledgeIndex',
  tableName: 'knowledge_index',
  properties: {
    articleId: reference(KnowledgeArticleEntity, 'article_id').primary(),
    words: p.text().columnType('tsvector').lazy(),
  },
  indexes: [{ name: 'knowledge_index_words', properties: ['words'], type: 'gin' }],
});

/** Every text that an article ever had (KNW-05). */
export const KnowledgeRevisionEntity = defineEntity({
  name: 'KnowledgeRevision',
  tableName: 'knowledge_revision',
  properties: {
    id: id(),
    articleId: reference(KnowledgeArticleEntity, 'article_id'),
    revision: p.integer(),
    title: p.text(),
    symptom: p.text(),
    cause: p.text(),
    solution: p.text(),
    prevention: p.text(),
    note: p.text().strictNullable(),
    writtenBy: p.text(),
    writtenAt: instant(),
  },
  uniques: [{ properties: ['articleId', 'revision'] }],
});
export type KnowledgeRevision = InferEntity<typeof KnowledgeRevisionEntity>;

/** A record that an article came from, by its number; its id is opaque here (KNW-09). */
export const KnowledgeOriginEntity = defineEntity({
  name: 'KnowledgeOrigin',
  tableName: 'knowledge_origin',
  properties: {
    id: id(),
    articleId: reference(KnowledgeArticleEntity, 'article_id'),
    recordId: p.uuid().strictNullable(),
    number: p.text(),
  },
  uniques: [{ properties: ['articleId', 'number'] }],
});
export type KnowledgeOrigin = InferEntity<typeof KnowledgeOriginEntity>;

/** What a reader says of a text (KNW-05); a person's later word on the same text replaces the earlier. */
export const KnowledgeFeedbackEntity = defineEntity({
  name: 'KnowledgeFeedback',
  tableName: 'knowledge_feedback',
  properties: {
    id: id(),
    articleId: reference(KnowledgeArticleEntity, 'article_id'),
    revision: p.integer(),
    verdict: p.enum(FEEDBACK_VERDICTS),
    comment: p.text().strictNullable(),
    personId: p.text(),
    personName: p.text(),
    givenAt: instant(),
    /** Null while the reviewer still owes an answer; "helped" asks for none. */
    answer: p.text().strictNullable(),
    answeredBy: p.text().strictNullable(),
    answeredAt: instant().strictNullable(),
  },
  uniques: [{ properties: ['articleId', 'revision', 'personId'] }],
});
export type KnowledgeFeedback = InferEntity<typeof KnowledgeFeedbackEntity>;

/** An article used for a piece of work (KNW-05). */
export const KnowledgeUseEntity = defineEntity({
  name: 'KnowledgeUse',
  tableName: 'knowledge_use',
  properties: {
    id: id(),
    articleId: reference(KnowledgeArticleEntity, 'article_id'),
    personId: p.text(),
    personName: p.text(),
    /** Number of the record that it was used for; empty: none in particular. */
    recordNumber: p.text(),
    usedAt: instant(),
  },
  uniques: [{ properties: ['articleId', 'personId', 'recordNumber'] }],
});

/** A file that the text names (KNW-02). */
export const KnowledgeFileEntity = defineEntity({
  name: 'KnowledgeFile',
  tableName: 'knowledge_file',
  properties: {
    id: id(),
    articleId: reference(KnowledgeArticleEntity, 'article_id'),
    name: p.text(),
    mediaType: p.text(),
    size: p.integer(),
    sha256: p.text(),
    content: p.blob().lazy(),
    addedBy: p.text(),
    addedAt: instant(),
  },
  uniques: [{ properties: ['articleId', 'name'] }],
});

/** Words and phrases that mean the same to a search, e.g. 蓝屏 / blue screen / BSOD (KNW-06). */
export const KnowledgeSynonymEntity = defineEntity({
  name: 'KnowledgeSynonym',
  tableName: 'knowledge_synonym',
  properties: {
    id: id(),
    phrases: p.json<string[]>(),
  },
});
export type KnowledgeSynonym = InferEntity<typeof KnowledgeSynonymEntity>;

/** Every table of this feature. */
export const KNOWLEDGE_ENTITIES: readonly object[] = [
  KnowledgeCategoryEntity, KnowledgeReviewerEntity, KnowledgeArticleEntity, KnowledgeIndexEntity, KnowledgeRevisionEntity, KnowledgeOriginEntity,
  KnowledgeFeedbackEntity, KnowledgeUseEntity, KnowledgeFileEntity, KnowledgeSynonymEntity,
];
