import type { NoticesMessageKey } from '../notices/zh-CN.ts';
import type { QueueMessageKey } from '../queue/zh-CN.ts';
import type { Locale } from '../translator.ts';
import type { DeskMessageKey } from './zh-CN.ts';

/** The texts of the desk's frame, of its bell, and of its first page, the queue. */
export interface DeskCatalog {
  readonly desk: Readonly<Record<DeskMessageKey, string>>;
  readonly queue: Readonly<Record<QueueMessageKey, string>>;
  readonly notices: Readonly<Record<NoticesMessageKey, string>>;
}

/** In one language: nobody reads two, and each is 8 kB. */
export async function deskCatalog(locale: Locale): Promise<DeskCatalog> {
  return locale === 'en' ? (await import('./catalog-en.ts')).catalogEnglish : (await import('./catalog-zh-CN.ts')).catalogChinese;
}
