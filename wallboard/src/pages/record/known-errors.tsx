import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { useDeskWords } from '../../app/desk-words.tsx';
import { usePaused } from '../../components/use-paused.ts';
import { KnownErrorsDocument } from '../../graphql/generated/desk/graphql.ts';
import type { Draft } from './draft.ts';

/** What is known to go wrong like this, and what helps meanwhile (PRB-03, INC-15). */
export function KnownErrors({ draft }: { readonly draft: Draft }) {
  const { t } = useDeskWords();
  const text = usePaused(draft.title.trim());
  const symptom = usePaused(draft.symptom);
  const { data, previousData } = useQuery(KnownErrorsDocument, {
    variables: { customerId: draft.customerId || undefined, ciId: draft.ciId || undefined, symptom: symptom || undefined, text: text === '' ? undefined : text.slice(0, 400) },
    skip: draft.ciId === '' && symptom.length < 2 && text.length < 2,
  });
  const found = (data ?? previousData)?.knownErrors ?? [];
  return (
    <section className="card">
      <h2>{t('intake.knownErrors')}<small>{found.length}</small></h2>
      {found.length === 0 ? <p className="quiet">{t('intake.knownErrorsNone')}</p> : (
        <ul className="entries">
          {found.map((one) => (
            <li key={one.problemId} data-open="true">
              <p className="entry-head"><Link to={`/problems/${one.number}`}>{one.number}</Link> <b>{one.symptom}</b>{one.openIncidents === 0 ? null : <span className="badge">{t('intake.openIncidents', { count: one.openIncidents })}</span>}</p>
              <p className="entry-body">{t('intake.workaround')}: {one.workaround}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
