import { deskChinese, type DeskMessageKey } from '../../lib/messages/desk/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

function isMessage(key: string): key is DeskMessageKey {
  return key in deskChinese;
}

/** What an event of the log is called; a type that this page does not know yet is shown as it is. */
export function eventText(t: Translate<DeskMessageKey>, type: string): string {
  const key = `event.${type}`;
  return isMessage(key) ? t(key) : type;
}
