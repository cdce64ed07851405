import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminEditPolicyDocument, AdminPoliciesDocument, AdminPolicyVersionsDocument, WhatIfPolicyDocument, type AdminPoliciesQuery, type AdminPolicyVersionsQuery } from '../../graphql/generated/desk/graphql.ts';
import { AdminPage } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { Diff } from './diff.tsx';
import type { Shape } from './json-shape.ts';
import { localInput } from './local-input.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { wordOf } from './policy-words.ts';
import { Refusals } from './refusals.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useSend } from './use-send.ts';
import { Versions } from './versions.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';

/** One policy: its form, what an edit would do, and every version. */
export function PolicyPage() {
  const t = useAdminWords();
  const key = useParams()['key'] ?? '';
  const result = useQuery(AdminPoliciesDocument, { fetchPolicy: 'cache-and-network' });
  const versions = useQuery(AdminPolicyVersionsDocument, { variables: { key }, fetchPolicy: 'cache-and-network' });
  return <QueryState result={result}>{(data) => <QueryState result={versions}>{({ policyVersions }) => {
    const newest = policyVersions[0];
    const form = data.policyForms.find((one) => one.key === key);
    if (newest === undefined || form === undefined) return <PageMissing>{t('missing')}</PageMissing>;
    return <OnePolicy key={key} form={form} newest={newest} versions={policyVersions} data={data} reload={async () => { await result.refetch(); await versions.refetch(); }} />;
  }}</QueryState>}</QueryState>;
}

type Version = AdminPolicyVersionsQuery['policyVersions'][number];
interface Props {
  readonly form: AdminPoliciesQuery['policyForms'][number];
  readonly newest: Version;
  readonly versions: readonly Version[];
  readonly data: AdminPoliciesQuery;
  readonly reload: () => Promise<void>;
}

function OnePolicy({ form, newest, versions, data, reload }: Props) {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const { busy, errors, send } = useSend();
  const draft = useDraft<unknown>(`policy:${form.key}`, { value: newest.body, version: newest.version });
  const [validFrom, setValidFrom] = useState('');
  const [reason, setReason] = useState('');
  useLeaveGuard(draft.dirty, t('leave.ask'));
  const word = wordOf(form.words, []);
  const stale = draft.dirty && draft.version !== newest.version;
  const input = { key: form.key, expectedVersion: newest.version, body: draft.value, validFrom: validFrom === '' ? null : validFrom, reason: reason === '' ? null : reason };
  const named = (one: { readonly name: string; readonly nameZh: string }): string => (locale === 'en' ? one.name : one.nameZh);
  const choices = {
    roles: vocabulary.roles.map(({ key, zh, en }) => [key, locale === 'en' ? en : zh] as const), teams: data.teams.map((team) => [team.key, named(team)] as const),
    calendars: data.calendars.filter(({ active }) => active).map((one) => [one.key, named(one)] as const),
  };
  return (
    <AdminPage title={(locale === 'en' ? word?.en : word?.zh) ?? form.key} up={['/admin/policies', t('policies.title')]} badge={<><code>{form.key}</code> <span className="badge">{t('policies.version', { version: newest.version })}</span></>}>
      <p className="quiet">{locale === 'en' ? word?.meaningEn : word?.meaningZh} {word?.spec}</p>
      {stale ? <section className="conflict card" role="alert"><h2>{t('conflict.title')}</h2><p>{t('conflict.policy', { by: newest.createdBy ?? '—' })}</p><Diff before={newest.body} after={draft.value} words={form.words} />
        <div className="form-end"><button type="button" onClick={draft.discard}>{t('conflict.takeTheirs')}</button><button type="button" onClick={() => draft.rebase(draft.value, newest.version)}>{t('conflict.keepMine')}</button></div></section> : null}
      <section className="card"><PolicyEditor shape={form.shape as Shape} value={draft.value} onChange={draft.change} words={form.words} choices={choices} refusedAt={errors[0]?.field ?? null} /></section>
      <section className="card save-card"><h2>{t('policies.save')}</h2>
        {draft.dirty ? <><h3>{t('diff.title')}</h3><Diff before={newest.body} after={draft.value} words={form.words} /></> : <p className="quiet">{t('policies.untouched')}</p>}
        <div className="save-line">
          <div className="field"><label htmlFor="valid-from">{t('policies.validFrom')}</label><input id="valid-from" type="datetime-local" value={localInput(validFrom)} onChange={(event) => setValidFrom(event.target.value === '' ? '' : new Date(event.target.value).toISOString())} /><small>{t('policies.validFromHint')}</small></div>
          <div className="field wide"><label htmlFor="policy-reason">{t('field.reason')}</label><input id="policy-reason" value={reason} aria-invalid={errors.some(({ field }) => field === 'reason')} onChange={(event) => setReason(event.target.value)} /><small>{t('policies.reasonHint')}</small></div>
        </div>
        {form.planning ? <WhatIfPanel query={WhatIfPolicyDocument} input={draft.dirty ? input : null} /> : <p className="quiet">{t('policies.noClocks')}</p>}
        <Refusals errors={errors} />
        <div className="form-end"><button type="button" className="main" disabled={busy || !draft.dirty || stale} onClick={() => void send(AdminEditPolicyDocument, input).then(async (done) => { if (done !== null) { draft.discard(); setReason(''); setValidFrom(''); } await reload(); })}>{t('policies.saveVersion', { version: newest.version + 1 })}</button>
          {draft.dirty ? <><button type="button" className="plain" onClick={draft.discard}>{t('discard')}</button><span className="quiet" role="status">{t('unsaved')}</span></> : null}</div>
      </section>
      <Versions versions={versions.map(({ body, ...rest }) => ({ ...rest, document: body }))} words={form.words} />
    </AdminPage>
  );
}
