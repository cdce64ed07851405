import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useSearchParams } from '../../app/router.tsx';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import type { RecordAction } from '../../components/record-actions/record-action.ts';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { When } from '../../components/when.tsx';
import { PlanningCustomersDocument, PlanningFreezesDocument, PlanningServicesDocument } from '../../graphql/generated/desk/graphql.ts';
import type { Freeze } from './calendar-entries.ts';
import { callOff, editFreeze, newFreeze, type FreezeOptions } from './freeze-actions.ts';
import { usePlanningWords } from './planning-words.ts';
import { useViewer } from './use-viewer.ts';

/** FRZ-01: when changes stand still, and for whom. */
export function FreezePage() {
  const t = usePlanningWords();
  const { may } = useViewer();
  const [search, setSearch] = useSearchParams();
  const all = search.get('all') === '1';
  // To the minute, so that the same question is not asked anew at every rendering.
  const now = useMemo(() => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString(), []);
  const { data, previousData, refetch } = useQuery(PlanningFreezesDocument, { variables: { from: all ? null : now, withCancelled: all }, fetchPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<{ readonly action: RecordAction; readonly freeze: Freeze | null } | null>(null);
  const options = useFreezeOptions();
  const freezes = (data ?? previousData)?.freezeWindows ?? [];
  const editor = may('freeze.edit');
  return (
    <section className="freezes">
      <div className="calendar-bar">
        <h1>{t('freeze.title')}</h1>
        {editor ? <button type="button" className="main" onClick={() => setOpen({ action: newFreeze(t, options), freeze: null })}>{t('freeze.new')}</button> : null}
        <label className="flag-filter"><input type="checkbox" checked={all} onChange={({ target }) => setSearch(target.checked ? { all: '1' } : {}, { replace: true })} />{t('freeze.past')}</label>
      </div>
      {open === null ? null : <OpenForm key={`${open.action.name} ${open.freeze?.id ?? ''}`} {...open} reload={refetch} onDone={() => setOpen(null)} />}
      {freezes.length === 0 ? <p className="quiet">{t('freeze.none')}</p> : null}
      <ul className="freeze-list">
        {freezes.map((freeze) => (
          <FreezeCard key={freeze.id} freeze={freeze} editor={editor && freeze.cancelledAt === null}
            onEdit={() => setOpen({ action: editFreeze(t, options, freeze), freeze })} onCancel={() => setOpen({ action: callOff(t, freeze), freeze })} />
        ))}
      </ul>
    </section>
  );
}

function useFreezeOptions(): FreezeOptions {
  const { locale } = useDeskWords();
  const customers = useQuery(PlanningCustomersDocument);
  const services = useQuery(PlanningServicesDocument);
  return {
    customers: (customers.data?.customers.edges ?? []).map(({ node }) => [node.id, node.name] as const),
    services: (services.data?.services ?? []).map(({ id, name, nameZh }) => [id, locale === 'zh-CN' ? nameZh : name] as const),
  };
}

interface FormProps {
  readonly action: RecordAction;
  readonly freeze: Freeze | null;
  readonly reload: () => Promise<unknown>;
  readonly onDone: () => void;
}

function OpenForm({ action, freeze, reload, onDone }: FormProps) {
  const { submit, errors, busy } = useRecordAction({ action, record: { id: freeze?.id ?? '', version: freeze?.version ?? 0 }, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}

function FreezeCard({ freeze, editor, onEdit, onCancel }: { readonly freeze: Freeze; readonly editor: boolean; readonly onEdit: () => void; readonly onCancel: () => void }) {
  const t = usePlanningWords();
  const { scope } = freeze;
  const scopes = [['freeze.ofCustomers', scope.customers], ['freeze.ofServices', scope.services], ['freeze.ofCis', scope.cis]] as const;
  const named = scopes.filter(([, things]) => things.length > 0).map(([label, things]) => t(label, { names: things.map(({ name }) => name).join(', ') }));
  const standing = standingOf(freeze, Date.now());
  return (
    <li className="card" data-standing={standing}>
      <h2><span aria-hidden="true">❄</span>{freeze.name} <span className="badge" data-standing={standing}>{t(`freeze.${standing}`)}</span> <span className="badge">{t(`freeze.origin.${freeze.origin}`)}</span></h2>
      <p><When at={freeze.startsAt} /> – <When at={freeze.endsAt} /></p>
      <p>{freeze.reason}</p>
      <dl className="facts">
        <div><dt>{t('freeze.scope')}</dt><dd>{named.length === 0 ? t('freeze.scopeAll') : named.map((line) => <p key={line}>{line}</p>)}</dd></div>
        <div><dt>{t('freeze.allowed')}</dt><dd>{freeze.allowedCategories.length === 0 ? '—' : freeze.allowedCategories.map((category) => t(`category.${category}`)).join(', ')}</dd></div>
      </dl>
      <div className="form-end">
        {freeze.createdBy === '' ? null : <span className="quiet">{t('freeze.by', { name: freeze.createdBy })}</span>}
        {editor ? <><button type="button" onClick={onEdit} aria-label={`${t('freeze.edit')} ${freeze.name}`}>{t('freeze.edit')}</button><button type="button" onClick={onCancel} aria-label={`${t('freeze.cancel')} ${freeze.name}`}>{t('freeze.cancel')}</button></> : null}
      </div>
    </li>
  );
}

function standingOf(freeze: Freeze, now: number): 'cancelled' | 'over' | 'now' | 'coming' {
  if (freeze.cancelledAt !== null) return 'cancelled';
  if (Date.parse(freeze.endsAt) <= now) return 'over';
  return Date.parse(freeze.startsAt) <= now ? 'now' : 'coming';
}
