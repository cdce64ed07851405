import { Route, Routes } from '../../app/router.tsx';
import { ScreensPage } from './screens-page.tsx';
import './screens.css';

/** Everything below /screens. */
export function ScreensRoutes() {
  return <Routes><Route index element={<ScreensPage />} /></Routes>;
}
