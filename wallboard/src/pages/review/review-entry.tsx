import { useState } from 'react';
import { labelOf, useDeskWords, type Term } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { recordPath } from '../../components/linked-records.tsx';
import type { Options, RecordAction } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { When } from '../../components/when.tsx';
import { DecideReviewEntryDocument, type ReviewDecision } from '../../graphql/generated/desk/graphql.ts';
import type { Review, ReviewTerms } from './review-page.tsx';
import { useReviewWords } from './review-words.ts';

type Entry = Review['entries'][number];
const DECISIONS = ['PROBLEM', 'CHANGE', 'NONE'] as const satisfies readonly ReviewDecision[];

interface Props {
  readonly review: Review;
  readonly entry: Entry;
  readonly terms: ReviewTerms;
  readonly reload: () => Promise<unknown>;
}

/** A point of the agenda with its incidents and its decision (INC-25). */
export function ReviewEntryCard({ review, entry, terms, reload }: Props) {
  const t = useReviewWords();
  const [deciding, setDeciding] = useState<ReviewDecision | null>(null);
  const open = entry.decision === null && review.state === 'PREPARING';
  return (
    <article className="card review-entry" data-decided={entry.decision !== null}>
      <h3>{entry.list === 'REPEATED' ? <b className="repeat-count">{entry.incidents.length}×</b> : null} {entry.label} <small>{entry.customer.name}</small>
        {entry.decision === null ? null : <span className="badge" data-decision={entry.decision}>{t(`decision.${entry.decision}`)}</span>}
        {entry.resultNumber === null || entry.resultKind === null ? null : <Link to={recordPath({ recordKind: entry.resultKind, number: entry.resultNumber })}>{entry.resultNumber}</Link>}
      </h3>
      {entry.decidedBy === null ? null : <p className="quiet">{entry.decidedBy} <When at={entry.decidedAt} /> {entry.reason}</p>}
      {open ? <div className="action-buttons">{DECISIONS.map((one) => <button key={one} type="button" data-decision={one} aria-expanded={deciding === one} onClick={() => setDeciding(deciding === one ? null : one)}>{t(`decide.${one}`)}</button>)}</div> : null}
      {open && deciding !== null ? <DecisionForm key={deciding} decision={deciding} review={review} entry={entry} terms={terms} reload={reload} onDone={() => setDeciding(null)} /> : null}
      <Incidents entry={entry} />
    </article>
  );
}

/** A long list is folded, so that the agenda can be read as one. */
const FOLDED_FROM = 6;

function Incidents({ entry }: { readonly entry: Entry }) {
  const t = useReviewWords();
  const { locale, vocabulary } = useDeskWords();
  return (
    <details open={entry.incidents.length < FOLDED_FROM}><summary>{t('entry.incidents', { count: entry.incidents.length })}</summary>
      <ul className="review-incidents">{entry.incidents.map((one) => (
        <li key={one.id}><Link to={`/incident/${one.number}`}>{one.number}</Link> {one.level} {one.title} <small>{labelOf(vocabulary.states, one.state, locale)} · <When at={one.openedAt} /></small>{one.problemNumber === null ? null : <> <Link className="badge" to={`/problems/${one.problemNumber}`}>{one.problemNumber}</Link></>}</li>
      ))}</ul>
    </details>
  );
}

function DecisionForm({ decision, review, entry, terms, reload, onDone }: Props & { readonly decision: ReviewDecision; readonly onDone: () => void }) {
  const t = useReviewWords();
  const { locale } = useDeskWords();
  const options = (list: readonly Term[]): Options => list.map(({ key }) => [key, labelOf(list, key, locale)]);
  const title = { name: 'title', label: t('field.title'), kind: 'text', required: true, value: entry.label } as const;
  const action: RecordAction = {
    name: 'decideReviewEntry', label: t(`decide.${decision}`), fields: [
      ...(decision === 'NONE' ? [] : [title]),
      ...(decision === 'CHANGE' ? [
        { name: 'category', label: t('field.category'), kind: 'choice', required: true, value: 'general', options: [['general', t('category.general')], ['important', t('category.important')], ['major', t('category.major')]] } as const,
        { name: 'type', label: t('field.type'), kind: 'choice', required: true, options: options(terms.changeTypes) } as const,
        { name: 'risk', label: t('field.risk'), kind: 'choice', required: true, options: options(terms.changeRisks) } as const,
      ] : []),
      { name: 'reason', label: t('field.reason'), kind: 'long', required: decision === 'NONE' },
    ],
    run: (send, base, values) => send(DecideReviewEntryDocument, {
      ...base, entryId: entry.id, decision, reason: values.maybe('reason'), title: values.maybe('title'), category: values.maybe('category'), type: values.maybe('type'), risk: values.maybe('risk'),
    }, ({ decideReviewEntry }) => decideReviewEntry.userErrors),
  };
  const { submit, errors, busy } = useRecordAction({ action, record: review, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
