import { useEffect, useState } from 'react';
import { useDeskWords } from '../app/desk-words.tsx';
import { freshness } from '../lib/feed/freshness.ts';

interface Props {
  readonly lastHeardAt: () => number | null;
  readonly detail: string;
}

/** Says that the page's data is old, with its age; goes away by itself. */
export function StaleNotice({ lastHeardAt, detail }: Props) {
  const { t } = useDeskWords();
  const [age, setAge] = useState(() => freshness(lastHeardAt(), performance.now()));
  useEffect(() => {
    const timer = setInterval(() => setAge(freshness(lastHeardAt(), performance.now())), 1000);
    return () => clearInterval(timer);
  });
  if (age.level === 'fresh') return null;
  if (age.level === 'connecting') return detail === '' ? null : <p className="notice" role="status">{`${t('stream.waiting')} (${detail})`}</p>;
  return <p className="notice stale" role="alert">{t('stream.old', { seconds: age.ageSeconds })}</p>;
}
