import { TEXT_PARTS, type ArticleText } from './knowledge.rules.ts';
import { foldWidth, isEmptyWord, tokensOf, type Token } from './knowledge-tokens.rules.ts';

/** One thing that a query asks for: a term, or phrases that mean the same. */
export interface Concept {
  /** As PostgreSQL writes a `tsquery`. */
  readonly query: string;
  readonly weight: number;
  /** Terms that a hit of this concept may show, for highlighting. */
  readonly terms: readonly string[];
}

/** A longer query says no more; each concept is a look into the index. */
const MOST_CONCEPTS = 48;
const SYNONYM_WEIGHT = 1.5;

/**
 * What a query asks for (KNW-06). A phrase for which synonyms are known is one concept with all of them; the rest are single terms.
 * A single character finds every word that begins with it.
 */
export function conceptsOf(query: string, synonyms: readonly (readonly string[])[] = []): Concept[] {
  const tokens = tokensOf(query);
  const folded = foldWidth(query);
  const phrases = synonyms.flatMap((group) => {
    const found = group.flatMap((phrase) => placesOf(folded, foldWidth(phrase)));
    return found.length === 0 ? [] : [{ group, found }];
  });
  const covered = phrases.flatMap(({ found }) => found);
  const left = tokens.filter(({ start, end }) => !covered.some((place) => start >= place.start && end <= place.end));
  const single = left.length === 0 && covered.length === 0 ? tokens : left.filter(({ weight, term }) => weight > 0 && !isEmptyWord(term));
  const asked = single.length === 0 && covered.length === 0 ? tokens : single;
  return [...phrases.map(({ group }) => synonymConcept(group)), ...heaviest(asked).map(termConcept)].slice(0, MOST_CONCEPTS);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placesOf(text: string, phrase: string): Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf(phrase); at >= 0 && phrase !== ''; at = text.indexOf(phrase, at + 1)) {
    const end = at + phrase.length;
    // "app" is not in "apply"; Chinese knows no borders.
    const insideWord = /^[a-z0-9]/.test(phrase) && /[a-z0-9]/.test(text[at - 1] ?? '') || /[a-z0-9]$/.test(phrase) && /[a-z0-9]/.test(text[end] ?? '');
    if (!insideWord) places.push({ start: at, end });
  }
  return places;
}

function synonymConcept(group: readonly string[]): Concept {
  const alternatives = group.map((phrase) => [...new Set(tokensOf(phrase).filter(({ weight }) => weight > 0).map(({ term }) => term))]).filter((terms) => terms.length > 0);
  return {
    query: alternatives.map((terms) => `(${terms.map(quoted).join(' & ')})`).join(' | '), weight: SYNONYM_WEIGHT,
    terms: alternatives.flat(),
  };
}

function termConcept({ term, weight }: Pick<Token, 'term' | 'weight'>): Concept {
  const single = [...term].length === 1;
  return { query: single ? `${quoted(term)}:*` : quoted(term), weight: weight === 0 ? 1 : weight, terms: [term] };
}

/** Each term once, with its greatest weight. */
function heaviest(tokens: readonly Token[]): Token[] {
  const byTerm = new Map<string, Token>();
  for (const token of tokens) {
    const known = byTerm.get(token.term);
    if (!known || known.weight < token.weight) byTerm.set(token.term, token);
  }
  return [...byTerm.values()];
}

/** A lexeme as PostgreSQL reads it within a `tsvector` or `tsquery`. */
function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export interface IndexedText extends ArticleText {
  readonly title: string;
}

const PART_WEIGHT = { title: 'A', symptom: 'B', cause: 'C', solution: 'C', prevention: 'D' } as const;
const MOST_POSITIONS = 16_000;
/** PostgreSQL keeps at most 256 positions of a lexeme; more would be dropped with a notice. */
const POSITIONS_PER_TERM = 60;

