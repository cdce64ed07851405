import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import {
  AdminCustomersDocument, AdminGrantRoleDocument, AdminPersonByIdDocument, AdminResetPasswordDocument, AdminRevokeRoleDocument, AdminUpdatePersonDocument, type AdminPersonByIdQuery, type AdminPersonFragment,
} from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { AskButton } from './ask-button.tsx';
import { EditForm } from './edit-form.tsx';
import { personFields } from './people-page.tsx';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

/** One person: facts, roles with their scope, what these allow and why, sign-in. */
export function PersonPage() {
  const t = useAdminWords();
  const id = useParams()['id'] ?? '';
  const result = useQuery(AdminPersonByIdDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return <QueryState result={result}>{(data) => (data.node?.__typename === 'Person' ? <OnePerson person={data.node} data={data} reload={result.refetch} /> : <PageMissing>{t('missing')}</PageMissing>)}</QueryState>;
}

interface PersonProps {
  readonly person: AdminPersonFragment;
  readonly data: AdminPersonByIdQuery;
  readonly reload: () => Promise<unknown>;
}

function OnePerson({ person, data, reload }: PersonProps) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const { busy, errors, send } = useSend();
  const teams = data.teams.filter(({ members, lead }) => members.some(({ id }) => id === person.id) || lead?.id === person.id);
  const update = (more: object) => send(AdminUpdatePersonDocument, { id: person.id, expectedVersion: person.version, ...more }).then(async (done) => { await reload(); return done !== null; });
  return (
    <AdminPage title={person.name} up={['/admin/people', t('people.title')]} badge={<Active active={person.active} />}
      aside={person.active
        ? <AskButton label={t('people.deactivate')} question={t('people.deactivateAsk', { name: person.name })} disabled={busy} onYes={() => update({ active: false })} />
        : <button type="button" onClick={() => void update({ active: true })}>{t('people.reactivate')}</button>}>
      <div className="admin-columns">
        <section className="card">
          <h2>{t('facts')}</h2>
          <EditForm form={`person:${person.id}`} fields={personFields(t)} current={{ name: person.name, email: person.email, phone: person.phone ?? '', locale: person.locale }} version={person.version} errors={errors} busy={busy}
            onSave={async (values, version) => {
              const done = await send(AdminUpdatePersonDocument, { id: person.id, expectedVersion: version, name: values['name'] ?? '', email: values['email'] ?? '', phone: values['phone'] ?? '', locale: values['locale'] === 'EN' ? 'EN' : 'ZH_CN' });
              await reload();
              return done !== null;
            }} />
          <h2>{t('people.teams')}</h2>
          <p>{teams.length === 0 ? '—' : teams.map((team) => (locale === 'en' ? team.name : team.nameZh)).join(', ')}</p>
          <SignIn person={person} />
        </section>
        <div className="admin-stack"><Roles person={person} data={data} reload={reload} /><Allowed person={person} data={data} /></div>
      </div>
    </AdminPage>
  );
}

function SignIn({ person }: { readonly person: AdminPersonFragment }) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const [reset, setReset] = useState<{ readonly secret: string; readonly expiresAt: string } | null>(null);
  return (
    <>
      <h2>{t('people.signIn')}</h2>
      <p className="quiet">{t('people.resetExplain')}</p>
      <Refusals errors={errors} />
      {reset === null
        ? <AskButton label={t('people.reset')} question={t('people.resetAsk', { name: person.name })} disabled={busy || !person.active} onYes={async () => setReset((await send(AdminResetPasswordDocument, { personId: person.id }))?.reset ?? null)} />
        : <div className="secret" role="status"><p>{t('people.resetLink')} <When at={reset.expiresAt} /></p><input readOnly aria-label={t('people.resetLink')} value={`${window.location.origin}/reset/${reset.secret}`} onFocus={(event) => event.target.select()} /></div>}
    </>
  );
}

type Grant = AdminPersonFragment['roles'][number];

