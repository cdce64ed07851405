import { useKnowledgeWords } from './knowledge-words.ts';

/** Everything below /knowledge. */
export function KnowledgeRoutes() {
  const t = useKnowledgeWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
