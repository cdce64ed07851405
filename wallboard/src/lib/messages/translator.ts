import { compileMessage } from './compile-message.ts';
import { formatMessage, type Message } from './format-message.ts';
import { isPlainMessage } from './plain-message.ts';

/** The languages of the wallboard; Chinese is the default (WBD-09). */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export type MessageValues = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, values?: MessageValues) => string;

export function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** Makes the function that turns a message key and its values into text. A build carries compiled messages; elsewhere each is compiled once. */
export function createTranslate<Key extends string>(locale: Locale, catalog: Readonly<Record<Key, string | Message>>): Translate<Key> {
  const compiled = new Map<Key, string | Message>();
  return (key, values = {}) => {
    const message = import.meta.env.PROD ? catalog[key] : (compiled.get(key) ?? compile(catalog[key]));
    if (!import.meta.env.PROD) compiled.set(key, message);
    return typeof message === 'string' ? message : formatMessage(message, values, locale);
  };
}

function compile(written: string | Message): string | Message {
  return typeof written === 'string' && !isPlainMessage(written) ? compileMessage(written) : written;
}
