import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { RecordFiles } from '../../components/record-files.tsx';
import { When } from '../../components/when.tsx';
import type { ProblemFieldsFragment, ProblemIncidentFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useProblemWords } from './problem-words.ts';

interface Props {
  readonly problem: ProblemFieldsFragment;
}

/** What is known, what helps meanwhile, what is to be done, and the incidents behind it. */
export function ProblemSections({ problem, reload }: Props & { readonly reload: () => Promise<unknown> }) {
  const t = useProblemWords();
  return (
    <>
      <section className="card">
        <h2>{t('section.description')}</h2>
        <p className="description">{problem.description}</p>
        <Text label={t('field.scope')} text={problem.scope} />
        <Text label={t('field.investigation')} text={problem.investigation} />
        <Text label={t('field.rootCause')} text={problem.rootCause} />
      </section>
      {problem.workaround === null ? null : (
        <section className="card known-error"><h2>{t('section.knownError')}<small><When at={problem.knownErrorAt} /></small></h2><p className="entry-body">{problem.workaround}</p></section>
      )}
      <Solution problem={problem} />
      <section className="card"><h2>{t('section.incidents')}<small>{problem.incidentCount}</small></h2><IncidentTable incidents={problem.incidents} /></section>
      {problem.workLog.length === 0 ? null : (
        <section className="card">
          <h2>{t('section.workLog')}<small>{problem.workLog.length}</small></h2>
          <ul className="entries">{problem.workLog.map((entry) => (
            <li key={entry.id}><p className="entry-head"><b>{entry.author}</b> <When at={entry.occurredAt} />{entry.minutes === null ? null : <span>{t('log.minutes', { minutes: entry.minutes })}</span>}</p><p className="entry-body">{entry.text}</p></li>
          ))}</ul>
        </section>
      )}
      <RecordFiles ticketId={problem.id} files={problem.attachments} papers={[['investigation-report', t('paper.investigation')]]} reload={reload} />
    </>
  );
}

function Text({ label, text }: { readonly label: string; readonly text: string | null }) {
  return text === null ? null : <div className="labelled"><h3>{label}</h3><p className="entry-body">{text}</p></div>;
}

/** PRB-04, PRB-07: what, how long, what it brings, and who approved it. */
function Solution({ problem: { solution } }: Props) {
  const t = useProblemWords();
  if (solution.text === null) return null;
  return (
    <section className="card">
      <h2>{t('section.solution')} <span className="badge" data-solution={solution.state}>{t(`solution.${solution.state}`)}</span></h2>
      <p className="entry-body">{solution.text}</p>
      <dl className="facts">
        <div><dt>{t('field.minutes')}</dt><dd>{t('log.minutes', { minutes: solution.minutes ?? 0 })}</dd></div>
        <div><dt>{t('field.effect')}</dt><dd>{solution.effect}</dd></div>
        <div><dt>{t('field.prevention')}</dt><dd>{solution.prevention ?? '—'}</dd></div>
        <div><dt>{t('field.altersCi')}</dt><dd>{t(solution.altersCi ? 'decision.alters' : 'decision.altersNot')}</dd></div>
        <div><dt>{t('fact.proposed')}</dt><dd>{solution.proposedBy} <When at={solution.proposedAt} /></dd></div>
        <div><dt>{t('fact.decided')}</dt><dd>{solution.decidedBy === null ? '—' : <>{solution.decidedBy} <When at={solution.decidedAt} /> {solution.decision}</>}</dd></div>
      </dl>
    </section>
  );
}

/** Incidents with what they had in common. */
export function IncidentTable({ incidents }: { readonly incidents: readonly ProblemIncidentFieldsFragment[] }) {
  const t = useProblemWords();
  const { locale, vocabulary } = useDeskWords();
  if (incidents.length === 0) return <p className="quiet">{t('incidents.none')}</p>;
  return (
    <table>
      <thead><tr><th>{t('column.number')}</th><th>{t('column.level')}</th><th>{t('column.title')}</th><th>{t('field.cis')}</th><th>{t('column.state')}</th><th>{t('column.cause')}</th><th>{t('column.began')}</th></tr></thead>
      <tbody>{incidents.map((one) => (
        <tr key={one.id}>
          <td><Link to={`/incident/${one.number}`}>{one.number}</Link></td><td>{one.level}</td><td>{one.title}</td><td>{one.cis.join(', ')}</td>
          <td>{labelOf(vocabulary.states, one.state, locale)}{one.closureCode === null ? null : <small> {labelOf(vocabulary.closureCodes, one.closureCode, locale)}</small>}</td>
          <td>{one.causeClass === null ? '—' : labelOf(vocabulary.causeClasses, one.causeClass, locale)}</td><td><When at={one.openedAt} /></td>
        </tr>
      ))}</tbody>
    </table>
  );
}
