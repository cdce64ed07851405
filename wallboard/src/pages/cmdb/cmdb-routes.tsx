import { lazy, Suspense } from 'react';
import './cmdb.css';
import { NavLink, Route, Routes } from '../../app/router.tsx';
import { PageLoading } from '../../components/page-state/page-state.tsx';
import { useMay } from './cmdb-may.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { CensusPage } from './census-page.tsx';
import { CensusesPage } from './censuses-page.tsx';
import { CiPage } from './ci-page.tsx';
import { BaselinesPage } from './baselines-page.tsx';
import { ImportFilePage } from './import-file-page.tsx';
import { ImportsPage } from './imports-page.tsx';
import { LabelPage } from './label-page.tsx';
import { PortsPage } from './ports-page.tsx';
import { RacksPage } from './racks-page.tsx';
import { RegisterPage } from './register-page.tsx';
import { ReportPage } from './report-page.tsx';
import { ReportsPage } from './reports-page.tsx';

const TopologyPage = lazy(async () => ({ default: (await import('./topology-page.tsx')).TopologyPage }));

const AREAS = [
  { path: '/cmdb', label: 'nav.register', permission: 'cmdb.read' }, { path: '/cmdb/topology', label: 'nav.topology', permission: 'cmdb.read' },
  { path: '/cmdb/racks', label: 'nav.racks', permission: 'cmdb.read' }, { path: '/cmdb/ports', label: 'nav.ports', permission: 'cmdb.read' },
  { path: '/cmdb/import', label: 'nav.imports', permission: 'cmdb.edit' }, { path: '/cmdb/census', label: 'nav.censuses', permission: 'cmdb.edit' },
  { path: '/cmdb/baselines', label: 'nav.baselines', permission: 'cmdb.read' }, { path: '/cmdb/reports', label: 'nav.reports', permission: 'cmdb.read' },
] as const;

/** Everything below /cmdb. */
export function CmdbRoutes() {
  const t = useCmdbWords();
  const may = useMay();
  return (
    <div className="cmdb">
      <nav className="cmdb-nav" aria-label={t('nav')}>
        {AREAS.filter(({ permission }) => may(permission)).map(({ path, label }) => <NavLink key={path} to={path} end={path === '/cmdb'}>{t(label)}</NavLink>)}
      </nav>
      <Suspense fallback={<PageLoading />}>
        <Routes>
          <Route path="/" element={<RegisterPage />} />
          <Route path="/ci/:id" element={<CiPage />} />
          <Route path="/ci/:id/label" element={<LabelPage />} />
          <Route path="/topology" element={<TopologyPage />} />
          <Route path="/racks" element={<RacksPage />} />
          <Route path="/ports" element={<PortsPage />} />
          <Route path="/import" element={<ImportsPage />} />
          <Route path="/import/:id" element={<ImportFilePage />} />
          <Route path="/census" element={<CensusesPage />} />
          <Route path="/census/:id" element={<CensusPage />} />
          <Route path="/baselines" element={<BaselinesPage />} />
          <Route path="/reports" element={<ReportsPage />} />
          <Route path="/reports/:id" element={<ReportPage />} />
        </Routes>
      </Suspense>
    </div>
  );
}
