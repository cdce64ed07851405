import { lazy, Suspense, useEffect, useRef } from 'react';
import { Navigate, Route, Routes, useLocation, useParams } from '../../app/router.tsx';
import type { ViewerQuery } from '../../graphql/generated/desk/graphql.ts';
import { useDeskWords } from '../../app/desk-words.tsx';
import { KnowledgeRoutes } from '../knowledge/knowledge-routes.tsx';
import { MyChangePage } from './my-change-page.tsx';
import { MyListPage } from './my-list-page.tsx';
import { MyNewPage } from './my-new-page.tsx';
import { MyReleasePage } from './my-release-page.tsx';
import { MyReportPage } from './my-report-page.tsx';
import { MyShell } from './my-shell.tsx';
import { MyTicketPage } from './my-ticket-page.tsx';
import { MyWorkPage } from './my-work-page.tsx';
import './my.css';

// The register's graph is large, and few customers open it.
const CmdbRoutes = lazy(async () => ({ default: (await import('../cmdb/cmdb-routes.tsx')).CmdbRoutes }));

/** All that a customer's own people are shown (WBD-12): whatever address they come by, never the desk's pages. */
export function MyRoutes({ viewer }: { readonly viewer: NonNullable<ViewerQuery['viewer']> }) {
  const { t } = useDeskWords();
  return (
    <MyShell viewer={viewer}>
      <PageFocus />
      <Suspense fallback={<p className="page-wait">{t('loading')}</p>}>
        <Routes>
          <Route path="/my" element={<MyListPage />} />
          <Route path="/my/new" element={<MyNewPage />} />
          <Route path="/my/incidents/:number" element={<MyTicketPage />} />
          <Route path="/my/work" element={<MyWorkPage />} />
          <Route path="/my/changes/:number" element={<MyChangePage />} />
          <Route path="/my/releases/:number" element={<MyReleasePage />} />
          <Route path="/my/report" element={<MyReportPage />} />
          <Route path="/knowledge/*" element={<KnowledgeRoutes />} />
          <Route path="/cmdb/*" element={<CmdbRoutes />} />
          {/* Links that the desk sends lead to the customer's page of the same record. */}
          <Route path="/incident/:number" element={<Elsewhere to="incidents" />} />
          <Route path="/changes/:number" element={<Elsewhere to="changes" />} />
          <Route path="/releases/:number" element={<Elsewhere to="releases" />} />
          <Route path="*" element={<Navigate to="/my" replace />} />
        </Routes>
      </Suspense>
    </MyShell>
  );
}

function Elsewhere({ to }: { readonly to: string }) {
  return <Navigate to={`/my/${to}/${useParams()['number'] ?? ''}`} replace />;
}

/** After a link the reader of a screen begins at the new page, not where the old one was left. */
function PageFocus() {
  const { pathname } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else document.getElementById('my-content')?.focus();
  }, [pathname]);
  return null;
}
