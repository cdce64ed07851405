import { useQuery } from '@apollo/client/react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { IntakeCoverageDocument, SameIncidentsDocument } from '../../graphql/generated/desk/graphql.ts';
import { ArticleSuggestions } from '../knowledge/article-suggestions.tsx';
import type { Draft } from './draft.ts';
import { useIntakeWords } from './intake-words.ts';
import { KnownErrors } from './known-errors.tsx';

/** Beside the form: is it covered (INC-23), and is it one that we have already (INC-15)? */
export function IntakeSide({ draft }: { readonly draft: Draft }) {
  const { locale, vocabulary } = useDeskWords();
  const words = useIntakeWords();
  const known = draft.customerId !== '';
  const coverage = useQuery(IntakeCoverageDocument, { variables: { customerId: draft.customerId, serviceId: draft.serviceId || undefined }, skip: !known });
  const same = useQuery(SameIncidentsDocument, {
    variables: { customerId: draft.customerId, ciId: draft.ciId || undefined, symptom: draft.symptom || undefined },
    skip: !known || (draft.ciId === '' && draft.symptom.length < 2),
  });
  const covered = known ? coverage.data?.coverage : undefined;
  const found = known ? (same.data?.sameIncidents ?? []) : [];
  return (
    <aside className="record-side">
      <section className="card" data-covered={covered?.covered}>
        <h2>{words('intake.coverage')}</h2>
        {covered === undefined ? <p className="quiet">{words('intake.coverageFirst')}</p> : (
          <p><b>{words(covered.covered ? 'intake.covered' : 'intake.notCovered')}</b> {[covered.agreement?.name, covered.line, covered.reason].filter((part) => part != null && part !== '').join(' · ')}</p>
        )}
      </section>
      <section className="card">
        <h2>{words('intake.same')}<small>{found.length}</small></h2>
        {found.length === 0 ? <p className="quiet">{words('intake.sameNone')}</p> : (
          <ul className="entries">
            {found.map((one) => (
              <li key={one.id} data-open="true">
                <p className="entry-head"><Link to={`/incident/${one.number}`}>{one.number}</Link><span className="badge">{one.level}</span>{labelOf(vocabulary.states, one.state, locale)}</p>
                <p className="entry-body">{one.title} · <When at={one.reportedAt} /></p>
              </li>
            ))}
          </ul>
        )}
      </section>
      <KnownErrors draft={draft} />
      <ArticleSuggestions customerId={draft.customerId} text={`${draft.title} ${draft.symptom}`} />
    </aside>
  );
}
