import { Route, Routes } from '../../app/router.tsx';
import { VendorCasePage } from './vendor-case-page.tsx';
import { VendorCasesPage } from './vendor-cases-page.tsx';
import './vendor.css';

/** Everything below /vendor-cases. */
export function VendorRoutes() {
  return (
    <Routes>
      <Route index element={<VendorCasesPage />} />
      <Route path=":number" element={<VendorCasePage />} />
    </Routes>
  );
}
