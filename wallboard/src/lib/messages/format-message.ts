import type { Locale, MessageValues } from './translator.ts';

/** A text; 0 for `#`, the number of the plural around it; or the name of a value and what is made of it. */
export type Part = string | 0 | readonly [name: string, kind?: 'number' | 'plural' | 'select', options?: Readonly<Record<string, Message>>];

/** An ICU message as `compileMessage` makes it of its text. */
export type Message = readonly Part[];

/** Making either is a thousand times slower than using it; there are two languages. */
const made = new Map<Locale, { readonly numbers: Intl.NumberFormat; readonly plurals: Intl.PluralRules }>();

function intl(locale: Locale): { readonly numbers: Intl.NumberFormat; readonly plurals: Intl.PluralRules } {
  let one = made.get(locale);
  if (one === undefined) made.set(locale, (one = { numbers: new Intl.NumberFormat(locale), plurals: new Intl.PluralRules(locale) }));
  return one;
}

/** The text of a message with its values; throws when one is missing. `counted` is what `#` stands for. */
export function formatMessage(message: Message, values: MessageValues, locale: Locale, counted = 0): string {
  const { numbers, plurals } = intl(locale);
  return message.map((part) => {
    if (typeof part === 'string') return part;
    if (part === 0) return numbers.format(counted);
    const [name, kind, options] = part;
    const value = values[name];
    if (value === undefined) throw new Error(`Must hold: the message has a value for ${name}`);
    if (kind === 'number') return numbers.format(Number(value));
    if (options === undefined) return String(value);
    const inner = kind === 'plural' ? (options[`=${value}`] ?? options[plurals.select(Number(value))]) : options[value];
    return formatMessage(inner ?? options['other'] ?? [], values, locale, kind === 'plural' ? Number(value) : counted);
  }).join('');
}
