import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { ShiftHandoverListDocument } from '../../graphql/generated/desk/graphql.ts';
import { HandoverTable } from './handover-table.tsx';
import { useOnCallWords } from './on-call-words.ts';

/** Every shift handover that one may see, the open ones first. */
export function HandoverListPage() {
  const t = useOnCallWords();
  const result = useQuery(ShiftHandoverListDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <main className="ticket on-call">
      <header className="on-call-head"><h1>{t('handovers')}</h1><Link to="/on-call">{t('title')}</Link></header>
      <QueryState result={result} isEmpty={({ shiftHandovers }) => shiftHandovers.length === 0} empty={t('handovers.none')}>
        {({ shiftHandovers }) => <section className="card"><HandoverTable handovers={shiftHandovers} /></section>}
      </QueryState>
    </main>
  );
}
