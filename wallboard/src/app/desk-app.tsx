import { useQuery } from '@apollo/client/react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { ViewerDocument, VocabularyDocument } from '../graphql/generated/desk/graphql.ts';
import { deskEnglish } from '../lib/messages/desk/en.ts';
import { deskChinese } from '../lib/messages/desk/zh-CN.ts';
import { chosenLocale, hasChosenLocale, keepLocale } from '../lib/messages/locale-choice.ts';
import { createTranslate, type Locale } from '../lib/messages/translator.ts';
import { QueuePage } from '../pages/queue/queue-page.tsx';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { DeskShell } from './desk-shell.tsx';
import { DeskWordsContext, NO_VOCABULARY, type DeskWords } from './desk-words.tsx';

// The queue is the first page of nearly everybody; the others come when they are opened.
const TicketPage = lazy(async () => ({ default: (await import('../pages/ticket/ticket-page.tsx')).TicketPage }));
const RatePage = lazy(async () => ({ default: (await import('../pages/rate/rate-page.tsx')).RatePage }));
const RecordPage = lazy(async () => ({ default: (await import('../pages/record/record-page.tsx')).RecordPage }));
const ChangeRoutes = lazy(async () => ({ default: (await import('../pages/change/change-routes.tsx')).ChangeRoutes }));
const PlanningRoutes = lazy(async () => ({ default: (await import('../pages/planning/planning-routes.tsx')).PlanningRoutes }));
const ReleaseRoutes = lazy(async () => ({ default: (await import('../pages/release/release-routes.tsx')).ReleaseRoutes }));
const ProblemRoutes = lazy(async () => ({ default: (await import('../pages/problem/problem-routes.tsx')).ProblemRoutes }));
const VendorRoutes = lazy(async () => ({ default: (await import('../pages/vendor/vendor-routes.tsx')).VendorRoutes }));
const ReviewRoutes = lazy(async () => ({ default: (await import('../pages/review/review-routes.tsx')).ReviewRoutes }));
const KnowledgeRoutes = lazy(async () => ({ default: (await import('../pages/knowledge/knowledge-routes.tsx')).KnowledgeRoutes }));
const CmdbRoutes = lazy(async () => ({ default: (await import('../pages/cmdb/cmdb-routes.tsx')).CmdbRoutes }));
const MetricsRoutes = lazy(async () => ({ default: (await import('../pages/metrics/metrics-routes.tsx')).MetricsRoutes }));

/** Routes and words of the desk pages. */
export function DeskApp() {
  const [locale, setLocale] = useState<Locale>(() => chosenLocale(window.location.search));
  useEffect(() => { document.documentElement.lang = locale; }, [locale]);
  const choose = (next: Locale): void => {
    keepLocale(next);
    setLocale(next);
  };
  const t = useMemo(() => createTranslate(locale, locale === 'en' ? deskEnglish : deskChinese), [locale]);
  const words: DeskWords = { locale, t, setLocale: choose, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, vocabulary: NO_VOCABULARY };
  return (
    <DeskWordsContext value={words}>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/rate/:secret" element={<Suspense fallback={<p className="page-wait">{t('loading')}</p>}><RatePage /></Suspense>} />
        <Route path="*" element={<SignedIn words={words} suggest={setLocale} />} />
      </Routes>
    </DeskWordsContext>
  );
}

function SignedIn({ words, suggest }: { readonly words: DeskWords; readonly suggest: (locale: Locale) => void }) {
  const viewer = useQuery(ViewerDocument);
  const own = viewer.data?.viewer?.locale;
  useEffect(() => {
    if (own !== undefined && !hasChosenLocale(window.location.search)) suggest(own === 'EN' ? 'en' : 'zh-CN');
  }, [own, suggest]);
  const vocabulary = useQuery(VocabularyDocument, { skip: viewer.data?.viewer == null });
  const full = useMemo<DeskWords>(() => ({ ...words, vocabulary: vocabulary.data?.vocabulary ?? NO_VOCABULARY }), [words, vocabulary.data]);
  if (viewer.error !== undefined) return <p className="page-error" role="alert">{words.t('server.away')}</p>;
  if (viewer.data === undefined) return <p className="page-wait">{words.t('loading')}</p>;
  const who = viewer.data.viewer;
  if (who === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`} replace />;
  return (
    <DeskWordsContext value={full}>
      <DeskShell viewer={who}>
        <Suspense fallback={<p className="page-wait">{words.t('loading')}</p>}>
          <Routes>
            <Route path="/queue" element={<QueuePage />} />
            <Route path="/incident/:number" element={<TicketPage />} />
            <Route path="/record" element={<RecordPage />} />
            <Route path="/changes/*" element={<ChangeRoutes />} />
            <Route path="/planning/*" element={<PlanningRoutes />} />
            <Route path="/releases/*" element={<ReleaseRoutes />} />
            <Route path="/problems/*" element={<ProblemRoutes />} />
            <Route path="/vendor-cases/*" element={<VendorRoutes />} />
            <Route path="/reviews/*" element={<ReviewRoutes />} />
            <Route path="/knowledge/*" element={<KnowledgeRoutes />} />
            <Route path="/cmdb/*" element={<CmdbRoutes />} />
            <Route path="/metrics/*" element={<MetricsRoutes />} />
            <Route path="*" element={<Navigate to="/queue" replace />} />
          </Routes>
        </Suspense>
      </DeskShell>
    </DeskWordsContext>
  );
}
