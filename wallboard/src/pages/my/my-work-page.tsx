import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { MyPlannedWorkDocument, type MyPlannedWorkQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { CustomerTime } from './customer-time.tsx';
import { workState } from './work-state.ts';
import { useMyWords } from './my-words.ts';

type Work = MyPlannedWorkQuery['myPlannedWork'][number];

/** WBD-12: changes and releases of the customer; what waits for their word first. Live. */
export function MyWorkPage() {
  const t = useMyWords();
  const result = useQuery(MyPlannedWorkDocument, { fetchPolicy: 'cache-and-network' });
  const changes = useRecordsFeed('CHANGE', null, result.refetch);
  useRecordsFeed('RELEASE', null, result.refetch);
  return (
    <main className="my-page">
      <StaleNotice lastHeardAt={changes.lastHeardAt} detail={changes.detail} />
      <h1>{t('work.title')}</h1>
      <QueryState result={result} isEmpty={({ myPlannedWork }) => myPlannedWork.length === 0} empty={<p>{t('work.none')}</p>}>
        {({ myPlannedWork }) => (
          <table className="card my-list">
            <thead><tr><th>{t('work.title')}</th><th>{t('column.state')}</th><th>{t('work.window')}</th></tr></thead>
            <tbody>{myPlannedWork.map((work) => <WorkLine key={work.id} work={work} />)}</tbody>
          </table>
        )}
      </QueryState>
    </main>
  );
}

function WorkLine({ work }: { readonly work: Work }) {
  const t = useMyWords();
  return (
    <tr data-number={work.number} data-turn={work.myTurn ? 'CONFIRM' : ''}>
      <td><Link to={`/my/${work.kind === 'RELEASE' ? 'releases' : 'changes'}/${work.number}`}><b>{work.title}</b></Link><small>{t(`workKind.${work.kind}`)} · {work.number}</small></td>
      <td>{work.myTurn ? <span className="my-turn">{t('work.myTurn')}</span> : null}<span>{workState(t, work.kind, work.state)}</span></td>
      <td>{work.windowStartAt === null ? <span className="quiet">{t('work.noWindow')}</span> : <><CustomerTime at={work.windowStartAt} short /> – <CustomerTime at={work.windowEndAt} short /></>}</td>
    </tr>
  );
}