function useScopeText(): (grant: Grant) => string {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  return ({ customer, team }) => {
    const parts = [customer?.name, team === null ? undefined : locale === 'en' ? team.name : team.nameZh].filter((part) => part !== undefined);
    return parts.length === 0 ? t('people.everywhere') : t('people.onlyFor', { scope: parts.join(' · ') });
  };
}

function Roles({ person, data, reload }: PersonProps) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const scope = useScopeText();
  const { busy, errors, send } = useSend();
  const granting = useSend();
  const customers = useQuery(AdminCustomersDocument).data?.customers.edges ?? [];
  const label = (key: string): string => data.roleDefinitions.find((role) => role.key === key)?.[locale === 'en' ? 'en' : 'zh'] ?? key;
  return (
    <section className="card">
      <h2>{t('people.roles')}<small>{person.roles.length}</small></h2>
      <Refusals errors={errors} />
      {person.roles.length === 0 ? <p className="quiet">{t('people.noRoles')}</p> : <table><tbody>{person.roles.map((grant) => (
        <tr key={grant.id}><th scope="row">{label(grant.role)}</th><td>{scope(grant)}</td><td className="figure"><AskButton label={t('people.revoke', { role: label(grant.role) })} question={t('people.revokeAsk', { name: person.name, role: label(grant.role) })} disabled={busy} onYes={() => send(AdminRevokeRoleDocument, { grantId: grant.id }).then(reload)} /></td></tr>
      ))}</tbody></table>}
      <NewForm label={t('people.grant')}>{(close) => (
        <EditForm form={`grant:${person.id}`} title={t('people.grant')} version={0} current={{}} errors={granting.errors} busy={granting.busy} onCancel={close} fields={[
          { name: 'role', label: t('people.role'), kind: 'choice', required: true, options: data.roleDefinitions.map(({ key, zh, en }) => [key, locale === 'en' ? en : zh]) },
          { name: 'customerId', label: t('people.onlyCustomer'), kind: 'choice', options: customers.map(({ node }) => [node.id, node.name]), hint: t('people.scopeHint') },
          { name: 'teamId', label: t('people.onlyTeam'), kind: 'choice', options: data.teams.filter(({ active }) => active).map((team) => [team.id, locale === 'en' ? team.name : team.nameZh]) },
        ]} onSave={async (values) => {
          const done = await granting.send(AdminGrantRoleDocument, { personId: person.id, role: values['role'] ?? '', customerId: values['customerId'] || null, teamId: values['teamId'] || null });
          if (done !== null) { await reload(); close(); }
          return done !== null;
        }} />
      )}</NewForm>
    </section>
  );
}

/** What the roles allow, and which of them does. */
function Allowed({ person, data }: { readonly person: AdminPersonFragment; readonly data: AdminPersonByIdQuery }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const scope = useScopeText();
  const definitions = new Map(data.roleDefinitions.map((role) => [role.key, role]));
  const allowed = data.permissions.flatMap(({ key, zh, en }) => {
    const by = person.roles.filter(({ role }) => definitions.get(role)?.permissions.includes(key) === true);
    return by.length === 0 ? [] : [{ key, text: locale === 'en' ? en : zh, by }];
  });
  return (
    <section className="card">
      <h2>{t('people.allowed')}<small>{allowed.length}</small></h2>
      {person.active ? null : <p className="notice">{t('people.allowedNothing')}</p>}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('people.allowed')}><table><thead><tr><th>{t('people.may')}</th><th>{t('people.because')}</th></tr></thead><tbody>{allowed.map(({ key, text, by }) => (
        <tr key={key}><td title={key}>{text}</td><td>{by.map((grant) => `${definitions.get(grant.role)?.[locale === 'en' ? 'en' : 'zh'] ?? grant.role} (${scope(grant)})`).join(' ')}</td></tr>
      ))}</tbody></table></div>
    </section>
  );
}
