import { Route, Routes } from '../../app/router.tsx';
import { HandoverListPage } from './handover-list-page.tsx';
import { HandoverPage } from './handover-page.tsx';
import { OnCallPage } from './on-call-page.tsx';
import './on-call.css';

/** Everything below /on-call. */
export function OnCallRoutes() {
  return (
    <Routes>
      <Route index element={<OnCallPage />} />
      <Route path="handovers" element={<HandoverListPage />} />
      <Route path="handovers/:id" element={<HandoverPage />} />
    </Routes>
  );
}
