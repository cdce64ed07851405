import { IntlMessageFormat } from 'intl-messageformat';

/** The languages of the wallboard; Chinese is the default (WBD-09). */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export type MessageValues = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, values?: MessageValues) => string;

export function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** Makes the function that turns a message key and its values into text; each message is parsed once. */
export function createTranslate<Key extends string>(locale: Locale, catalog: Readonly<Record<Key, string>>): Translate<Key> {
  const parsed = new Map<Key, IntlMessageFormat>();
  return (key, values) => {
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(catalog[key], locale);
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
}
