import { useQuery } from '@apollo/client/react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { PageLoading } from '../components/page-state/page-state.tsx';
import { ViewerDocument, VocabularyDocument } from '../graphql/generated/desk/graphql.ts';
import { deskCatalog, type DeskCatalog } from '../lib/messages/desk/catalog.ts';
import type { DeskMessageKey } from '../lib/messages/desk/zh-CN.ts';
import { hasChosenLocale, keepLocale } from '../lib/messages/locale-choice.ts';
import { createTranslate, type Locale } from '../lib/messages/translator.ts';
import { QueuePage } from '../pages/queue/queue-page.tsx';
import { firstPage } from './desk-areas.ts';
import { DeskShell } from './desk-shell.tsx';
import { DeskWordsContext, NO_VOCABULARY, type DeskWords } from './desk-words.tsx';
import { Navigate, Route, Routes } from './router.tsx';

// The queue is the first page of nearly everybody; the others come when they are opened.
const TicketPage = lazy(async () => ({ default: (await import('../pages/ticket/ticket-page.tsx')).TicketPage }));
const SignInPage = lazy(async () => ({ default: (await import('../pages/sign-in/sign-in-page.tsx')).SignInPage }));
const RatePage = lazy(async () => ({ default: (await import('../pages/rate/rate-page.tsx')).RatePage }));
const RecordPage = lazy(async () => ({ default: (await import('../pages/record/record-page.tsx')).RecordPage }));
const HandoffsRoutes = lazy(async () => ({ default: (await import('../pages/handoffs/handoffs-routes.tsx')).HandoffsRoutes }));
const ChangeRoutes = lazy(async () => ({ default: (await import('../pages/change/change-routes.tsx')).ChangeRoutes }));
const PlanningRoutes = lazy(async () => ({ default: (await import('../pages/planning/planning-routes.tsx')).PlanningRoutes }));
const ReleaseRoutes = lazy(async () => ({ default: (await import('../pages/release/release-routes.tsx')).ReleaseRoutes }));
const ProblemRoutes = lazy(async () => ({ default: (await import('../pages/problem/problem-routes.tsx')).ProblemRoutes }));
const NoticesPage = lazy(async () => ({ default: (await import('../pages/notices/notices-page.tsx')).NoticesPage }));
const MyWorkPage = lazy(async () => ({ default: (await import('../pages/my-work/my-work-page.tsx')).MyWorkPage }));
const OnCallRoutes = lazy(async () => ({ default: (await import('../pages/on-call/on-call-routes.tsx')).OnCallRoutes }));
const VendorRoutes = lazy(async () => ({ default: (await import('../pages/vendor/vendor-routes.tsx')).VendorRoutes }));
const ReviewRoutes = lazy(async () => ({ default: (await import('../pages/review/review-routes.tsx')).ReviewRoutes }));
const KnowledgeRoutes = lazy(async () => ({ default: (await import('../pages/knowledge/knowledge-routes.tsx')).KnowledgeRoutes }));
const CmdbRoutes = lazy(async () => ({ default: (await import('../pages/cmdb/cmdb-routes.tsx')).CmdbRoutes }));
const MyRoutes = lazy(async () => ({ default: (await import('../pages/my/my-routes.tsx')).MyRoutes }));
const AdminRoutes = lazy(async () => ({ default: (await import('../pages/admin/admin-routes.tsx')).AdminRoutes }));
const ResetPage = lazy(async () => ({ default: (await import('../pages/reset/reset-page.tsx')).ResetPage }));
const ScreensRoutes = lazy(async () => ({ default: (await import('../pages/screens/screens-routes.tsx')).ScreensRoutes }));
const MetricsRoutes = lazy(async () => ({ default: (await import('../pages/metrics/metrics-routes.tsx')).MetricsRoutes }));

/** A language with its texts. */
export interface Spoken {
  readonly locale: Locale;
  readonly catalog: DeskCatalog;
}

/** Routes and words of the desk pages. `first`: the language that the page begins in. */
export function DeskApp({ first }: { readonly first: Spoken }) {
  const [{ locale, catalog }, speak] = useState(first);
  useEffect(() => { document.documentElement.lang = locale; }, [locale]);
  // The page stays in its language until the texts of the other are there.
  const setLocale = useCallback((next: Locale): void => { void deskCatalog(next).then((texts) => speak({ locale: next, catalog: texts })); }, []);
  const choose = (next: Locale): void => {
    keepLocale(next);
    setLocale(next);
  };
  const t = useMemo(() => createTranslate(locale, catalog.desk), [locale, catalog]);
  const queue = useMemo(() => createTranslate(locale, catalog.queue), [locale, catalog]);
  const notices = useMemo(() => createTranslate(locale, catalog.notices), [locale, catalog]);
  const words: DeskWords = { locale, t, queue, notices, knows: (key): key is DeskMessageKey => key in catalog.desk, setLocale: choose, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, vocabulary: NO_VOCABULARY };
  return (
    <DeskWordsContext value={words}>
      <Routes>
        <Route path="/sign-in" element={<Suspense fallback={<PageLoading />}><SignInPage /></Suspense>} />
        <Route path="/rate/:secret" element={<Suspense fallback={<PageLoading />}><RatePage /></Suspense>} />
        <Route path="/reset/:secret" element={<Suspense fallback={<p className="page-wait">{t('loading')}</p>}><ResetPage /></Suspense>} />
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
  if (viewer.data === undefined) return <PageLoading />;
  const who = viewer.data.viewer;
  if (who === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`} replace />;
  // A customer's people have pages of their own (WBD-12).
  if (who.customer !== null) return <DeskWordsContext value={full}><Suspense fallback={<p className="page-wait">{words.t('loading')}</p>}><MyRoutes viewer={who} /></Suspense></DeskWordsContext>;
  return (
    <DeskWordsContext value={full}>
      <DeskShell viewer={who}>
        <Suspense fallback={<PageLoading />}>
          <Routes>
            <Route path="/queue" element={<QueuePage />} />
            <Route path="/queue/v/:slug" element={<QueuePage />} />
            <Route path="/my-work" element={<MyWorkPage />} />
            <Route path="/notices" element={<NoticesPage />} />
            <Route path="/on-call/*" element={<OnCallRoutes />} />
            <Route path="/incident/:number" element={<TicketPage />} />
            <Route path="/record" element={<RecordPage />} />
            <Route path="/handoffs/*" element={<HandoffsRoutes />} />
            <Route path="/changes/*" element={<ChangeRoutes />} />
            <Route path="/planning/*" element={<PlanningRoutes />} />
            <Route path="/releases/*" element={<ReleaseRoutes />} />
            <Route path="/problems/*" element={<ProblemRoutes />} />
            <Route path="/vendor-cases/*" element={<VendorRoutes />} />
            <Route path="/reviews/*" element={<ReviewRoutes />} />
            <Route path="/knowledge/*" element={<KnowledgeRoutes />} />
            <Route path="/cmdb/*" element={<CmdbRoutes />} />
            <Route path="/screens/*" element={<ScreensRoutes />} />
            <Route path="/metrics/*" element={<MetricsRoutes />} />
            <Route path="/admin/*" element={<AdminRoutes />} />
            <Route path="*" element={<Navigate to={firstPage(who.permissions)} replace />} />
          </Routes>
        </Suspense>
      </DeskShell>
    </DeskWordsContext>
  );
}
