import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminCalendarVersionsDocument, AdminEditCalendarDocument, AdminUpdateCalendarDocument, WhatIfCalendarDocument, type AdminCalendarVersionsQuery } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { AskButton } from './ask-button.tsx';
import { CalendarHours, type Definition } from './calendar-hours.tsx';
import { Diff } from './diff.tsx';
import { HolidayImport } from './holiday-import.tsx';
import { localInput } from './local-input.ts';
import { Refusals } from './refusals.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useSend } from './use-send.ts';
import { Versions } from './versions.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';

type Calendar = AdminCalendarVersionsQuery['calendars'][number];

/** One calendar: weekly hours, dated exceptions, holidays from a file, versions (CAL-01, CAL-04). */
export function CalendarPage() {
  const t = useAdminWords();
  const id = useParams()['id'] ?? '';
  const result = useQuery(AdminCalendarVersionsDocument, { fetchPolicy: 'cache-and-network' });
  return <QueryState result={result}>{({ calendars }) => {
    const calendar = calendars.find((one) => one.id === id);
    return calendar === undefined ? <PageMissing>{t('missing')}</PageMissing> : <OneCalendar key={id} calendar={calendar} reload={result.refetch} />;
  }}</QueryState>;
}

function OneCalendar({ calendar, reload }: { readonly calendar: Calendar; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const { busy, errors, send } = useSend();
  const register = useSend();
  const newest = calendar.versions[0]?.source as '24x7' | Definition | undefined;
  const draft = useDraft<'24x7' | Definition>(`calendar:${calendar.id}`, { value: newest ?? '24x7', version: calendar.version });
  const [validFrom, setValidFrom] = useState('');
  const [reason, setReason] = useState('');
  useLeaveGuard(draft.dirty, t('leave.ask'));
  const stale = draft.dirty && draft.version !== calendar.version;
  const input = { id: calendar.id, expectedVersion: calendar.version, source: draft.value, validFrom: validFrom === '' ? null : validFrom, reason: reason === '' ? null : reason };
  const update = (active: boolean) => register.send(AdminUpdateCalendarDocument, { id: calendar.id, expectedVersion: calendar.version, active }).then(reload);
  return (
    <AdminPage title={locale === 'en' ? calendar.name : calendar.nameZh} up={['/admin/calendars', t('calendars.title')]} badge={<><code>{calendar.key}</code> <Active active={calendar.active} /></>}
      aside={calendar.active ? <AskButton label={t('calendars.retire')} question={t('calendars.retireAsk')} disabled={register.busy} onYes={() => update(false)} /> : <button type="button" onClick={() => void update(true)}>{t('calendars.restore')}</button>}>
      <Refusals errors={register.errors} />
      {stale ? <section className="conflict card" role="alert"><h2>{t('conflict.title')}</h2><Diff before={newest} after={draft.value} /><div className="form-end"><button type="button" onClick={draft.discard}>{t('conflict.takeTheirs')}</button><button type="button" onClick={() => draft.rebase(draft.value, calendar.version)}>{t('conflict.keepMine')}</button></div></section> : null}
      {draft.value === '24x7' ? <section className="card"><p>{t('calendars.always')}</p></section> : <CalendarHours value={draft.value} onChange={draft.change} errors={errors} />}
      <section className="card save-card"><h2>{t('policies.save')}</h2>
        {draft.dirty ? <Diff before={newest} after={draft.value} /> : <p className="quiet">{t('policies.untouched')}</p>}
        <div className="save-line">
          <div className="field"><label htmlFor="valid-from">{t('policies.validFrom')}</label><input id="valid-from" type="datetime-local" value={localInput(validFrom)} onChange={(event) => setValidFrom(event.target.value === '' ? '' : new Date(event.target.value).toISOString())} /><small>{t('policies.validFromHint')}</small></div>
          <div className="field wide"><label htmlFor="calendar-reason">{t('field.reason')}</label><input id="calendar-reason" value={reason} onChange={(event) => setReason(event.target.value)} /><small>{t('policies.reasonHint')}</small></div>
        </div>
        <WhatIfPanel query={WhatIfCalendarDocument} input={draft.dirty ? input : null} />
        <Refusals errors={errors} />
        <div className="form-end"><button type="button" className="main" disabled={busy || !draft.dirty || stale} onClick={() => void send(AdminEditCalendarDocument, input).then(async (done) => { if (done !== null) draft.discard(); await reload(); })}>{t('policies.saveVersion', { version: calendar.version + 1 })}</button>
          {draft.dirty ? <><button type="button" className="plain" onClick={draft.discard}>{t('discard')}</button><span className="quiet" role="status">{t('unsaved')}</span></> : null}</div>
      </section>
      {newest === '24x7' ? null : <HolidayImport calendar={calendar} reload={reload} />}
      <Versions versions={calendar.versions.map(({ source, ...rest }) => ({ ...rest, document: source === '24x7' ? { hours: source } : source }))} />
    </AdminPage>
  );
}
