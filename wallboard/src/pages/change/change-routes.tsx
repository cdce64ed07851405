import { Route, Routes } from '../../app/router.tsx';
import { AgreedListPage } from './agreed-list-page.tsx';
import { ChangeListPage } from './change-list-page.tsx';
import { ChangePage } from './change-page.tsx';
import { RaisePage } from './raise-page.tsx';
import './change.css';

/** Everything below /changes. */
export function ChangeRoutes() {
  return (
    <Routes>
      <Route index element={<ChangeListPage />} />
      <Route path="new" element={<RaisePage />} />
      <Route path="agreed" element={<AgreedListPage />} />
      <Route path=":number" element={<ChangePage />} />
    </Routes>
  );
}
