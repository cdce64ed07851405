import { useReleaseWords } from './release-words.ts';

/** Everything below /releases. */
export function ReleaseRoutes() {
  const t = useReleaseWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
