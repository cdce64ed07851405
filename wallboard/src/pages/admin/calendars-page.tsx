import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import { AdminCalendarsDocument, AdminCreateCalendarDocument } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { EditForm } from './edit-form.tsx';
import { useSend } from './use-send.ts';

const OFFICE = [['09:00', '12:00'], ['13:00', '18:00']];

/** The service calendars (CAL-01). */
export function CalendarsPage() {
  const t = useAdminWords();
  const navigate = useNavigate();
  const { locale } = useDeskWords();
  const [search, input] = useSearchText();
  const { busy, errors, send } = useSend();
  const result = useQuery(AdminCalendarsDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <AdminPage title={t('calendars.title')} aside={input}>
      <NewForm label={t('calendars.new')}>{(close) => <EditForm form="calendar.new" title={t('calendars.new')} version={0} current={{ timeZone: 'Asia/Shanghai' }} errors={errors} busy={busy} onCancel={close} fields={[
        { name: 'key', label: t('field.key'), kind: 'text', required: true, hint: t('calendars.keyHint') }, { name: 'nameZh', label: t('field.nameZh'), kind: 'text', required: true }, { name: 'name', label: t('field.nameEn'), kind: 'text', required: true },
        { name: 'timeZone', label: t('customers.timeZone'), kind: 'text', required: true, hint: t('calendars.newHint') },
      ]} onSave={async (values) => {
        const source = { timeZone: values['timeZone'] ?? '', weeklyHours: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: [], sun: [] }, exceptions: [] };
        const done = await send(AdminCreateCalendarDocument, { key: values['key'] ?? '', name: values['name'] ?? '', nameZh: values['nameZh'] ?? '', source });
        if (done?.record) void navigate(`/admin/calendars/${done.record.id}`);
        return done !== null;
      }} />}</NewForm>
      <QueryState result={result}>{({ calendars }) => (
        <section className="card"><table><thead><tr><th>{t('field.name')}</th><th>{t('field.key')}</th><th>{t('versions.version')}</th><th>{t('calendars.nextOpen')}</th><th>{t('state')}</th></tr></thead>
          <tbody>{calendars.filter(({ key, name, nameZh }) => `${key} ${name} ${nameZh}`.toLowerCase().includes(search.toLowerCase())).map((one) => <tr key={one.id}><td><Link to={`/admin/calendars/${one.id}`}>{locale === 'en' ? one.name : one.nameZh}</Link></td><td><code>{one.key}</code></td><td>{one.version}</td><td><When at={one.nextOpen} /></td><td><Active active={one.active} /></td></tr>)}</tbody></table></section>
      )}</QueryState>
    </AdminPage>
  );
}
