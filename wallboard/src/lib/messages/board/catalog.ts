import type { Locale } from '../translator.ts';
import type { BoardMessageKey } from './zh-CN.ts';

export type BoardCatalog = Readonly<Record<BoardMessageKey, string>>;

/** The words of a board in its one language: a screen carries no other (2 kB). */
export async function boardCatalog(locale: Locale): Promise<BoardCatalog> {
  return locale === 'en' ? (await import('./en.ts')).boardEnglish : (await import('./zh-CN.ts')).boardChinese;
}
