import { useMutation } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { NavLink, useNavigate } from 'react-router';
import { SignOutDocument, type ViewerQuery } from '../graphql/generated/desk/graphql.ts';
import { useDeskWords } from './desk-words.tsx';

type Viewer = NonNullable<ViewerQuery['viewer']>;

interface Props {
  readonly viewer: Viewer;
  readonly children: ReactNode;
}

/** The frame of every desk page: where one can go, who one is, and the language. */
export function DeskShell({ viewer, children }: Props) {
  const { t } = useDeskWords();
  const [signOut] = useMutation(SignOutDocument);
  const leave = async (): Promise<void> => {
    await signOut();
    window.location.assign('/sign-in');
  };
  return (
    <div className="desk">
      <header className="desk-head">
        <span className="brand"><i aria-hidden="true">▲</i>Watchfloor</span>
        <nav aria-label={t('nav.label')}>
          <NavLink to="/queue">{t('nav.queue')}</NavLink>
          {viewer.permissions.includes('incident.record') ? <NavLink to="/record">{t('nav.record')}</NavLink> : null}
          {AREAS.filter(({ permission }) => viewer.permissions.includes(permission)).map(({ path, label }) => <NavLink key={path} to={path}>{t(label)}</NavLink>)}
          <a href="/board">{t('nav.board')}</a>
        </nav>
        <JumpToNumber />
        <span className="who">{viewer.name}</span>
        <ThemeSwitch />
        <LocaleSwitch />
        <button type="button" className="plain" onClick={() => void leave()}>{t('nav.signOut')}</button>
      </header>
      {children}
    </div>
  );
}

/** The areas of the desk, each for those who may read it. */
const AREAS = [
  { path: '/changes', permission: 'change.read', label: 'nav.changes' }, { path: '/planning', permission: 'change.read', label: 'nav.planning' },
  { path: '/releases', permission: 'release.read', label: 'nav.releases' }, { path: '/problems', permission: 'problem.read', label: 'nav.problems' },
  { path: '/knowledge', permission: 'knowledge.read', label: 'nav.knowledge' }, { path: '/cmdb', permission: 'cmdb.read', label: 'nav.cmdb' },
  { path: '/vendor-cases', permission: 'vendor.edit', label: 'nav.vendorCases' }, { path: '/reviews', permission: 'review.edit', label: 'nav.reviews' },
  { path: '/metrics', permission: 'metrics.read', label: 'nav.metrics' },
] as const;

const NUMBER_DIGITS = 7;
/** Where a record of a number's prefix has its page. */
const PAGES: Readonly<Record<string, string>> = { INC: '/incident', CHG: '/changes', REL: '/releases', PRB: '/problems', KNW: '/knowledge', VND: '/vendor-cases' };

function pageOf(typed: string): string {
  const number = /^\d+$/.test(typed) ? `INC-${typed.padStart(NUMBER_DIGITS, '0')}` : typed.toUpperCase();
  return `${PAGES[number.split('-')[0] ?? ''] ?? '/incident'}/${number}`;
}

/** INC-21: jump to a number from anywhere; "20481" is enough for an incident. */
function JumpToNumber() {
  const { t } = useDeskWords();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <form className="jump" role="search" onSubmit={(event) => {
      event.preventDefault();
      const digits = text.trim();
      if (digits === '') return;
      void navigate(pageOf(digits));
      setText('');
    }}>
      <input aria-label={t('nav.jump')} placeholder={t('nav.jump')} value={text} onChange={(event) => setText(event.target.value)} />
    </form>
  );
}

export function LocaleSwitch() {
  const { locale, setLocale } = useDeskWords();
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return <button type="button" className="plain" lang={other} onClick={() => setLocale(other)}>{other === 'en' ? 'English' : '中文'}</button>;
}

const THEME_KEY = 'watchfloor.theme';
document.documentElement.dataset['theme'] = localStorage.getItem(THEME_KEY) ?? 'dark';

function ThemeSwitch() {
  const { t } = useDeskWords();
  const change = (): void => {
    const next = document.documentElement.dataset['theme'] === 'light' ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = next;
    localStorage.setItem(THEME_KEY, next);
  };
  return <button type="button" className="plain" aria-label={t('nav.theme')} title={t('nav.theme')} onClick={change}>◐</button>;
}
