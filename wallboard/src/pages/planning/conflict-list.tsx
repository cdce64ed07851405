import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { PlanningConflictsDocument, type PlanningConflictsQuery } from '../../graphql/generated/desk/graphql.ts';
import { shortTitle } from './calendar-entries.ts';
import { usePlanningWords } from './planning-words.ts';

type Conflict = NonNullable<PlanningConflictsQuery['change']>['conflicts'][number];

/** What stands against a change's window, every cause with its way through the CMDB (CHG-11). */
export function ConflictList({ changeId, count }: { readonly changeId: string; readonly count: number }) {
  // The count is part of what is asked for: when it moves, the list is fetched again.
  const { data, previousData } = useQuery(PlanningConflictsDocument, { variables: { id: changeId }, fetchPolicy: 'cache-and-network', skip: count === 0 });
  const conflicts = count === 0 ? [] : ((data ?? previousData)?.change?.conflicts ?? []);
  if (conflicts.length === 0) return null;
  return <ul className="conflicts">{conflicts.map((conflict) => <ConflictLine key={conflict.key} conflict={conflict} />)}</ul>;
}

function ConflictLine({ conflict }: { readonly conflict: Conflict }) {
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
        {paths.map(({ ci, path }) => <small key={ci.id}>{t('conflict.path', { path: path.map(({ name }) => name).join(' → ') })}</small>)}
      </span>
    </li>
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
