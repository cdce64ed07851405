import { myChinese, type MyMessageKey } from '../../lib/messages/my/zh-CN.ts';
import type { MyTranslate } from './my-words.ts';

function isMessage(key: string): key is MyMessageKey {
  return key in myChinese;
}

/** The state of a change or release in words; both spellings of the schema, `cmdb-update` and `CMDB_UPDATE`. */
export function workState(t: MyTranslate, kind: string, state: string): string {
  const word = state.toUpperCase().replaceAll('-', '_');
  const key = kind === 'RELEASE' ? `releaseState.${word}` : `changeState.${word}`;
  return isMessage(key) ? t(key) : state;
}
