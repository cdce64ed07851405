import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import { AdminAgreementsDocument, AdminChoicesDocument, AdminCreateAgreementDocument, AdminCustomersDocument, type AdminAgreementFragment, type AdminAgreementsQuery } from '../../graphql/generated/desk/graphql.ts';
import { AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { EditForm, type EditField, type Values } from './edit-form.tsx';
import { useSend } from './use-send.ts';

const RENEWAL_LEAD_MS = 60 * 86_400_000;

/** Where an agreement stands in its time; the last 60 days ask for a renewal (AGR-03). */
export function standingOf({ startsAt, endsAt }: Pick<AdminAgreementFragment, 'startsAt' | 'endsAt'>, now: number): 'coming' | 'in-force' | 'ending' | 'ended' {
  const [from, to] = [Date.parse(startsAt), Date.parse(endsAt)];
  if (now >= to) return 'ended';
  if (now < from) return 'coming';
  return to - now <= RENEWAL_LEAD_MS ? 'ending' : 'in-force';
}

/** The agreements, the first to end first. */
export function AgreementsPage() {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const [search, input] = useSearchText();
  const result = useQuery(AdminAgreementsDocument, { variables: { search }, fetchPolicy: 'cache-and-network' });
  const [now] = useState(() => Date.now());
  return (
    <AdminPage title={t('agreements.title')} aside={input}>
      <NewForm label={t('agreements.new')}>{(close) => <NewAgreement customerId={null} onCancel={close} />}</NewForm>
      <QueryState result={result} isEmpty={({ agreementRegister }) => agreementRegister.edges.length === 0} empty={t('none.found')}>{({ agreementRegister: { edges, pageInfo } }) => (
        <section className="card"><table>
          <thead><tr><th>{t('field.number')}</th><th>{t('field.name')}</th><th>{t('field.customer')}</th><th>{t('agreements.tier')}</th><th>{t('field.calendar')}</th><th>{t('field.to')}</th><th>{t('state')}</th></tr></thead>
          <tbody>{edges.map(({ node: one }) => (
            <tr key={one.id}><td><Link to={`/admin/agreements/${one.id}`}>{one.number}</Link></td><td>{one.name}</td><td><Link to={`/admin/customers/${one.customerId}`}>{one.customer?.name}</Link></td><td>{one.tier === null ? t('agreements.levelTable') : labelOf(vocabulary.tiers, one.tier, locale)}</td>
              <td>{locale === 'en' ? one.calendar?.name : one.calendar?.nameZh}</td><td><When at={one.endsAt} /></td><td><span className="badge" data-standing={standingOf(one, now)}>{t(`standing.${standingOf(one, now)}`)}</span></td></tr>
          ))}</tbody>
        </table>
          {pageInfo.hasNextPage ? <button type="button" className="more" onClick={() => void result.fetchMore({ variables: { after: pageInfo.endCursor }, updateQuery: joined })}>{t('more')}</button> : null}</section>
      )}</QueryState>
    </AdminPage>
  );
}

function joined(before: AdminAgreementsQuery, { fetchMoreResult }: { fetchMoreResult: AdminAgreementsQuery }): AdminAgreementsQuery {
  const { edges, pageInfo } = fetchMoreResult.agreementRegister;
  return { agreementRegister: { pageInfo, edges: [...before.agreementRegister.edges, ...edges] } };
}

export const AGREEMENT_PEOPLE = ['slaOwnerId', 'serviceManagerId', 'serviceDeliveryManagerId', 'projectManagerId', 'departmentManagerId', 'technicalManagerId'] as const;

type PersonPart = (typeof AGREEMENT_PEOPLE)[number];
/** By part, the names of those who are named now. */
export type PeopleNames = Readonly<Partial<Record<PersonPart, string | undefined>>>;

export function useAgreementFields(names: PeopleNames = {}): readonly EditField[] {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const calendars = useQuery(AdminChoicesDocument).data?.calendars ?? [];
  return [
    { name: 'name', label: t('field.name'), kind: 'text', required: true },
    { name: 'tier', label: t('agreements.tier'), kind: 'choice', options: vocabulary.tiers.map(({ key, zh, en }) => [key, locale === 'en' ? en : zh]), hint: t('agreements.tierHint') },
    { name: 'calendarId', label: t('field.calendar'), kind: 'choice', required: true, options: calendars.filter(({ active }) => active).map((one) => [one.id, locale === 'en' ? one.name : one.nameZh]), hint: t('agreements.calendarHint') },
    { name: 'startsAt', label: t('field.from'), kind: 'instant', required: true }, { name: 'endsAt', label: t('field.to'), kind: 'instant', required: true, hint: t('agreements.endHint') },
    { name: 'reportingCadence', label: t('agreements.cadence'), kind: 'text' },
    { name: 'responseChannels', label: t('agreements.channels'), kind: 'choices', options: vocabulary.channels.filter(({ key }) => key !== 'phone').map(({ key, zh, en }) => [key, locale === 'en' ? en : zh]), hint: t('agreements.channelsHint') },
    ...AGREEMENT_PEOPLE.map((name) => ({ name, label: t(`agreements.${name}`), kind: 'person' as const, shown: names[name] ?? '' })),
  ];
}

/** What both creating and editing send of the form; what the form does not show stays out of it. */
export const termsOf = (values: Values) => ({
  name: values['name'] ?? '', tier: values['tier'] || null, calendarId: values['calendarId'] ?? '', startsAt: values['startsAt'] ?? '', endsAt: values['endsAt'] ?? '',
  reportingCadence: values['reportingCadence'] || null, responseChannels: (values['responseChannels'] ?? '').split(',').filter((one) => one !== ''),
  ...Object.fromEntries(AGREEMENT_PEOPLE.map((name) => [name, values[name] || null])),
});

export function NewAgreement({ customerId, onCancel }: { readonly customerId: string | null; readonly onCancel: () => void }) {
  const t = useAdminWords();
  const navigate = useNavigate();
  const { busy, errors, send } = useSend();
  const customers = useQuery(AdminCustomersDocument, { skip: customerId !== null }).data?.customers.edges ?? [];
  const fields: readonly EditField[] = [
    ...(customerId === null ? [{ name: 'customerId', label: t('field.customer'), kind: 'choice' as const, required: true, options: customers.map(({ node }) => [node.id, node.name] as const) }] : []),
    { name: 'number', label: t('field.number'), kind: 'text', required: true }, ...useAgreementFields(),
  ];
  return <EditForm form={`agreement.new:${customerId ?? ''}`} title={t('agreements.new')} fields={fields} current={{}} version={0} errors={errors} busy={busy} onCancel={onCancel} onSave={async (values) => {
    const done = await send(AdminCreateAgreementDocument, { customerId: customerId ?? values['customerId'] ?? '', number: values['number'] ?? '', ...termsOf(values) });
    if (done?.record) void navigate(`/admin/agreements/${done.record.id}`);
    return done !== null;
  }} />;
}
