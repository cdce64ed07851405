import { useCmdbWords } from './cmdb-words.ts';

/** Everything below /cmdb. */
export function CmdbRoutes() {
  const t = useCmdbWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
