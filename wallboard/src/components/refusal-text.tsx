import { useDeskWords } from '../app/desk-words.tsx';
import { deskChinese, type DeskMessageKey } from '../lib/messages/desk/zh-CN.ts';

interface Props {
  readonly code: string;
  readonly message: string;
}

function isMessage(key: string): key is DeskMessageKey {
  return key in deskChinese;
}

/** Why the server refused: its code in the reader's language; the server's own English sentence, with the values, stands beside it. */
export function RefusalText({ code, message }: Props) {
  const { t, locale } = useDeskWords();
  const key = `refusal.${code}`;
  if (locale !== 'zh-CN' || !isMessage(key)) return message;
  return <>{t(key)} <span lang="en" className="quiet">{message}</span></>;
}
