import { Route, Routes } from '../../app/router.tsx';
import { RaisePage } from './raise-page.tsx';
import { ReleaseListPage } from './release-list-page.tsx';
import { ReleasePage } from './release-page.tsx';
import { YearPlanPage } from './year-plan-page.tsx';
import './release.css';

/** Everything below /releases. */
export function ReleaseRoutes() {
  return (
    <Routes>
      <Route index element={<ReleaseListPage />} />
      <Route path="new" element={<RaisePage />} />
      <Route path="plan" element={<YearPlanPage />} />
      <Route path=":number" element={<ReleasePage />} />
    </Routes>
  );
}
