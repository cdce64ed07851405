import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { When } from '../../components/when.tsx';
import {
  AdminCreateProjectDocument, AdminCreateSiteDocument, AdminCustomerByIdDocument, AdminUpdateCustomerDocument, AdminUpdateProjectDocument, AdminUpdateSiteDocument, type AdminCustomerByIdQuery,
} from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { NewAgreement } from './agreements-page.tsx';
import { AskButton } from './ask-button.tsx';
import { customerFields, importanceOf } from './customers-page.tsx';
import { EditForm, type EditField } from './edit-form.tsx';
import { useSend } from './use-send.ts';
import { Uses } from './uses.tsx';

type Customer = NonNullable<AdminCustomerByIdQuery['customer']>;
interface Props {
  readonly customer: Customer;
  readonly data: AdminCustomerByIdQuery;
  readonly reload: () => Promise<unknown>;
}

/** One customer with what belongs to it: agreements, places, projects, contacts (AGR-01). */
export function CustomerPage() {
  const t = useAdminWords();
  const id = useParams()['id'] ?? '';
  const result = useQuery(AdminCustomerByIdDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return <QueryState result={result}>{(data) => (data.customer === null ? <PageMissing>{t('missing')}</PageMissing> : <OneCustomer customer={data.customer} data={data} reload={result.refetch} />)}</QueryState>;
}

function OneCustomer({ customer, data, reload }: Props) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const update = async (more: object): Promise<boolean> => {
    const done = await send(AdminUpdateCustomerDocument, { id: customer.id, expectedVersion: customer.version, ...more });
    await reload();
    return done !== null;
  };
  const { name, fullName, timeZone, importance, version } = customer;
  return (
    <AdminPage title={customer.name} up={['/admin/customers', t('customers.title')]} badge={<Active active={customer.active} />} aside={customer.active
      ? <AskButton label={t('customers.leave')} question={t('customers.leaveAsk', { name })} onYes={() => update({ active: false })}><Uses of="customer" id={customer.id} /></AskButton>
      : <button type="button" onClick={() => void update({ active: true })}>{t('customers.return')}</button>}>
      <div className="admin-columns">
        <section className="card"><h2>{t('facts')}</h2>
          <EditForm form={`customer:${customer.id}`} fields={customerFields(t)} current={{ name, fullName, timeZone, importance }} version={version} errors={errors} busy={busy}
            onSave={(values, expectedVersion) => update({ expectedVersion, name: values['name'], fullName: values['fullName'], timeZone: values['timeZone'], importance: importanceOf(values['importance']) })} />
        </section>
        <div className="admin-stack"><Agreements customer={customer} data={data} /><Sites customer={customer} reload={reload} /><Projects customer={customer} reload={reload} /><Contacts data={data} /></div>
      </div>
    </AdminPage>
  );
}

function Agreements({ customer, data }: { readonly customer: Customer; readonly data: AdminCustomerByIdQuery }) {
  const t = useAdminWords();
  return (
    <section className="card"><h2>{t('agreements.title')}<small>{data.agreements.length}</small></h2>
      {data.agreements.length === 0 ? <p className="quiet">{t('agreements.none')}</p> : <table><tbody>{data.agreements.map((one) => <tr key={one.id}><td><Link to={`/admin/agreements/${one.id}`}>{one.number}</Link></td><td>{one.name}</td><td>{t('agreements.until')} <When at={one.endsAt} /></td></tr>)}</tbody></table>}
      <NewForm label={t('agreements.new')}>{(close) => <NewAgreement customerId={customer.id} onCancel={close} />}</NewForm>
    </section>
  );
}

function Contacts({ data }: { readonly data: AdminCustomerByIdQuery }) {
  const t = useAdminWords();
  return (
    <section className="card"><h2>{t('customers.contacts')}<small>{data.people.length}</small></h2>
      {data.people.length === 0 ? <p className="quiet">{t('customers.noContacts')}</p> : <table><tbody>{data.people.map((one) => <tr key={one.id}><td><Link to={`/admin/people/${one.id}`}>{one.name}</Link></td><td>{one.email}</td><td>{one.phone ?? '—'}</td><td>{one.active ? null : <Active active={false} />}</td></tr>)}</tbody></table>}
    </section>
  );
}

