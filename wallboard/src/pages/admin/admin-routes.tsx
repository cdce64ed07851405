import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { Navigate, NavLink, Route, Routes } from '../../app/router.tsx';
import { PageForbidden } from '../../components/page-state/page-state.tsx';
import { ViewerDocument } from '../../graphql/generated/desk/graphql.ts';
import { ADMIN_SECTIONS, sectionsFor } from './admin-sections.ts';
import { useAdminWords } from './admin-words.ts';
import { AgreementPage } from './agreement-page.tsx';
import { AgreementsPage } from './agreements-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { CalendarPage } from './calendar-page.tsx';
import { CalendarsPage } from './calendars-page.tsx';
import { CustomerPage } from './customer-page.tsx';
import { CustomersPage } from './customers-page.tsx';
import { PeoplePage } from './people-page.tsx';
import { PersonPage } from './person-page.tsx';
import { PoliciesPage } from './policies-page.tsx';
import { PolicyPage } from './policy-page.tsx';
import { ServicesPage } from './services-page.tsx';
import { TeamPage } from './team-page.tsx';
import { TeamsPage } from './teams-page.tsx';
import { TokensPage } from './tokens-page.tsx';
import './admin.css';

/** Everything below /admin: its own navigation, and only what one may edit. The server checks each right again. */
export function AdminRoutes() {
  const t = useAdminWords();
  const permissions = useQuery(ViewerDocument).data?.viewer?.permissions ?? [];
  const sections = sectionsFor(permissions);
  const first = sections.find(({ elsewhere }) => elsewhere !== true);
  return (
    <div className="admin">
      <nav className="admin-nav" aria-label={t('nav.label')}>
        <h2>{t('nav.label')}</h2>
        <ul>{sections.map(({ path, label, elsewhere }) => <li key={path}><NavLink to={path}>{t(label)}{elsewhere === true ? <span aria-hidden="true"> ↗</span> : null}</NavLink></li>)}</ul>
      </nav>
      <Routes>
        <Route index element={first === undefined ? <PageForbidden /> : <Navigate to={first.path} replace />} />
        {PAGES.map(({ path, page }) => <Route key={path} path={path} element={<Guarded path={path} permissions={permissions}>{page}</Guarded>} />)}
        <Route path="*" element={<Navigate to="/admin" replace />} />
      </Routes>
    </div>
  );
}

const PAGES = [
  { path: 'people', page: <PeoplePage /> }, { path: 'people/:id', page: <PersonPage /> }, { path: 'teams', page: <TeamsPage /> }, { path: 'teams/:id', page: <TeamPage /> },
  { path: 'customers', page: <CustomersPage /> }, { path: 'customers/:id', page: <CustomerPage /> }, { path: 'agreements', page: <AgreementsPage /> }, { path: 'agreements/:id', page: <AgreementPage /> },
  { path: 'services', page: <ServicesPage /> }, { path: 'policies', page: <PoliciesPage /> }, { path: 'policies/:key', page: <PolicyPage /> },
  { path: 'calendars', page: <CalendarsPage /> }, { path: 'calendars/:id', page: <CalendarPage /> }, { path: 'tokens', page: <TokensPage /> }, { path: 'audit', page: <AuditPage /> },
];

/** Not an empty page for whom it is not (ORG-03). */
function Guarded({ path, permissions, children }: { readonly path: string; readonly permissions: readonly string[]; readonly children: ReactNode }) {
  const section = ADMIN_SECTIONS.find((one) => one.path === `/admin/${path.split('/')[0]}`);
  return section !== undefined && permissions.includes(section.see) ? children : <main className="admin-page"><PageForbidden /></main>;
}
