import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import type { ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useChangeWords } from './change-words.ts';

const SHOWN = 4;

/** Who was told what, and when: before and after (CHG-15). */
export function ChangeNotices({ change }: { readonly change: ChangeFieldsFragment }) {
  const t = useChangeWords();
  const { locale } = useDeskWords();
  const [all, setAll] = useState(false);
  const { notices } = change;
  if (notices.length === 0) return null;
  const shown = all ? notices : notices.slice(0, SHOWN);
  return (
    <section className="card">
      <h2>{t('card.notices')}<small>{notices.length}</small></h2>
      <ul className="entries">
        {shown.map((one) => (
          <li key={one.id}>
            <p className="entry-head"><b>{t(`occasion.${one.occasion}`)}</b> {t(`audience.${one.audience}`)} {one.addressee} <When at={one.sentAt} /></p>
            <p className="entry-body">{locale === 'zh-CN' ? one.textZh : one.textEn}</p>
          </li>
        ))}
      </ul>
      {notices.length > shown.length ? <button type="button" className="plain" onClick={() => setAll(true)}>{t('impact.more', { count: notices.length - shown.length })}</button> : null}
    </section>
  );
}