function Sites({ customer, reload }: { readonly customer: Customer; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const [editing, setEditing] = useState<string | null>(null);
  const fields: readonly EditField[] = [{ name: 'name', label: t('field.name'), kind: 'text', required: true }, { name: 'address', label: t('field.address'), kind: 'text' }];
  const after = async (done: object | null): Promise<boolean> => {
    if (done !== null) { await reload(); setEditing(null); }
    return done !== null;
  };
  return (
    <section className="card"><h2>{t('customers.sites')}<small>{customer.sites.length}</small></h2>
      <table><tbody>{customer.sites.map((site) => (
        <tr key={site.id}><td>{editing === site.id
          ? <EditForm form={`site:${site.id}`} title={site.name} fields={[...fields, { name: 'active', label: t('customers.siteActive'), kind: 'flag' }]} current={{ name: site.name, address: site.address ?? '', active: String(site.active) }} version={site.version} errors={errors} busy={busy} onCancel={() => setEditing(null)}
              onSave={async (values, expectedVersion) => after(await send(AdminUpdateSiteDocument, { id: site.id, expectedVersion, name: values['name'] ?? '', address: values['address'] ?? '', active: values['active'] === 'true' }))} />
          : <span className="row-line"><span>{site.name} <small>{site.address}</small> {site.active ? null : <Active active={false} />}</span><button type="button" className="plain" aria-label={`${t('edit')} ${site.name}`} onClick={() => setEditing(site.id)}>{t('edit')}</button></span>}</td></tr>
      ))}</tbody></table>
      <NewForm label={t('customers.newSite')}>{(close) => <EditForm form={`site.new:${customer.id}`} title={t('customers.newSite')} fields={fields} current={{}} version={0} errors={errors} busy={busy} onCancel={close}
        onSave={async (values) => { const saved = await after(await send(AdminCreateSiteDocument, { customerId: customer.id, name: values['name'] ?? '', address: values['address'] || null })); if (saved) close(); return saved; }} />}</NewForm>
    </section>
  );
}

function Projects({ customer, reload }: { readonly customer: Customer; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const [editing, setEditing] = useState<string | null>(null);
  const fields: readonly EditField[] = [
    { name: 'name', label: t('field.name'), kind: 'text', required: true }, { name: 'managerId', label: t('people.projectManager'), kind: 'person' },
    { name: 'startsAt', label: t('field.from'), kind: 'instant' }, { name: 'endsAt', label: t('field.to'), kind: 'instant' },
  ];
  const after = async (done: object | null): Promise<boolean> => {
    if (done !== null) { await reload(); setEditing(null); }
    return done !== null;
  };
  const facts = (values: Readonly<Record<string, string>>) => ({ name: values['name'] ?? '', managerId: values['managerId'] || null, startsAt: values['startsAt'] || null, endsAt: values['endsAt'] || null });
  return (
    <section className="card"><h2>{t('customers.projects')}<small>{customer.projects.length}</small></h2>
      <table><tbody>{customer.projects.map((one) => (
        <tr key={one.id}><td>{editing === one.id
          ? <EditForm form={`project:${one.id}`} title={one.number} fields={fields.filter(({ name }) => name !== 'managerId')} current={{ name: one.name, managerId: one.managerId ?? '', startsAt: one.startsAt ?? '', endsAt: one.endsAt ?? '' }} version={one.version} errors={errors} busy={busy} onCancel={() => setEditing(null)}
              onSave={async (values, expectedVersion) => after(await send(AdminUpdateProjectDocument, { id: one.id, expectedVersion, ...facts(values) }))} />
          : <span className="row-line"><span>{one.number} {one.name} <small><When at={one.startsAt} /> – <When at={one.endsAt} /></small></span><button type="button" className="plain" aria-label={`${t('edit')} ${one.number}`} onClick={() => setEditing(one.id)}>{t('edit')}</button></span>}</td></tr>
      ))}</tbody></table>
      <NewForm label={t('customers.newProject')}>{(close) => <EditForm form={`project.new:${customer.id}`} title={t('customers.newProject')} fields={[{ name: 'number', label: t('field.number'), kind: 'text', required: true }, ...fields]} current={{}} version={0} errors={errors} busy={busy} onCancel={close}
        onSave={async (values) => { const saved = await after(await send(AdminCreateProjectDocument, { customerId: customer.id, number: values['number'] ?? '', ...facts(values) })); if (saved) close(); return saved; }} />}</NewForm>
    </section>
  );
}
