import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { usePaused } from '../../components/use-paused.ts';
import { KnownErrorsDocument } from '../../graphql/generated/desk/graphql.ts';
import type { Draft } from './draft.ts';
import { useIntakeWords } from './intake-words.ts';

/** What is known to go wrong like this, and what helps meanwhile (PRB-03, INC-15). */
export function KnownErrors({ draft }: { readonly draft: Draft }) {
  const words = useIntakeWords();
  const text = usePaused(draft.title.trim());
  const symptom = usePaused(draft.symptom);
  const { data, previousData } = useQuery(KnownErrorsDocument, {
    variables: { customerId: draft.customerId || undefined, ciId: draft.ciId || undefined, symptom: symptom || undefined, text: text === '' ? undefined : text.slice(0, 400) },
    skip: draft.ciId === '' && symptom.length < 2 && text.length < 2,
  });
  const found = (data ?? previousData)?.knownErrors ?? [];
  return (
    <section className="card">
      <h2>{words('intake.knownErrors')}<small>{found.length}</small></h2>
      {found.length === 0 ? <p className="quiet">{words('intake.knownErrorsNone')}</p> : (
        <ul className="entries">
          {found.map((one) => (
            <li key={one.problemId} data-open="true">
              <p className="entry-head"><Link to={`/problems/${one.number}`}>{one.number}</Link> <b>{one.symptom}</b>{one.openIncidents === 0 ? null : <span className="badge">{words('intake.openIncidents', { count: one.openIncidents })}</span>}</p>
              <p className="entry-body">{words('intake.workaround')}: {one.workaround}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
