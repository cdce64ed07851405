import { createContext, useContext } from 'react';
import type { TermFieldsFragment, VocabularyQuery } from '../graphql/generated/desk/graphql.ts';
import type { DeskMessageKey } from '../lib/messages/desk/zh-CN.ts';
import type { NoticesMessageKey } from '../lib/messages/notices/zh-CN.ts';
import type { QueueMessageKey } from '../lib/messages/queue/zh-CN.ts';
import type { Locale, Translate } from '../lib/messages/translator.ts';

export type Vocabulary = VocabularyQuery['vocabulary'];
export type Term = TermFieldsFragment;

/** The language of a person at a desk, their zone, and the words of the desk pages in that language. */
export interface DeskWords {
  readonly locale: Locale;
  /** The browser's zone; always shown beside a full time (WBD-09). */
  readonly timeZone: string;
  readonly t: Translate<DeskMessageKey>;
  readonly queue: Translate<QueueMessageKey>;
  readonly notices: Translate<NoticesMessageKey>;
  /** Whether there is a text of that name: for words that the server may have and this page not yet. */
  readonly knows: (key: string) => key is DeskMessageKey;
  readonly setLocale: (locale: Locale) => void;
  /** The server's labels for enum-like words; empty until they have come. */
  readonly vocabulary: Vocabulary;
}

export const DeskWordsContext = createContext<DeskWords | null>(null);

export function useDeskWords(): DeskWords {
  const words = useContext(DeskWordsContext);
  if (words === null) throw new Error('Must hold: a desk page has words');
  return words;
}

/** The label of a word in the person's language; the word itself when the vocabulary does not know it. */
export function labelOf(terms: readonly Term[], key: string | null, locale: Locale): string {
  if (key === null) return '—';
  const term = terms.find((one) => wordKey(one.key) === wordKey(key));
  if (term === undefined) return key;
  return locale === 'zh-CN' ? term.zh : term.en;
}

/** The schema writes IN_PROGRESS, the vocabulary in-progress: the same word. */
export function wordKey(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

export function teamName(team: { readonly name: string; readonly nameZh: string | null } | null, locale: Locale): string {
  if (team === null) return '—';
  return locale === 'zh-CN' ? (team.nameZh ?? team.name) : team.name;
}

export const NO_VOCABULARY: Vocabulary = {
  states: [], levels: [], categories: [], technicalClasses: [], channels: [], suspensionReasons: [], closureCodes: [], causeClasses: [],
  difficulties: [], clockKinds: [], escalationSteps: [], roles: [], workLogKinds: [], linkKinds: [], tiers: [], teamPurposes: [],
};
