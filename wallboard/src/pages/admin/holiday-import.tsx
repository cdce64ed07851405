import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { PageFailed } from '../../components/page-state/page-state.tsx';
import { AdminHolidaysDocument, AdminImportHolidaysDocument, WhatIfHolidaysDocument, type AdminHolidaysQuery } from '../../graphql/generated/desk/graphql.ts';
import { useAdminWords } from './admin-words.ts';
import { hoursText, type Hours } from './hours-text.ts';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

type Preview = AdminHolidaysQuery['previewHolidays'];

/** CAL-04, CAL-05: a yearly list from an iCalendar file; what it changes is looked at first. */
export function HolidayImport({ calendar, reload }: { readonly calendar: { readonly id: string; readonly version: number }; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const client = useApolloClient();
  const { busy, errors, send } = useSend();
  const [file, setFile] = useState<{ readonly ics: string; readonly preview: Preview } | null>(null);
  const [error, setError] = useState<unknown>();
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    try {
      const ics = await chosen.text();
      const { data } = await client.query({ query: AdminHolidaysDocument, variables: { calendarId: calendar.id, ics }, fetchPolicy: 'network-only' });
      setFile(data === undefined ? null : { ics, preview: data.previewHolidays });
      setError(undefined);
    } catch (refused) {
      setFile(null);
      setError(refused);
    }
  };
  const input = file === null ? null : { calendarId: calendar.id, expectedVersion: calendar.version, ics: file.ics };
  return (
    <section className="card"><h2>{t('holidays.title')}</h2>
      <div className="field"><label htmlFor="ics">{t('holidays.file')}</label><input id="ics" type="file" accept=".ics,text/calendar" onChange={(event) => void read(event.target.files?.[0])} /><small>{t('holidays.hint')}</small></div>
      {error === undefined ? null : <PageFailed error={error} />}
      {file === null || input === null ? null : (
        <>
          <PreviewTable preview={file.preview} />
          <WhatIfPanel query={WhatIfHolidaysDocument} input={input} />
          <Refusals errors={errors} />
          <div className="form-end"><button type="button" className="main" disabled={busy} onClick={() => void send(AdminImportHolidaysDocument, input).then(async (done) => { if (done !== null) setFile(null); await reload(); })}>{t('holidays.load')}</button><button type="button" className="plain" onClick={() => setFile(null)}>{t('cancel')}</button></div>
        </>
      )}
    </section>
  );
}

function PreviewTable({ preview: { added, changed, removed } }: { readonly preview: Preview }) {
  const t = useAdminWords();
  const hours = (value: unknown): string => hoursText(value as Hours) || t('calendars.closed');
  return (
    <>
      <p role="status">{t('holidays.sum', { added: added.length, changed: changed.length, removed: removed.length })}</p>
      <div className="scroll tall" tabIndex={0} role="region" aria-label={t('holidays.title')}><table className="diff"><tbody>
        {added.map((day) => <tr key={day.date}><th scope="row">{day.date}</th><td>{day.name}</td><td><ins>{hours(day.hours)}</ins></td></tr>)}
        {changed.map(({ before, after }) => <tr key={after.date}><th scope="row">{after.date}</th><td>{after.name}</td><td><del>{hours(before.hours)} {before.name}</del> <ins>{hours(after.hours)} {after.name}</ins></td></tr>)}
        {removed.map((day) => <tr key={day.date}><th scope="row">{day.date}</th><td>{day.name}</td><td><del>{hours(day.hours)}</del></td></tr>)}
      </tbody></table></div>
    </>
  );
}
