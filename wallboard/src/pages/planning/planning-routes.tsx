import { usePlanningWords } from './planning-words.ts';

/** Everything below /planning. */
export function PlanningRoutes() {
  const t = usePlanningWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
