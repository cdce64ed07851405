import { minutesOf, shortSpan } from './spans.ts';
import { toggled, valuesOf, withKey, type FilterKey } from './queue-filter.ts';

/** A value of a key: how the address writes it, how it is shown, and every word by which people call it. */
export interface TermOption {
  readonly value: string;
  readonly label: string;
  readonly names: readonly string[];
}

/**
 * A key that can be typed: `list` holds several of its options, `one` holds one, `flag` is on or off, `clock` takes options and
 * spans (`<60m`), `age` spans only (`>2d`, `<4h`).
 */
export interface Term {
  readonly key: FilterKey;
  readonly kind: 'list' | 'one' | 'flag' | 'clock' | 'age';
  readonly label: string;
  /** In both languages, and short ones. */
  readonly names: readonly string[];
  readonly options: readonly TermOption[];
}

export interface Fault {
  /** What was typed. */
  readonly token: string;
  readonly why: 'key' | 'value' | 'ambiguous';
  /** What would be right. */
  readonly right: readonly string[];
}

export interface ReadLine {
  readonly search: URLSearchParams;
  readonly faults: readonly Fault[];
  /** What was not understood, to be mended where it was typed. */
  readonly rest: string;
}

const MOST_SHOWN = 8;

/** Words of a line; what stands in quotation marks is one. `team:"Network team" mail` → [`team:"Network team"`, `mail`] */
export function tokensOf(line: string): readonly string[] {
  return line.match(/(?:[^\s":：]+[:：])?"[^"]*"?|\S+/gu) ?? [];
}

/** Takes a typed line into an address. What means nothing is told, never dropped; words without a key are looked for as they stand. */
export function readLine(line: string, terms: readonly Term[], before: URLSearchParams): ReadLine {
  let search = before;
  const faults: Fault[] = [];
  const words: string[] = [];
  for (const token of tokensOf(line)) {
    const [, name = '', value = ''] = /^([^\s":：]+)[:：](.*)$/u.exec(token) ?? [];
    if (name === '') {
      words.push(unquoted(token));
      continue;
    }
    const read = readTerm(token, { name, value: unquoted(value) }, terms, search);
    if ('search' in read) search = read.search;
    else faults.push(read);
  }
  if (words.length > 0) search = withKey(search, 'q', [words.join(' ')]);
  return { search, faults, rest: faults.map(({ token }) => token).join(' ') };
}

function readTerm(token: string, { name, value }: { readonly name: string; readonly value: string }, terms: readonly Term[], search: URLSearchParams): { readonly search: URLSearchParams } | Fault {
  const term = termNamed(name, terms);
  if (term === undefined) return { token, why: 'key', right: terms.map(({ names }) => names[0] ?? '') };
  let next = search;
  for (const part of value.split(/[,，]/u)) {
    const read = readValue(term, part.trim(), next);
    if (!('search' in read)) return { token, ...read };
    next = read.search;
  }
  return { search: next };
}

type ReadValue = { readonly search: URLSearchParams } | Pick<Fault, 'why' | 'right'>;

function readValue(term: Term, part: string, search: URLSearchParams): ReadValue {
  const spanned = term.kind === 'age' || term.kind === 'clock' ? readSpan(term, part, search) : null;
  if (spanned !== null) return spanned;
  const found = optionsNamed(part, term.options);
  const [only] = found;
  if (only === undefined) return { why: 'value', right: rightOf(term) };
  if (found.length > 1) return { why: 'ambiguous', right: found.slice(0, MOST_SHOWN).map(({ label }) => label) };
  return { search: withOption(term, only.value, search) };
}

/** `<60m` of a clock: due within; of an age: younger. `>2d` of an age: older. */
function readSpan(term: Term, part: string, search: URLSearchParams): ReadValue | null {
  const [, sign = '', span = ''] = /^([<>＜＞])=?(.+)$/u.exec(part) ?? [];
  const minutes = sign === '' ? null : minutesOf(span);
  const less = sign === '<' || sign === '＜';
  if (minutes === null) return sign === '' ? null : { why: 'value', right: rightOf(term) };
  if (term.kind === 'age') return { search: withKey(search, less ? 'younger' : 'older', [shortSpan(minutes)]) };
  return less ? { search: withOption(term, `DUE_${minutes}`, search) } : { why: 'value', right: rightOf(term) };
}

function withOption(term: Term, value: string, search: URLSearchParams): URLSearchParams {
  const values = valuesOf(search, term.key);
  if (term.kind === 'flag') return withKey(search, term.key, value === '1' ? ['1'] : []);
  if (term.kind === 'one') return withKey(search, term.key, [value]);
  return values.includes(value) ? search : withKey(search, term.key, toggled(values, value));
}

function rightOf({ kind, options }: Term): readonly string[] {
  const spans = kind === 'age' ? ['>2d', '<4h'] : kind === 'clock' ? ['<60m'] : [];
  return [...spans, ...options.map(({ label }) => label)].slice(0, MOST_SHOWN);
}

function termNamed(name: string, terms: readonly Term[]): Term | undefined {
  const word = name.toLowerCase();
  return terms.find(({ names }) => names.some((one) => one.toLowerCase() === word));
}

/** Those called so; else the one whose name begins so or holds it. "net" is the network team where no other begins so. */
function optionsNamed(part: string, options: readonly TermOption[]): readonly TermOption[] {
  const word = part.toLowerCase();
  if (word === '') return [];
  const where = (fits: (name: string) => boolean) => options.filter(({ names }) => names.some((name) => fits(name.toLowerCase())));
  const exact = where((name) => name === word);
  if (exact.length > 0) return exact;
  const begins = where((name) => name.startsWith(word));
  return begins.length > 0 ? begins : where((name) => name.includes(word));
}

export interface Suggestion {
  /** The line once it is taken. */
  readonly line: string;
  readonly label: string;
  readonly hint: string;
}

/** What the last word of a line could become: a key, or a value of the key before its colon. */
export function suggestionsFor(line: string, terms: readonly Term[]): readonly Suggestion[] {
  const last = /\s$/u.test(line) ? '' : (tokensOf(line).at(-1) ?? '');
  const head = line.slice(0, line.length - last.length);
  const [, name = '', value = ''] = /^([^\s":：]+)[:：](.*)$/u.exec(last) ?? [];
  if (name === '') {
    const word = last.toLowerCase();
    return terms.filter(({ names }) => names.some((one) => one.toLowerCase().startsWith(word)))
      .map(({ names, label }) => ({ line: `${head}${names[0] ?? ''}:`, label, hint: `${names[0] ?? ''}:` })).slice(0, terms.length);
  }
  const term = termNamed(name, terms);
  if (term === undefined) return [];
  const parts = value.replaceAll('"', '').split(/[,，]/u);
  const typed = (parts.at(-1) ?? '').trim();
  const options = typed === '' ? term.options : optionsNamed(typed, term.options);
  const spans = term.kind === 'age' ? ['>4h', '>1d', '>3d', '<4h', '<1d'] : term.kind === 'clock' ? ['<15m', '<60m', '<4h'] : [];
  const taken = (word: string): string => `${head}${name}:${quoted([...parts.slice(0, -1), word].join(','))} `;
  return [
    ...options.map(({ label, names }) => ({ line: taken(names[0] ?? label), label, hint: names.find((one) => one !== label) ?? '' })),
    ...spans.filter((span) => span.startsWith(typed)).map((span) => ({ line: taken(span), label: span, hint: term.label })),
  ].slice(0, MOST_SHOWN);
}

function quoted(text: string): string {
  return /\s/u.test(text) ? `"${text}"` : text;
}

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}

export interface Chip {
  readonly key: FilterKey;
  readonly value: string;
  readonly keyLabel: string;
  readonly label: string;
}

/** Each thing that an address filters by, as something that can be taken away. */
export function chipsOf(search: URLSearchParams, terms: readonly Term[], textLabel: string): readonly Chip[] {
  const chips = terms.flatMap((term): Chip[] => {
    if (term.kind === 'age') {
      return (['older', 'younger'] as const).flatMap((key) => valuesOf(search, key).map((value) => ({ key, value, keyLabel: term.label, label: `${key === 'older' ? '>' : '<'} ${value}` })));
    }
    return valuesOf(search, term.key).map((value) => ({ key: term.key, value, keyLabel: term.label, label: labelOfValue(term, value) }));
  });
  const text = search.get('q');
  return text === null || text === '' ? chips : [...chips, { key: 'q', value: text, keyLabel: textLabel, label: `“${text}”` }];
}

function labelOfValue({ options, kind }: Term, value: string): string {
  const known = options.find((option) => option.value === value)?.label;
  const due = kind === 'clock' ? /^DUE_(\d+)$/.exec(value)?.[1] : undefined;
  return known ?? (due === undefined ? value.slice(0, 8) : `< ${shortSpan(Number(due))}`);
}

/** The address without a chip. */
export function withoutChip(search: URLSearchParams, { key, value }: Pick<Chip, 'key' | 'value'>): URLSearchParams {
  return withKey(search, key, key === 'q' ? [] : valuesOf(search, key).filter((one) => one !== value));
}
