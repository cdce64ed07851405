import { Route, Routes } from '../../app/router.tsx';
import { OpenProblemPage } from './open-problem-page.tsx';
import { ProblemListPage } from './problem-list-page.tsx';
import { ProblemPage } from './problem-page.tsx';
import { TrendsPage } from './trends-page.tsx';
import './problem.css';

/** Everything below /problems. */
export function ProblemRoutes() {
  return (
    <Routes>
      <Route index element={<ProblemListPage />} />
      <Route path="new" element={<OpenProblemPage />} />
      <Route path="trends" element={<TrendsPage />} />
      <Route path=":number" element={<ProblemPage />} />
    </Routes>
  );
}
