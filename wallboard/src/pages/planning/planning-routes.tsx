import { NavLink, Navigate, Route, Routes } from '../../app/router.tsx';
import { CabMeetingPage } from './cab-meeting-page.tsx';
import { CabPage } from './cab-page.tsx';
import { CalendarPage } from './calendar-page.tsx';
import { FreezePage } from './freeze-page.tsx';
import './planning.css';
import { usePlanningWords } from './planning-words.ts';
import { useViewer } from './use-viewer.ts';

/** Everything below /planning. The board and its meetings are the provider's own: customers see the calendar and the freezes. */
export function PlanningRoutes() {
  const t = usePlanningWords();
  const { isCustomer } = useViewer();
  return (
    <main className="ticket planning">
      <nav className="planning-tabs" aria-label={t('tab.label')}>
        <NavLink to="/planning" end>{t('tab.calendar')}</NavLink>
        {isCustomer ? null : <NavLink to="/planning/cab">{t('tab.cab')}</NavLink>}
        <NavLink to="/planning/freezes">{t('tab.freezes')}</NavLink>
      </nav>
      <Routes>
        <Route index element={<CalendarPage />} />
        <Route path="cab" element={<CabPage />} />
        <Route path="cab/:number" element={<CabMeetingPage />} />
        <Route path="freezes" element={<FreezePage />} />
        <Route path="*" element={<Navigate to="/planning" replace />} />
      </Routes>
    </main>
  );
}
