import type { ArticleKind, FaultType, SystemType } from '../features/knowledge/knowledge.rules.ts';

/** An article of the demo, as its author would write it. */
export interface DemoArticle {
  /** Names it among the demo's articles. */
  readonly key: string;
  /** Key of a sub-category. */
  readonly category: string;
  readonly kind: ArticleKind;
  readonly fault: FaultType;
  readonly system: SystemType;
  readonly short: string;
  readonly symptom: string;
  readonly cause: string;
  readonly solution: string;
  readonly prevention: string;
}

type Facts = readonly [kind: ArticleKind, fault: FaultType, system?: SystemType];
type Text = Pick<DemoArticle, 'short' | 'symptom' | 'cause' | 'solution' | 'prevention'>;

/** Articles of one sub-category. */
export function articlesOf(category: string, [kind, fault, system]: Facts, texts: Readonly<Record<string, readonly [short: string, symptom: string, cause: string, solution: string, prevention: string]>>): DemoArticle[] {
  return Object.entries(texts).map(([key, [short, symptom, cause, solution, prevention]]) => {
    const text: Text = { short, symptom, cause, solution, prevention };
    return { key, category, kind, fault, system: system ?? 'other', ...text };
  });
}
