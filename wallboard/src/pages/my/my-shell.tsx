import { useMutation } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { LocaleSwitch, ThemeSwitch } from '../../app/desk-shell.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { NavLink } from '../../app/router.tsx';
import { SignOutDocument, type ViewerQuery } from '../../graphql/generated/desk/graphql.ts';
import { useMyWords } from './my-words.ts';

interface Props {
  readonly viewer: NonNullable<ViewerQuery['viewer']>;
  readonly children: ReactNode;
}

/** The frame of the customer's pages: few ways, in their words. */
export function MyShell({ viewer, children }: Props) {
  const { t: desk } = useDeskWords();
  const t = useMyWords();
  const [signOut] = useMutation(SignOutDocument);
  const leave = async (): Promise<void> => {
    await signOut();
    window.location.assign('/sign-in');
  };
  const may = (permission: string): boolean => viewer.permissions.includes(permission);
  return (
    <div className="my">
      <a className="my-skip" href="#my-content">{t('skip')}</a>
      <header className="my-head">
        <span className="brand"><i aria-hidden="true">▲</i>{t('portal')}</span>
        <nav aria-label={t('nav.label')}>
          <NavLink to="/my" end>{t('nav.incidents')}</NavLink>
          {may('incident.record') ? <NavLink to="/my/new">{t('nav.report')}</NavLink> : null}
          {may('change.read') || may('release.read') ? <NavLink to="/my/work">{t('nav.work')}</NavLink> : null}
          {may('knowledge.read') ? <NavLink to="/knowledge">{t('nav.articles')}</NavLink> : null}
          {may('cmdb.read') ? <NavLink to="/cmdb">{t('nav.equipment')}</NavLink> : null}
          {may('report.read') ? <NavLink to="/my/report">{t('nav.sla')}</NavLink> : null}
        </nav>
        <span className="who">{viewer.name}</span>
        <ThemeSwitch />
        <LocaleSwitch />
        <button type="button" className="plain" onClick={() => void leave()}>{desk('nav.signOut')}</button>
      </header>
      <div id="my-content" className="my-content" tabIndex={-1}>{children}</div>
    </div>
  );
}
