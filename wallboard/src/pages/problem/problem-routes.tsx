import { useProblemWords } from './problem-words.ts';

/** Everything below /problems. */
export function ProblemRoutes() {
  const t = useProblemWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
