import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { LinkedRecords } from '../../components/linked-records.tsx';
import { When } from '../../components/when.tsx';
import type { ProblemFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { problemChinese, type ProblemMessageKey } from '../../lib/messages/problem/zh-CN.ts';
import { useProblemWords } from './problem-words.ts';

interface Props {
  readonly problem: ProblemFieldsFragment;
}

/** Who has it, where its watch and its article stand, what it is linked with, and what happened. */
export function ProblemFacts({ problem }: Props) {
  const t = useProblemWords();
  return (
    <>
      <section className="card">
        <h2>{t('section.facts')}</h2>
        <dl className="facts">
          <div><dt>{t('column.owner')}</dt><dd>{problem.owner?.name ?? (problem.handedTo === null ? t('badge.unassigned') : t('badge.handedTo', { name: problem.handedTo.name }))}{problem.owner === null && problem.ageingStep > 0 ? ` · ${t('badge.reminded', { count: problem.ageingStep })}` : ''}</dd></div>
          <div><dt>{t('column.opened')}</dt><dd><When at={problem.openedAt} /></dd></div>
          <div><dt>{t('field.symptom')}</dt><dd>{problem.symptom ?? '—'}</dd></div>
          <div><dt>{t('field.cis')}</dt><dd>{problem.cis.length === 0 ? '—' : problem.cis.map((ci) => <Link key={ci.id} to={`/cmdb/ci/${ci.id}`} className="ci-name">{ci.name}</Link>)}</dd></div>
          <div><dt>{t('fact.resolved')}</dt><dd><When at={problem.resolvedAt} /></dd></div>
          <div><dt>{t('fact.watch')}</dt><dd>{problem.verifiedAt === null ? <When at={problem.watchEndsAt} /> : <>✓ <When at={problem.verifiedAt} /></>}</dd></div>
          <div><dt>{t('fact.confirmed')}</dt><dd>{problem.confirmedAt === null ? '—' : <>{problem.confirmedBy} <When at={problem.confirmedAt} /></>}</dd></div>
          <div><dt>{t('fact.article')}</dt><dd>{problem.article === null ? '—' : <><Link to={`/knowledge/${problem.article.number}`}>{problem.article.number}</Link> {problem.article.title} <span className="badge">{problem.article.known ? t('fact.known') : problem.article.state}</span></>}</dd></div>
          {problem.withdrawnReason === null ? null : <div><dt>{t('fact.withdrawn')}</dt><dd>{problem.withdrawnReason}</dd></div>}
        </dl>
      </section>
      {problem.links.filter(({ kind }) => kind !== 'problem-of').length === 0 ? null : (
        <section className="card"><h2>{t('section.links')}</h2><LinkedRecords links={problem.links.filter(({ kind }) => kind !== 'problem-of')} /></section>
      )}
      <Timeline problem={problem} />
    </>
  );
}

function isMessage(key: string): key is ProblemMessageKey {
  return key in problemChinese;
}

function Timeline({ problem }: Props) {
  const t = useProblemWords();
  const { t: desk } = useDeskWords();
  const name = (type: string): string => {
    const key = `event.${type}`;
    return isMessage(key) ? t(key) : type;
  };
  return (
    <section className="card">
      <h2>{desk('section.timeline')}<small>{problem.timeline.length}</small></h2>
      <ol className="timeline" tabIndex={0} aria-label={desk('section.timeline')}>
        {problem.timeline.map((entry) => (
          <li key={entry.seq}>
            <p><b title={entry.type}>{name(entry.type)}</b> {entry.actor}</p>
            <p className="quiet"><When at={entry.occurredAt} /></p>
            {toldText(entry.after) === null ? null : <p className="quiet">{toldText(entry.after)}</p>}
            {entry.reason === null ? null : <p>{entry.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** PRB-07: whom management's news went to. */
function toldText(after: unknown): string | null {
  return typeof after === 'object' && after !== null && 'to' in after && Array.isArray(after.to) ? after.to.join(', ') : null;
}
