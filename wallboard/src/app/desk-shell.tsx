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

const NUMBER_DIGITS = 7;

/** INC-21: jump to a number from anywhere; "20481" is enough. */
function JumpToNumber() {
  const { t } = useDeskWords();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <form className="jump" role="search" onSubmit={(event) => {
      event.preventDefault();
      const digits = text.trim();
      if (digits === '') return;
      void navigate(`/incident/${/^\d+$/.test(digits) ? `INC-${digits.padStart(NUMBER_DIGITS, '0')}` : digits.toUpperCase()}`);
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
