import { isEmptyWord, tokensOf } from '../knowledge/knowledge-tokens.rules.ts';

/** A known error as it is compared with a report. */
export interface KnownErrorFacts {
  readonly customerId: string;
  readonly ciIds: readonly string[];
  readonly title: string;
  readonly symptom: string | null;
  readonly rootCause: string | null;
}

/** What is known of a report so far; what is missing matches nothing and excludes nothing. */
export interface ReportFacts {
  readonly customerId?: string | null;
  readonly ciId?: string | null;
  readonly symptom?: string | null;
  readonly text?: string | null;
}

export const MATCHES = ['ci', 'symptom', 'text', 'customer'] as const;
export type Match = (typeof MATCHES)[number];

/** A CI says most, then the same symptom, then what was written; the customer only decides between equals. */
const WEIGHT = { ci: 4, symptom: 3, text: 3, customer: 0.5 } as const satisfies Record<Match, number>;
/** A single common word is no likeness. */
const LEAST_SHARE = 0.3;

/** How like a known error a report is, and in what (PRB-03, INC-15). Null: not like it. Nothing given but a customer: all of theirs. */
export function likeness(error: KnownErrorFacts, report: ReportFacts): { score: number; matches: Match[] } | null {
  const matches: Match[] = [];
  let score = 0;
  const add = (match: Match, share = 1): void => { matches.push(match); score += WEIGHT[match] * share; };
  if (report.ciId && error.ciIds.includes(report.ciId)) add('ci');
  if (report.symptom && error.symptom !== null && same(report.symptom, error.symptom)) add('symptom');
  const share = report.text ? sharedWords(report.text, [error.title, error.symptom ?? '', error.rootCause ?? ''].join(' ')) : 0;
  if (share >= LEAST_SHARE) add('text', share);
  const asked = Boolean(report.ciId ?? report.symptom ?? report.text);
  if (report.customerId === error.customerId) add('customer');
  if (asked ? matches.some((match) => match !== 'customer') : report.customerId == null || matches.length > 0) return { score, matches };
  return null;
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Which share of the words of a report, by their weight, stands in the other text. */
function sharedWords(report: string, other: string): number {
  const weights = new Map(tokensOf(report).filter(({ term }) => !isEmptyWord(term)).map(({ term, weight }) => [term, weight]));
  const known = new Set(tokensOf(other).map(({ term }) => term));
  let all = 0;
  let shared = 0;
  for (const [term, weight] of weights) {
    all += weight;
    if (known.has(term)) shared += weight;
  }
  return all === 0 ? 0 : shared / all;
}
