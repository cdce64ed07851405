import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { AdminSetLinesDocument, WhatIfAgreementLinesDocument, type AdminAgreementByIdQuery } from '../../graphql/generated/desk/graphql.ts';
import { useAdminWords } from './admin-words.ts';
import type { AgreementRecord } from './agreement-page.tsx';
import { Refusals } from './refusals.tsx';
import { TargetsTable, type OwnTargets } from './targets-table.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useSend } from './use-send.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

interface Line {
  readonly serviceId: string | null;
  readonly siteId: string | null;
  readonly department: string | null;
  readonly ciId: string | null;
  readonly tier: string | null;
  readonly calendarId: string | null;
  readonly targets: OwnTargets;
}
const NEW: Line = { serviceId: null, siteId: null, department: null, ciId: null, tier: null, calendarId: null, targets: {} };

interface Props {
  readonly agreement: AgreementRecord;
  readonly data: AdminAgreementByIdQuery;
  readonly reload: () => Promise<unknown>;
}

/** What an agreement covers, line by line; the most specific line decides (AGR-08). */
export function AgreementLines({ agreement, data, reload }: Props) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const current = agreement.lines.map(({ serviceId, siteId, department, ciId, tier, calendarId, targets }): Line => ({ serviceId, siteId, department, ciId, tier, calendarId, targets: targets as OwnTargets }));
  const draft = useDraft<readonly Line[]>(`lines:${agreement.id}`, { value: current, version: agreement.version });
  useLeaveGuard(draft.dirty, t('leave.ask'));
  const lines = draft.value;
  const change = (index: number, more: Partial<Line>): void => draft.change(lines.map((line, at) => (at === index ? { ...line, ...more } : line)));
  const input = { id: agreement.id, expectedVersion: draft.version, lines: lines.map((line) => ({ ...line })) };
  return (
    <section className="card agreement-lines"><h2>{t('lines.title')}<small>{lines.length}</small></h2>
      <p className="quiet">{lines.length === 0 ? t('lines.none') : t('lines.explain')}</p>
      <Refusals errors={errors} />
      {draft.version === agreement.version ? null : <p className="notice" role="alert">{t('lines.stale')} <button type="button" onClick={draft.discard}>{t('conflict.theirs')}</button> <button type="button" onClick={() => draft.rebase(lines, agreement.version)}>{t('conflict.mine')}</button></p>}
      <ol>{lines.map((line, index) => <li key={index}><OneLine line={line} index={index} agreement={agreement} data={data} onChange={(more) => change(index, more)} onRemove={() => draft.change(lines.filter((_, at) => at !== index))} /></li>)}</ol>
      <button type="button" onClick={() => draft.change([...lines, NEW])}>{t('lines.add')}</button>
      <WhatIfPanel query={WhatIfAgreementLinesDocument} input={input} />
      <div className="form-end">
        <button type="button" className="main" disabled={busy || !draft.dirty} onClick={() => void send(AdminSetLinesDocument, input).then(async (done) => { if (done !== null) draft.discard(); await reload(); })}>{t('lines.save')}</button>
        {draft.dirty ? <><button type="button" className="plain" onClick={draft.discard}>{t('discard')}</button><span className="quiet" role="status">{t('unsaved')}</span></> : null}
      </div>
    </section>
  );
}

interface LineProps {
  readonly line: Line;
  readonly index: number;
  readonly agreement: AgreementRecord;
  readonly data: AdminAgreementByIdQuery;
  readonly onChange: (more: Partial<Line>) => void;
  readonly onRemove: () => void;
}

function OneLine({ line, index, agreement, data, onChange, onRemove }: LineProps) {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const named = (one: { readonly name: string; readonly nameZh: string }): string => (locale === 'en' ? one.name : one.nameZh);
  const number = index + 1;
  const choice = (name: 'serviceId' | 'siteId' | 'tier' | 'calendarId', label: string, empty: string, options: readonly (readonly [string, string])[]) => (
    <label>{label}<select value={line[name] ?? ''} aria-label={`${t('lines.line', { number })} ${label}`} onChange={(event) => onChange({ [name]: event.target.value || null })}><option value="">{empty}</option>{options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}</select></label>
  );
  return (
    <fieldset><legend>{t('lines.line', { number })}</legend>
      <div className="line-fields">
        {choice('serviceId', t('lines.service'), t('lines.any'), data.serviceCatalogue.filter(({ active, id }) => active || id === line.serviceId).map((one) => [one.id, named(one)]))}
        {choice('siteId', t('lines.site'), t('lines.any'), (agreement.customer?.sites ?? []).map(({ id, name }) => [id, name]))}
        <label>{t('lines.department')}<input value={line.department ?? ''} placeholder={t('lines.any')} onChange={(event) => onChange({ department: event.target.value || null })} /></label>
        {choice('tier', t('agreements.tier'), t('lines.asAgreement'), vocabulary.tiers.map(({ key }) => [key, labelOf(vocabulary.tiers, key, locale)]))}
        {choice('calendarId', t('field.calendar'), t('lines.asAgreement'), data.calendars.filter(({ active, id }) => active || id === line.calendarId).map((one) => [one.id, named(one)]))}
        <button type="button" className="danger" aria-label={t('lines.remove', { number })} onClick={onRemove}>{t('remove')}</button>
      </div>
      <details open={Object.keys(line.targets).length > 0}><summary>{t('agreements.targets')}</summary><TargetsTable value={line.targets} onChange={(targets) => onChange({ targets })} /></details>
    </fieldset>
  );
}
