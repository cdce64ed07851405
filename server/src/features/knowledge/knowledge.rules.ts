import { requiredText } from '../../kernel/text.ts';

/** Where an article stands (KNW-03). */
export const ARTICLE_STATES = ['draft', 'submitted', 'in-review', 'published', 'due-for-review', 'retired', 'merged'] as const;
export type ArticleState = (typeof ARTICLE_STATES)[number];

/** 硬件 / 软件 / 其它: required beside the category (D-51). */
export const ARTICLE_KINDS = ['hardware', 'software', 'other'] as const;
export type ArticleKind = (typeof ARTICLE_KINDS)[number];

/** 系统软件 / 应用软件 / 咨询; what matches none is 其他 (D-51). */
export const SYSTEM_TYPES = ['system-software', 'application-software', 'consulting', 'other'] as const;
export type SystemType = (typeof SYSTEM_TYPES)[number];

/** What kind of fault it is about (KNW-09): the classes of problems (PRB-01). */
export const FAULT_TYPES = ['hardware', 'software', 'server', 'database', 'client', 'network', 'security', 'configuration', 'other'] as const;
export type FaultType = (typeof FAULT_TYPES)[number];

/** 问题 / 自身经验 / 公开案例 (KNW-03). */
export const ARTICLE_SOURCES = ['problem', 'own-experience', 'public-case'] as const;
export type ArticleSource = (typeof ARTICLE_SOURCES)[number];

/** Why an article is worth keeping (KNW-10): 具有普遍性 / 具有代表性 / 节省时间. */
export const WORTHS = ['general', 'representative', 'saves-time'] as const;
export type Worth = (typeof WORTHS)[number];

export const FEEDBACK_VERDICTS = ['helped', 'did-not-help', 'wrong'] as const;
export type FeedbackVerdict = (typeof FEEDBACK_VERDICTS)[number];

/** States whose published text readers may rely on. A text under revision keeps its published one. */
export const GONE_STATES: readonly ArticleState[] = ['retired', 'merged'];

export const ARTICLE_LIMITS = { short: 120, text: 20_000, note: 2000, files: 20, fileBytes: 10 * 1024 * 1024, origins: 50 } as const;

/** The key of the sub-category that takes what matches no other (D-51). */
export const NO_MATCH_CATEGORY = 'other-other';

/** The four parts of the text; cause and solution together are the handling (KNW-02, KNW-09). */
export interface ArticleText {
  readonly symptom: string;
  readonly cause: string;
  readonly solution: string;
  readonly prevention: string;
}

export const TEXT_PARTS = ['symptom', 'cause', 'solution', 'prevention'] as const satisfies readonly (keyof ArticleText)[];
export type TextPart = (typeof TEXT_PARTS)[number];

/** KNW-02: sub-category and short description, the sub-category in the language of the description; not twice where it begins with that name. */
export function composeTitle(category: { readonly name: string; readonly nameZh: string }, shortDescription: string): string {
  const short = requiredText(shortDescription, 'shortDescription', ARTICLE_LIMITS.short);
  if ([category.name, category.nameZh].some((name) => short.toLowerCase().startsWith(name.toLowerCase()))) return short;
  return /\p{Script=Han}/u.test(short) ? `${category.nameZh} ${short}` : `${category.name}: ${short}`;
}
