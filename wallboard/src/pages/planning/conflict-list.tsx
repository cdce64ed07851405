import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from '../../app/router.tsx';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { PlanningConflictsDocument, type PlanningConflictsQuery } from '../../graphql/generated/desk/graphql.ts';
import { shortTitle } from './calendar-entries.ts';
import { overrideAction } from './freeze-actions.ts';
import { usePlanningWords } from './planning-words.ts';
import { useViewer } from './use-viewer.ts';

type Conflict = NonNullable<PlanningConflictsQuery['change']>['conflicts'][number];

/** What stands against a change's window, every cause with its way through the CMDB (CHG-11). */
export function ConflictList({ changeId, count }: { readonly changeId: string; readonly count: number }) {
  // The count is part of what is asked for: when it moves, the list is fetched again.
  const { data, previousData, refetch } = useQuery(PlanningConflictsDocument, { variables: { id: changeId }, fetchPolicy: 'cache-and-network', skip: count === 0 });
  const { may } = useViewer();
  const change = (data ?? previousData)?.change ?? null;
  const conflicts = count === 0 ? [] : (change?.conflicts ?? []);
  if (change === null || conflicts.length === 0) return null;
  return (
    <ul className="conflicts">
      {conflicts.map((conflict) => <ConflictLine key={conflict.key} conflict={conflict} change={change} mayOverride={may('freeze.override')} reload={refetch} />)}
    </ul>
  );
}

interface LineProps {
  readonly conflict: Conflict;
  readonly change: { readonly id: string; readonly version: number };
  readonly mayOverride: boolean;
  readonly reload: () => Promise<unknown>;
}

function ConflictLine({ conflict, change, mayOverride, reload }: LineProps) {
  const t = usePlanningWords();
  const { kind, other, person, freeze, absence, hits } = conflict;
  const cis = [...new Set(hits.map(({ ci }) => ci.name))].join(', ');
  const paths = hits.filter(({ path }) => path.length > 1);
  const otherName = other === null ? '—' : shortTitle(other.title);
  return (
    <li data-kind={kind}>
      <span aria-hidden="true">⚠</span>
      <span>
        {sentence(t, { kind, absence, values: { other: otherName, cis, person: person?.name ?? '—', freeze: freeze?.name ?? '—' } })}
        {other === null ? null : <> <Link to={kind === 'MAJOR_INCIDENT' ? `/incident/${other.number}` : `/changes/${other.number}`}>{other.number}</Link></>}
        {freeze === null || !mayOverride ? null : <OverrideFreeze freezeId={freeze.id} change={change} reload={reload} />}
        {paths.map(({ ci, path }) => <small key={ci.id}>{t('conflict.path', { path: path.map(({ name }) => name).join(' → ') })}</small>)}
      </span>
    </li>
  );
}

/** FRZ-01: the decision to let the change in, where it stands that it is stopped. */
function OverrideFreeze({ freezeId, change, reload }: { readonly freezeId: string } & Pick<LineProps, 'change' | 'reload'>) {
  const t = usePlanningWords();
  const [open, setOpen] = useState(false);
  const action = overrideAction(t, freezeId);
  const { submit, errors, busy } = useRecordAction({ action, record: change, reload, onDone: () => setOpen(false) });
  return (
    <>
      <button type="button" className="override" aria-expanded={open} onClick={() => setOpen(!open)}>{action.label}</button>
      {open ? <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={() => setOpen(false)} /> : null}
    </>
  );
}

interface Sentence {
  readonly kind: Conflict['kind'];
  readonly absence: Conflict['absence'];
  readonly values: Readonly<Record<string, string>>;
}

function sentence(t: ReturnType<typeof usePlanningWords>, { kind, absence, values }: Sentence): string {
  switch (kind) {
    case 'SAME_CI': return t('conflict.same-ci', values);
    case 'DEPENDENT_CI': return t('conflict.dependent-ci', values);
    case 'PERSON': return t('conflict.person', values);
    case 'FREEZE': return t('conflict.freeze', values);
    case 'MAJOR_INCIDENT': return t('conflict.major-incident', values);
    case 'MISSING_PERSON': return absence === 'NOBODY' ? t('conflict.nobody') : t(absence === 'INACTIVE' ? 'conflict.inactive' : 'conflict.off-roster', values);
  }
}