/** The `tsvector` of an article: title and symptom weigh most. */
export function indexedWords(text: IndexedText): string {
  const positions = new Map<string, string[]>();
  let position = 0;
  for (const part of ['title', ...TEXT_PARTS] as const) {
    for (const { term } of tokensOf(text[part])) {
      position = Math.min(position + 1, MOST_POSITIONS);
      const known = positions.get(term) ?? [];
      if (known.length < POSITIONS_PER_TERM) known.push(`${position}${PART_WEIGHT[part]}`);
      positions.set(term, known);
    }
  }
  return [...positions].map(([term, places]) => `${quoted(term)}:${places.join(',')}`).join(' ');
}

/** A stretch of text; `hit` when the query asked for it. */
export interface Segment {
  readonly text: string;
  readonly hit: boolean;
}

/** The text with what was asked for marked, cut to about `most` characters around the first dense hit. */
export function highlight(text: string, terms: ReadonlySet<string>, most: number): Segment[] {
  const hits = placesOfHits(text, terms);
  const from = hits[0] === undefined || hits[0].start < most / 2 ? 0 : hits[0].start - Math.floor(most / 4);
  const to = Math.min(text.length, from + most);
  const segments: Segment[] = [];
  let at = from;
  const push = (until: number, hit: boolean): void => {
    if (until <= at) return;
    segments.push({ text: text.slice(at, until), hit });
    at = until;
  };
  for (const { start, end } of hits) {
    if (start >= to) break;
    push(Math.max(at, start), false);
    push(Math.min(to, end), true);
  }
  push(to, false);
  const shown = joined(segments);
  return [...(from > 0 ? [{ text: '… ', hit: false }] : []), ...shown, ...(to < text.length ? [{ text: ' …', hit: false }] : [])];
}

/** In their order. A single character that was asked for marks itself where a pair begins with it. */
function placesOfHits(text: string, terms: ReadonlySet<string>): Place[] {
  return tokensOf(text).flatMap(({ term, start, end }) => {
    if (terms.has(term)) return [{ start, end }];
    const [first = ''] = term;
    return first !== term && terms.has(first) && /\p{Script=Han}/u.test(first) ? [{ start, end: start + first.length }] : [];
  }).toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function joined(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if (last?.hit === segment.hit) result[result.length - 1] = { text: last.text + segment.text, hit: last.hit };
    else result.push(segment);
  }
  return result;
}

/** The part of an article that answers best: the one with the most different hits; the symptom when none has any. */
export function bestPart(text: ArticleText, terms: ReadonlySet<string>): keyof ArticleText {
  const counts = TEXT_PARTS.map((part) => ({ part, count: new Set(tokensOf(text[part]).map(({ term }) => term).filter((term) => terms.has(term))).size }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).part;
}

/** What a case is described by, apart from its category. */
export interface Described {
  readonly shortDescription: string;
  readonly symptom: string;
}

const SHORT_SHARE = 0.6;

/**
 * How alike two cases are, 0 to 1 (KNW-04): what both descriptions hold of what either holds (Dice), by terms within words. The short
 * description counts more, since symptoms share much wording; it counts alone where a symptom is not written yet.
 */
export function likeness(one: Described, other: Described): number {
  const short = dice(one.shortDescription, other.shortDescription);
  if (one.symptom.trim() === '' || other.symptom.trim() === '') return short;
  return SHORT_SHARE * short + (1 - SHORT_SHARE) * dice(one.symptom, other.symptom);
}

function dice(one: string, other: string): number {
  const terms = (text: string) => new Set(tokensOf(text).filter(({ term, weight }) => weight >= 0.8 && !isEmptyWord(term)).map(({ term }) => term));
  const [mine, theirs] = [terms(one), terms(other)];
  if (mine.size === 0 || theirs.size === 0) return 0;
  return (2 * mine.intersection(theirs).size) / (mine.size + theirs.size);
}
