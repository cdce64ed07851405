import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import { AdminAgreementByIdDocument, AdminEndAgreementDocument, AdminUpdateAgreementDocument, WhatIfAgreementDocument, type AdminAgreementByIdQuery } from '../../graphql/generated/desk/graphql.ts';
import { AdminPage } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { AgreementLines } from './agreement-lines.tsx';
import { AGREEMENT_PEOPLE, standingOf, termsOf, useAgreementFields } from './agreements-page.tsx';
import { AskButton } from './ask-button.tsx';
import { EditForm, type Values } from './edit-form.tsx';
import { Refusals } from './refusals.tsx';
import { TargetsTable, type OwnTargets } from './targets-table.tsx';
import { useDraft } from './use-draft.ts';
import { useSend } from './use-send.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

export type AgreementRecord = Extract<NonNullable<AdminAgreementByIdQuery['node']>, { __typename: 'Agreement' }>;

/** One agreement: terms, own targets, lines; each edit can be tried on the open incidents first (SLA-10). */
export function AgreementPage() {
  const t = useAdminWords();
  const id = useParams()['id'] ?? '';
  const result = useQuery(AdminAgreementByIdDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return <QueryState result={result}>{(data) => (data.node?.__typename === 'Agreement' ? <OneAgreement agreement={data.node} data={data} reload={result.refetch} /> : <PageMissing>{t('missing')}</PageMissing>)}</QueryState>;
}

interface Props {
  readonly agreement: AgreementRecord;
  readonly data: AdminAgreementByIdQuery;
  readonly reload: () => Promise<unknown>;
}

const valuesOf = (agreement: AgreementRecord): Values => ({
  name: agreement.name, tier: agreement.tier ?? '', calendarId: agreement.calendarId, startsAt: agreement.startsAt, endsAt: agreement.endsAt, reportingCadence: agreement.reportingCadence ?? '',
  responseChannels: agreement.responseChannels.join(','), ...Object.fromEntries(AGREEMENT_PEOPLE.map((name) => [name, agreement[name] ?? ''])),
});

function OneAgreement({ agreement, data, reload }: Props) {
  const t = useAdminWords();
  const [now] = useState(() => Date.now());
  const standing = standingOf(agreement, now);
  return (
    <AdminPage title={agreement.name} up={['/admin/agreements', t('agreements.title')]} badge={<><small>{agreement.number}</small> <span className="badge" data-standing={standing}>{t(`standing.${standing}`)}</span></>}
      aside={standing === 'ended' ? undefined : <EndAgreement agreement={agreement} reload={reload} />}>
      {standing === 'ending' ? <p className="notice">{t('agreements.renew')} <When at={agreement.endsAt} /></p> : null}
      <p className="quiet">{t('field.customer')} <Link to={`/admin/customers/${agreement.customerId}`}>{agreement.customer?.name}</Link></p>
      <Terms agreement={agreement} reload={reload} />
      <AgreementLines agreement={agreement} data={data} reload={reload} />
    </AdminPage>
  );
}

function Terms({ agreement, reload }: { readonly agreement: AgreementRecord; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const { slaOwner, serviceManager, serviceDeliveryManager, projectManager, departmentManager, technicalManager } = agreement;
  const fields = useAgreementFields({
    slaOwnerId: slaOwner?.name, serviceManagerId: serviceManager?.name, serviceDeliveryManagerId: serviceDeliveryManager?.name,
    projectManagerId: projectManager?.name, departmentManagerId: departmentManager?.name, technicalManagerId: technicalManager?.name,
  });
  const form = `agreement:${agreement.id}`;
  const draft = useDraft<Values>(form, { value: valuesOf(agreement), version: agreement.version });
  const targets = useDraft<OwnTargets>(`${form}:targets`, { value: agreement.targets as OwnTargets, version: agreement.version });
  // All that an update replaces as a whole: what this form does not show is sent as it is.
  const kept = { levelCriteria: agreement.levelCriteria };
  const inputOf = (values: Values, expectedVersion: number) => ({ id: agreement.id, expectedVersion, ...kept, ...termsOf(values), targets: targets.value });
  return (
    <section className="card"><h2>{t('agreements.terms')}</h2>
      <EditForm form={form} fields={fields} current={valuesOf(agreement)} version={agreement.version} errors={errors} busy={busy} onCancel={targets.dirty ? targets.discard : undefined} onSave={async (values, version) => {
        const done = await send(AdminUpdateAgreementDocument, inputOf(values, version));
        if (done !== null) targets.discard();
        await reload();
        return done !== null;
      }}>
        <h3>{t('agreements.targets')}</h3>
        <TargetsTable value={targets.value} onChange={targets.change} />
        <WhatIfPanel query={WhatIfAgreementDocument} input={inputOf(draft.value, agreement.version)} />
      </EditForm>
    </section>
  );
}

function EndAgreement({ agreement, reload }: { readonly agreement: AgreementRecord; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const [reason, setReason] = useState('');
  return (
    <AskButton label={t('agreements.end')} question={t('agreements.endAsk', { number: agreement.number })} disabled={busy} onYes={async () => { await send(AdminEndAgreementDocument, { id: agreement.id, expectedVersion: agreement.version, reason }); await reload(); }}>
      <div className="field"><label htmlFor="end-reason">{t('field.reason')}</label><input id="end-reason" value={reason} onChange={(event) => setReason(event.target.value)} /></div>
      <Refusals errors={errors} />
    </AskButton>
  );
}
