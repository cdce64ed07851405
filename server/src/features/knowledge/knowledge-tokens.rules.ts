/** A word of a text as the search keeps it, and where it stands. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
  /** How much it says: a pair of characters that crosses a word's border says little. */
  readonly weight: number;
}

/** PostgreSQL keeps positions up to 16383 and lexemes up to 2046 bytes. */
const LONGEST_TERM = 60;
const CROSSING_WEIGHT = 0.3;
const WHOLE_WORD_WEIGHT = 0.8;

const SEGMENTER = new Intl.Segmenter('zh-CN', { granularity: 'word' });
const RUN = /\p{Script=Han}+|[\p{Script=Latin}\p{N}]+(?:[-._'/+#][\p{Script=Latin}\p{N}]+)*[+#]*/gu;
const HAN = /\p{Script=Han}/u;

/** English words and 的了吗 that stand everywhere and distinguish nothing. */
const EMPTY_WORDS = new Set([
  'a', 'an', 'the', 'is', 'are', 'was', 'were', 'be', 'been', 'to', 'of', 'in', 'on', 'at', 'by', 'for', 'and', 'or', 'it', 'its', 'this', 'that', 'with', 'as', 'from',
  'how', 'do', 'does', 'did', 'my', 'i', 'we', 'you', 'our', 'when', 'what', 'why', 'after', 'has', 'have', 'had', 'will', 'can', 'if',
  '怎么', '么办', '什么', '如何', '为什', '请问', '一下', '一个', '这个', '那个', '是否', '可以', '出现', '情况', '问题', '了怎', '处理', '解决',
]);

/**
 * The terms of a text in Chinese, English or both (KNW-06). Chinese: every pair of neighbouring characters, so that a query of
 * two characters is found whatever word a dictionary would see there; words of three and more as a whole; the last character of a
 * run, so that one character can be looked up. English: words with their endings cut, codes such as ORA-01555 whole and in parts.
 */
export function tokensOf(text: string): Token[] {
  const plain = foldWidth(text);
  return [...plain.matchAll(RUN)].flatMap(({ 0: run, index }) => (HAN.test(run) ? chineseTokens(run, index) : latinTokens(run, index)));
}

export function isEmptyWord(term: string): boolean {
  return EMPTY_WORDS.has(term);
}

/** Lower case and half width, character by character, so that positions stay those of the original. */
export function foldWidth(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : code === 0x3000 ? ' ' : text.charAt(at);
    const lower = narrow.toLowerCase();
    folded += lower.length === 1 ? lower : narrow;
  }
  return folded;
}

function chineseTokens(run: string, offset: number): Token[] {
  const characters = [...run];
  const tokens: Token[] = [];
  const inside = innerPairs(run);
  let at = 0;
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    const start = offset + at;
    at += character.length;
    if (next === undefined) tokens.push({ term: character, start, end: start + character.length, weight: characters.length === 1 ? 1 : 0 });
    else tokens.push({ term: character + next, start, end: start + character.length + next.length, weight: inside.has(start - offset) ? 1 : CROSSING_WEIGHT });
  }
  return [...tokens, ...longWords(run, offset)];
}

/** Where a pair lies within one word of the dictionary. Words of one character side by side count as one. */
function innerPairs(run: string): ReadonlySet<number> {
  const inside = new Set<number>();
  const words = [...SEGMENTER.segment(run)];
  for (const [position, { segment, index }] of words.entries()) {
    for (let at = 0; at + 1 < segment.length; at += 1) inside.add(index + at);
    const next = words[position + 1];
    if (segment.length === 1 && next?.segment.length === 1) inside.add(index);
  }
  return inside;
}

function longWords(run: string, offset: number): Token[] {
  return [...SEGMENTER.segment(run)].filter(({ segment }) => segment.length >= 3)
    .map(({ segment, index }) => ({ term: segment.slice(0, LONGEST_TERM), start: offset + index, end: offset + index + segment.length, weight: WHOLE_WORD_WEIGHT }));
}

function latinTokens(run: string, offset: number): Token[] {
  const whole: Token = { term: stem(run).slice(0, LONGEST_TERM), start: offset, end: offset + run.length, weight: 1 };
  const parts = [...run.matchAll(/[\p{Script=Latin}]+|\p{N}+/gu)].map(({ 0: part, index }) => ({ part, start: offset + index }));
  if (parts.length < 2) return [whole];
  const small = parts.filter(({ part }) => part.length >= 2).map(({ part, start }) => ({
    term: stem(part).slice(0, LONGEST_TERM), start, end: start + part.length, weight: /^\p{N}/u.test(part) ? 0.4 : 0.6,
  }));
  return [whole, ...small];
}

/** Cuts the endings of English words that only say number or tense; words that are short or hold digits stay. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const plural = word.replace(/ies$/, 'y').replace(/(ss|x|ch|sh)es$/, '$1').replace(/([^su])s$/, '$1');
  const cut = plural.replace(/(?:ing|ed)$/, '');
  // "string" and "bed" are no participles; "printing" and "stopped" are.
  if (cut === plural || cut.length < 3 || !/[aeiouy]/.test(cut)) return withoutSilentE(plural);
  return withoutSilentE(cut.replace(/([bdfgkmnprt])\1$/, '$1'));
}

/** "configure" and "configured" meet at "configur". */
function withoutSilentE(word: string): string {
  return word.length > 4 ? word.replace(/e$/, '') : word;
}
