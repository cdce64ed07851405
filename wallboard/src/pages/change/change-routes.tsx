import { useChangeWords } from './change-words.ts';

/** Everything below /changes. */
export function ChangeRoutes() {
  const t = useChangeWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
