import { Route, Routes } from '../../app/router.tsx';
import { ReviewListPage } from './review-list-page.tsx';
import { ReviewPage } from './review-page.tsx';
import './review.css';

/** Everything below /reviews. */
export function ReviewRoutes() {
  return (
    <Routes>
      <Route index element={<ReviewListPage />} />
      <Route path=":month" element={<ReviewPage />} />
    </Routes>
  );
}
