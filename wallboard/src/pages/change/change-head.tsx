import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import type { ChangeFieldsFragment, ChangeState } from '../../graphql/generated/desk/graphql.ts';
import { MissingText } from './missing-text.tsx';
import { useChangeWords } from './change-words.ts';

interface Part {
  readonly change: ChangeFieldsFragment;
}

/** Number, category, state, where it stands in its life, and what is missing before the next gate. */
export function ChangeHead({ change }: Part) {
  const t = useChangeWords();
  const flags = [
    change.state === 'SUBMITTED' && change.responseMissedAt === null ? t('flag.responseDue') : null,
    change.responseMissedAt === null ? null : t('flag.responseLate'), change.implementationMissedAt === null ? null : t('flag.implementationLate'),
    change.debtMissedAt !== null && change.debtPaidAt === null ? t('flag.debtLate') : null, change.recordedAfterwards ? t('flag.afterwards') : null, change.software ? t('flag.software') : null,
  ].filter((flag) => flag !== null);
  const due = change.state === 'SUBMITTED' ? { at: change.responseDueAt, label: t('fact.responseDue') } : { at: change.windowStartAt, label: t('fact.window') };
  return (
    <>
      <header className="ticket-head">
        <div>
          <p className="ticket-number">
            <Link to="/changes">{t('title')}</Link> / <b>{change.number}</b>
            <span className="badge category" data-category={change.category}>{t(`category.${change.category}`)}</span>
            <span className="badge" data-change={change.state}>{t(`state.${change.state}`)}</span>
            {change.outcome === null ? null : <span className="badge">{t(`outcome.${change.outcome}`)}</span>}
            {flags.map((flag) => <span key={flag} className="badge flag">{flag}</span>)}
          </p>
          <h1>{change.title}</h1>
          <p className="ticket-sub">{change.customer.name} · {change.owner?.name ?? '—'} / {change.implementer?.name ?? '—'}</p>
        </div>
        {due.at === null ? null : <div className="ticket-clock change-due"><b><When at={due.at} otherZone={change.customer.timeZone} /></b><small>{due.label}</small></div>}
      </header>
      <Life change={change} />
      <Missing change={change} />
    </>
  );
}

const LONG: readonly ChangeState[] = ['DRAFT', 'SUBMITTED', 'ACCEPTED', 'PLANNING', 'APPROVAL', 'SCHEDULED', 'IMPLEMENTING', 'REVIEW', 'CLOSED'];
const SHORT: readonly ChangeState[] = ['DRAFT', 'SUBMITTED', 'ACCEPTED', 'IMPLEMENTING', 'REVIEW', 'CLOSED'];

/** The stages on its way; side ways and ends appear only where it took them. */
function stagesOf({ category, preAuthorised, state }: ChangeFieldsFragment): readonly ChangeState[] {
  const way = category === 'EMERGENCY' || preAuthorised !== null ? SHORT : LONG;
  if (way.includes(state)) return way;
  if (state === 'ROLLED_BACK' || state === 'VERIFIED') return way.flatMap((one) => (one === 'IMPLEMENTING' ? [one, state] : [one]));
  if (state === 'TERMINATED') return way.map((one) => (one === 'CLOSED' ? state : one));
  if (state === 'REFUSED') return ['DRAFT', 'SUBMITTED', 'REFUSED'];
  if (state === 'CANCELLED') return ['DRAFT', 'CANCELLED'];
  return LONG;
}

function Life({ change }: Part) {
  const t = useChangeWords();
  const stages = stagesOf(change);
  const at = stages.indexOf(change.state);
  return (
    <ol className="change-life" aria-label={t('page.life')}>
      {stages.map((stage, index) => (
        <li key={stage} data-place={index < at ? 'behind' : index === at ? 'here' : 'ahead'} {...(index === at ? { 'aria-current': 'step' as const } : {})}>{t(`state.${stage}`)}</li>
      ))}
    </ol>
  );
}

/** What its next gate would refuse it for, before anybody tries. */
function Missing({ change }: Part) {
  const t = useChangeWords();
  if (change.closedAt !== null || change.missing.length === 0) return null;
  return (
    <details className="card change-missing" open={change.missing.length <= 6}>
      <summary>{t('card.missing')} <small>{change.missing.length}</small></summary>
      <ul>{change.missing.map((lack) => <li key={lack.message}><MissingText lack={lack} state={change.state} /></li>)}</ul>
    </details>
  );
}
