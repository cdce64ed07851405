import { Navigate, NavLink, Route, Routes, useLocation } from '../../app/router.tsx';
import { useMetricsWords } from './metrics-words.ts';
import { MetricsPage } from './metrics-page.tsx';
import { ReportsPage } from './reports-page.tsx';
import { ServiceReportsPage } from './service-reports-page.tsx';
import './metrics.css';

/** Each tab keeps the filters of the one before: whose figures one looks at is a matter of the meeting, not of the page. */
const TABS = [{ path: 'quarter', label: 'tab.quarter' }, { path: 'incidents', label: 'tab.incidents' }, { path: 'problems', label: 'tab.problems' }, { path: 'reports', label: 'tab.reports' }, { path: 'service', label: 'tab.service' }] as const;

/** Everything below /metrics. */
export function MetricsRoutes() {
  const t = useMetricsWords();
  const { search } = useLocation();
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([key]) => key === 'period' || key === 'customer' || key === 'team')).toString();
  return (
    <main className="metrics">
      <nav className="metric-tabs" aria-label={t('tabs.label')}>
        <h1>{t('title')}</h1>
        {TABS.map(({ path, label }) => <NavLink key={path} to={{ pathname: `/metrics/${path}`, search: kept }}>{t(label)}</NavLink>)}
      </nav>
      <Routes>
        <Route path="quarter" element={<MetricsPage key="quarter" sections={['CHANGES', 'RELEASES']} />} />
        <Route path="incidents" element={<MetricsPage key="incidents" sections={['INCIDENTS']} />} />
        <Route path="problems" element={<MetricsPage key="problems" sections={['PROBLEMS']} />} />
        <Route path="reports" element={<ReportsPage />} />
        <Route path="reports/:month" element={<ReportsPage />} />
        <Route path="service" element={<ServiceReportsPage />} />
        <Route path="*" element={<Navigate to={{ pathname: '/metrics/quarter', search }} replace />} />
      </Routes>
    </main>
  );
}
