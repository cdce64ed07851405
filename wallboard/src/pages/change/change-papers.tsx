import { When } from '../../components/when.tsx';
import type { ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { sectionKey } from './change-approval-actions.ts';
import { PHASES, PLAN_FIELDS, SECTIONS } from './change-input.ts';
import { useChangeWords } from './change-words.ts';

interface Part {
  readonly change: ChangeFieldsFragment;
}

/** Approvals, plan and impact assessment: what approvers read. */
export function ChangePapers({ change }: Part) {
  return <><Approvals change={change} /><Plan change={change} /><Assessment change={change} /></>;
}

function Approvals({ change }: Part) {
  const t = useChangeWords();
  if (change.approvalSteps.length === 0 && change.approvals.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('card.approvals')}{change.approvalRound > 1 ? <small>{t('approval.round', { round: change.approvalRound })}</small> : null}</h2>
      <ol className="change-steps">
        {change.approvalSteps.map(({ step, approved, by, at }) => (
          <li key={step} data-approved={approved ?? 'open'}>
            <b>{t(`step.${step}`)}</b>
            <span>{approved === null ? t('approval.open') : approved ? `✓ ${t('approval.yes')}` : `✗ ${t('approval.no')}`}</span>
            {by === null ? null : <small>{by} <When at={at} /></small>}
          </li>
        ))}
      </ol>
      <ul className="entries">
        {change.approvals.map((one) => (
          <li key={one.id}>
            <p className="entry-head">
              <b>{one.approved ? '✓' : '✗'} {t(`step.${one.step}`)}</b> {one.personName} <When at={one.givenAt} /> <span>{t(`given.${one.given}`)}</span>
              {one.recordedBy === one.personName ? null : <span>{t('approval.recordedBy', { name: one.recordedBy })}</span>}
              {one.attachmentId === null ? null : <a href={`/attachments/${one.attachmentId}`}>{t('approval.proof')}</a>}
              {one.round === change.approvalRound ? null : <span className="badge">{t('approval.round', { round: one.round })}</span>}
            </p>
            {one.note === null ? null : <p className="entry-body">{one.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Plan({ change }: Part) {
  const t = useChangeWords();
  const { plan } = change;
  const wanted = PLAN_FIELDS.filter((name) => plan[name] !== '' || name !== 'servicePlan');
  const trimmed = (name: string): boolean => change.decisions.some(({ kind, subject }) => kind === 'plan-trimmed' && subject === name);
  return (
    <section className="card">
      <h2>{t('card.plan')}{plan.editedBy === null ? null : <small>{t('plan.edited', { name: plan.editedBy })}</small>}</h2>
      <dl className="change-plan">
        {wanted.map((name) => (
          <div key={name} data-empty={plan[name] === ''}><dt>{t(`plan.${name}`)}</dt><dd>{plan[name] !== '' ? plan[name] : trimmed(name) ? t('decision.plan-trimmed') : t('plan.empty')}</dd></div>
        ))}
      </dl>
    </section>
  );
}

function Assessment({ change }: Part) {
  const t = useChangeWords();
  if (change.assessments.length === 0) return null;
  const textOf = (phase: string, section: string): string => change.assessments.find((row) => row.phase === phase && row.section === section)?.text ?? '—';
  return (
    <section className="card">
      <h2>{t('card.assessment')}</h2>
      <table>
        <thead><tr><th>{t('card.section')}</th><th>{t('card.before')}</th><th>{t('card.after')}</th></tr></thead>
        <tbody>{SECTIONS.map((section) => <tr key={section}><th scope="row">{t(`section.${sectionKey(section)}`)}</th>{PHASES.map((phase) => <td key={phase} className="entry-body">{textOf(phase, section)}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}
