import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminCreateServiceDocument, AdminServicesDocument, AdminUpdateServiceDocument, type AdminServicesQuery } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { EditForm, type EditField, type Values } from './edit-form.tsx';
import { useSend } from './use-send.ts';
import { Uses } from './uses.tsx';

type Service = AdminServicesQuery['serviceCatalogue'][number];

/** The service catalogue: who supports what, line by line (AGR-06). What a service rests on is kept in the CMDB. */
export function ServicesPage() {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const [search, input] = useSearchText();
  const [editing, setEditing] = useState<string | null>(null);
  const result = useQuery(AdminServicesDocument, { fetchPolicy: 'cache-and-network' });
  const wanted = ({ key, name, nameZh }: Service): boolean => `${key} ${name} ${nameZh}`.toLowerCase().includes(search.toLowerCase());
  return (
    <AdminPage title={t('services.title')} aside={input}>
      <QueryState result={result}>{(data) => {
        const teamName = (id: string | null): string => { const team = data.teams.find((one) => one.id === id); return team === undefined ? '—' : locale === 'en' ? team.name : team.nameZh; };
        const edited = data.serviceCatalogue.find(({ id }) => id === editing);
        return (
          <>
            <NewForm label={t('services.new')}>{(close) => <ServiceForm service={null} data={data} reload={result.refetch} onDone={close} />}</NewForm>
            {edited === undefined ? null : <section className="card"><ServiceForm key={edited.id} service={edited} data={data} reload={result.refetch} onDone={() => setEditing(null)} /></section>}
            <section className="card"><table>
              <thead><tr><th>{t('field.name')}</th><th>{t('field.key')}</th><th>{t('services.first')}</th><th>{t('services.second')}</th><th>{t('services.third')}</th><th className="figure">{t('services.items')}</th><th>{t('state')}</th><th className="figure">{t('edit')}</th></tr></thead>
              <tbody>{data.serviceCatalogue.filter(wanted).map((one) => (
                <tr key={one.id}><td>{locale === 'en' ? one.name : one.nameZh}</td><td><code>{one.key}</code></td><td>{teamName(one.firstLineTeamId)}</td><td>{teamName(one.secondLineTeamId)}</td><td>{teamName(one.thirdLineTeamId)}</td><td className="figure">{one.ciIds.length}</td><td><Active active={one.active} /></td>
                  <td className="figure"><button type="button" className="plain" aria-label={`${t('edit')} ${locale === 'en' ? one.name : one.nameZh}`} onClick={() => setEditing(one.id)}>{t('edit')}</button></td></tr>
              ))}</tbody>
            </table></section>
          </>
        );
      }}</QueryState>
    </AdminPage>
  );
}

function ServiceForm({ service, data, reload, onDone }: { readonly service: Service | null; readonly data: AdminServicesQuery; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const { busy, errors, send } = useSend();
  const teams = data.teams.filter(({ active }) => active).map((team) => [team.id, locale === 'en' ? team.name : team.nameZh] as const);
  const fields: readonly EditField[] = [
    ...(service === null ? [{ name: 'key', label: t('field.key'), kind: 'text' as const, required: true }] : []),
    { name: 'nameZh', label: t('field.nameZh'), kind: 'text', required: true }, { name: 'name', label: t('field.nameEn'), kind: 'text', required: true },
    { name: 'firstLineTeamId', label: t('services.first'), kind: 'choice', options: teams }, { name: 'secondLineTeamId', label: t('services.second'), kind: 'choice', options: teams }, { name: 'thirdLineTeamId', label: t('services.third'), kind: 'choice', options: teams },
    ...(service === null ? [] : [{ name: 'active', label: t('services.active'), kind: 'flag' as const, hint: t('services.activeHint') }]),
  ];
  const facts = (values: Values) => ({ name: values['name'] ?? '', nameZh: values['nameZh'] ?? '', firstLineTeamId: values['firstLineTeamId'] || null, secondLineTeamId: values['secondLineTeamId'] || null, thirdLineTeamId: values['thirdLineTeamId'] || null });
  const current: Values = service === null ? {} : { nameZh: service.nameZh, name: service.name, firstLineTeamId: service.firstLineTeamId ?? '', secondLineTeamId: service.secondLineTeamId ?? '', thirdLineTeamId: service.thirdLineTeamId ?? '', active: String(service.active) };
  return <EditForm form={`service:${service?.id ?? 'new'}`} title={service === null ? t('services.new') : `${t('edit')} ${locale === 'en' ? service.name : service.nameZh}`} fields={fields} current={current} version={service?.version ?? 0} errors={errors} busy={busy} onCancel={onDone} onSave={async (values, expectedVersion) => {
    const done = service === null ? await send(AdminCreateServiceDocument, { key: values['key'] ?? '', ...facts(values) }) : await send(AdminUpdateServiceDocument, { id: service.id, expectedVersion, ...facts(values), active: values['active'] === 'true' });
    await reload();
    if (done !== null) onDone();
    return done !== null;
  }}>{service?.active === true ? <Uses of="service" id={service.id} /> : null}</EditForm>;
}
