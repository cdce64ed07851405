import { groupsFor } from './desk-areas.ts';
import { useDeskWords } from './desk-words.tsx';
import { NavLink } from './router.tsx';

/** Where one can go, by subject, down the left side. */
export function DeskRail({ permissions }: { readonly permissions: readonly string[] }) {
  const { t } = useDeskWords();
  return (
    <nav id="desk-rail" className="desk-rail" aria-label={t('nav.label')}>
      {groupsFor(permissions).map((group) => (
        <div key={group.label} role="group" aria-labelledby={group.label}>
          <h2 id={group.label}>{t(group.label)}</h2>
          <ul>
            {group.areas.map(({ path, label, outside }) => (
              <li key={path}>{outside === true ? <a href={path}>{t(label)}</a> : <NavLink to={path}>{t(label)}</NavLink>}</li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
