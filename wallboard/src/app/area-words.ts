import { useMemo } from 'react';
import { createTranslate, type Translate } from '../lib/messages/translator.ts';
import { useDeskWords } from './desk-words.tsx';

/** The texts of one area of pages in the person's language; they come with the area's own chunk. */
export function useAreaWords<Key extends string>(catalogs: { readonly chinese: Readonly<Record<Key, string>>; readonly english: Readonly<Record<Key, string>> }): Translate<Key> {
  const { locale } = useDeskWords();
  const { chinese, english } = catalogs;
  return useMemo(() => createTranslate(locale, locale === 'en' ? english : chinese), [locale, chinese, english]);
}
