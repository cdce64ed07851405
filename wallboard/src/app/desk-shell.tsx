import { useMutation } from '@apollo/client/react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { SignOutDocument, type ViewerQuery } from '../graphql/generated/desk/graphql.ts';
import { DeskRail } from './desk-rail.tsx';
import { useDeskWords } from './desk-words.tsx';
import { useNavigate } from './router.tsx';

// It rings on every page, but no page waits for it.
const AlarmStrip = lazy(async () => ({ default: (await import('../pages/alarm/alarm-strip.tsx')).AlarmStrip }));
// Comes after the page itself: the queue's first paint does not wait for it.
const NoticeBell = lazy(async () => ({ default: (await import('../components/notices/notice-bell.tsx')).NoticeBell }));

type Viewer = NonNullable<ViewerQuery['viewer']>;

interface Props {
  readonly viewer: Viewer;
  readonly children: ReactNode;
}

/** The frame of every desk page: where one can go, who one is, and the language. */
export function DeskShell({ viewer, children }: Props) {
  const { t } = useDeskWords();
  const rail = useRail();
  const [signOut] = useMutation(SignOutDocument);
  const leave = async (): Promise<void> => {
    await signOut();
    window.location.assign('/sign-in');
  };
  return (
    <div className="desk" data-rail={rail.shown ? 'shown' : 'hidden'}>
      <a className="skip" href="#desk-page">{t('nav.skip')}</a>
      <header className="desk-head">
        <button type="button" className="plain" aria-label={t('nav.label')} title={t('nav.label')} aria-controls="desk-rail" aria-expanded={rail.shown} onClick={rail.toggle}>☰</button>
        <span className="brand"><i aria-hidden="true">▲</i>Watchfloor</span>
        {viewer.permissions.includes('escalation.acknowledge') ? <Suspense fallback={null}><AlarmStrip /></Suspense> : null}
        <JumpToNumber />
        <Suspense fallback={null}><NoticeBell /></Suspense>
        <span className="who">{viewer.name}</span>
        <ThemeSwitch />
        <LocaleSwitch />
        <button type="button" className="plain" onClick={() => void leave()}>{t('nav.signOut')}</button>
      </header>
      {rail.shown ? <DeskRail permissions={viewer.permissions} /> : null}
      <div id="desk-page" className="desk-page" tabIndex={-1}>{children}</div>
    </div>
  );
}

const RAIL_KEY = 'watchfloor.rail';
/** Below this a page needs its whole width; the rail comes when asked for. */
const WIDE_ENOUGH = 1100;

/** Whether the navigation stands beside the page: as one left it, else where there is room. */
function useRail(): { readonly shown: boolean; readonly toggle: () => void } {
  const [shown, setShown] = useState(() => (localStorage.getItem(RAIL_KEY) ?? (window.innerWidth >= WIDE_ENOUGH ? 'shown' : 'hidden')) === 'shown');
  const toggle = (): void => {
    localStorage.setItem(RAIL_KEY, shown ? 'hidden' : 'shown');
    setShown(!shown);
  };
  return { shown, toggle };
}

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

export function ThemeSwitch() {
  const { t } = useDeskWords();
  const change = (): void => {
    const next = document.documentElement.dataset['theme'] === 'light' ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = next;
    localStorage.setItem(THEME_KEY, next);
  };
  return <button type="button" className="plain" aria-label={t('nav.theme')} title={t('nav.theme')} onClick={change}>◐</button>;
}
