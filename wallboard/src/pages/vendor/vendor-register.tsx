import { useState } from 'react';
import type { RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { AddVendorDocument, ChangeVendorDocument, type VendorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useVendorWords } from './vendor-words.ts';

interface Props {
  readonly vendors: readonly VendorFieldsFragment[];
  readonly reload: () => Promise<unknown>;
}

const NEW = { id: '', version: 0 };

/** The vendors by name, with what cases are opened for and whom to call. */
export function VendorRegister({ vendors, reload }: Props) {
  const t = useVendorWords();
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <section className="card">
      <h2>{t('register.title')}<small>{vendors.length}</small> <button type="button" onClick={() => setEditing(editing === '' ? null : '')}>{t('register.add')}</button></h2>
      {editing === '' ? <VendorForm vendor={null} reload={reload} onDone={() => setEditing(null)} /> : null}
      {vendors.length === 0 ? <p className="quiet">{t('register.none')}</p> : (
        <table>
          <thead><tr><th>{t('column.vendor')}</th><th>{t('field.products')}</th><th>{t('field.contact')}</th><th>{t('field.phone')}</th><th>{t('field.email')}</th><th className="figure">{t('register.edit')}</th></tr></thead>
          <tbody>{vendors.map((vendor) => (
            <tr key={vendor.id}>
              <td>{vendor.name} {vendor.active ? null : <span className="badge">{t('register.inactive')}</span>}</td><td>{vendor.products.join(', ')}</td><td>{vendor.contact ?? '—'}</td><td>{vendor.phone ?? '—'}</td><td>{vendor.email ?? '—'}</td>
              <td className="figure"><button type="button" className="plain" aria-label={`${t('register.edit')} ${vendor.name}`} onClick={() => setEditing(vendor.id)}>{t('register.edit')}</button></td>
            </tr>
          ))}</tbody>
        </table>
      )}
      {vendors.filter(({ id }) => id === editing).map((vendor) => <VendorForm key={vendor.id} vendor={vendor} reload={reload} onDone={() => setEditing(null)} />)}
    </section>
  );
}

function VendorForm({ vendor, reload, onDone }: { readonly vendor: VendorFieldsFragment | null; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const t = useVendorWords();
  const field = (name: 'contact' | 'phone' | 'email'): RecordField => ({ name, label: t(`field.${name}`), kind: 'text', value: vendor?.[name] ?? '' });
  const action: RecordAction = {
    name: vendor === null ? 'addVendor' : 'changeVendor', label: vendor === null ? t('register.add') : `${t('register.edit')} ${vendor.name}`,
    fields: [
      { name: 'name', label: t('column.vendor'), kind: 'text', required: true, value: vendor?.name ?? '' }, { name: 'products', label: t('field.products'), kind: 'text', required: true, value: vendor?.products.join(', ') ?? '', hint: t('hint.products') },
      field('contact'), field('phone'), field('email'), ...(vendor === null ? [] : [{ name: 'active', label: t('field.active'), kind: 'flag' as const, value: String(vendor.active) }]),
    ],
    run: (send, base, values) => {
      const facts = {
        name: values.text('name'), products: values.text('products').split(/[,，、]/).map((one) => one.trim()).filter((one) => one !== ''), contact: values.maybe('contact'), phone: values.maybe('phone'), email: values.maybe('email'),
        idempotencyKey: base.idempotencyKey,
      };
      if (vendor === null) return send(AddVendorDocument, facts, ({ addVendor }) => addVendor.userErrors);
      return send(ChangeVendorDocument, { ...facts, id: base.id, expectedVersion: base.expectedVersion, active: values.flag('active') }, ({ changeVendor }) => changeVendor.userErrors);
    },
  };
  const { submit, errors, busy } = useRecordAction({ action, record: vendor ?? NEW, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
