import { useDeskWords } from '../app/desk-words.tsx';

interface Props {
  readonly code: string;
  readonly message: string;
}

/** Why the server refused: its code in the reader's language; the server's own English sentence, with the values, stands beside it. */
export function RefusalText({ code, message }: Props) {
  const { t, knows, locale } = useDeskWords();
  const key = `refusal.${code}`;
  if (locale !== 'zh-CN' || !knows(key)) return message;
  return <>{t(key)} <span lang="en" className="quiet">{message}</span></>;
}
