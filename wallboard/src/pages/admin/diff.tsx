import { useDeskWords } from '../../app/desk-words.tsx';
import { useAdminWords } from './admin-words.ts';
import { differences } from './differences.ts';
import { wordOf, type Word } from './policy-words.ts';

/** Two versions side by side: only what differs, by the names of the values. */
export function Diff({ before, after, words = [] }: { readonly before: unknown; readonly after: unknown; readonly words?: readonly Word[] }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const found = differences(before, after);
  const nameOf = (path: string): string => {
    const parts = path.split('.');
    return parts.map((part, index) => { const word = wordOf(words, parts.slice(0, index + 1)); return word === null ? (/^\d+$/.test(part) ? String(Number(part) + 1) : part) : locale === 'en' ? word.en : word.zh; }).join(' › ');
  };
  if (found.length === 0) return <p className="quiet">{t('diff.none')}</p>;
  return (
    <table className="diff"><thead><tr><th>{t('diff.value')}</th><th>{t('diff.before')}</th><th>{t('diff.after')}</th></tr></thead>
      <tbody>{found.slice(0, 200).map(({ path, before: was, after: is }) => <tr key={path}><th scope="row">{nameOf(path)}</th><td>{was === null ? '—' : <del>{was}</del>}</td><td>{is === null ? '—' : <ins>{is}</ins>}</td></tr>)}</tbody></table>
  );
}
