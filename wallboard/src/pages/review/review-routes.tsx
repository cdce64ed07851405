import { useReviewWords } from './review-words.ts';

/** Everything below /reviews. */
export function ReviewRoutes() {
  const t = useReviewWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
