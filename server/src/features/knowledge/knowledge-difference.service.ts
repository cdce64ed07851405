import { diffArrays } from 'diff';
import { TEXT_PARTS, type ArticleText } from './knowledge.rules.ts';

/** A piece of a text: in both, only in the newer, or only in the older. */
export interface Piece {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}

export interface PartDifference {
  readonly part: string;
  readonly changed: boolean;
  readonly pieces: Piece[];
}

/** Chinese characters one by one: where a dictionary sees words depends on what stands beside them. */
const WORDS = /\p{Script=Han}|[^\p{Script=Han}\s]+|\s+/gu;

/** Two versions of an article, part by part, word by word in either language (KNW-05). */
export function differences(older: ArticleText & { readonly title: string }, newer: ArticleText & { readonly title: string }): PartDifference[] {
  return (['title', ...TEXT_PARTS] as const).map((part) => {
    const pieces = diffArrays(wordsOf(older[part]), wordsOf(newer[part])).map(({ value, added, removed }): Piece =>
      ({ text: value.join(''), change: added ? 'added' : removed ? 'removed' : 'same' }));
    return { part, changed: pieces.some(({ change }) => change !== 'same'), pieces };
  });
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(WORDS)].map(([word]) => word);
}
