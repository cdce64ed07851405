import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryNotice } from '../../components/page-state/query-state.tsx';
import type { UserError } from '../../components/record-actions/record-action.ts';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import { PrepareReviewDocument, ReviewListDocument } from '../../graphql/generated/desk/graphql.ts';
import { useReviewWords } from './review-words.ts';

/** "2026-02" for a day in March: the month that is over. */
export function monthBefore(today: Date): string {
  const first = new Date(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1));
  return first.toISOString().slice(0, 7);
}

/** INC-25: the reviews by month, and preparing the next. */
export function ReviewListPage() {
  const t = useReviewWords();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(ReviewListDocument, { fetchPolicy: 'cache-and-network' });
  const [month, setMonth] = useState(() => monthBefore(new Date()));
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const prepare = async (): Promise<void> => {
    const { data: answer } = await client.mutate({ mutation: PrepareReviewDocument, variables: { input: { month } }, fetchPolicy: 'no-cache' });
    setErrors(answer?.prepareReview.userErrors ?? []);
    if (answer?.prepareReview.review) void navigate(`/reviews/${answer.prepareReview.review.month}`);
  };
  return (
    <main className="ticket reviews">
      <h1>{t('title')}</h1>
      <p className="quiet">{t('list.about')}</p>
      <form className="filter-line" onSubmit={(event) => { event.preventDefault(); void prepare(); }}>
        <label>{t('list.month')} <input type="month" required value={month} onChange={(event) => setMonth(event.target.value)} /></label>
        <button type="submit" className="main">{t('list.prepare')}</button>
      </form>
      {errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
      <QueryNotice error={error} known={data !== undefined} retry={refetch} />
      {data === undefined ? null : data.reviews.length === 0 ? <p className="quiet">{t('list.none')}</p> : (
        <section className="card">
          <table>
            <thead><tr><th>{t('list.month')}</th><th>{t('list.state')}</th><th className="figure">{t('list.points')}</th><th>{t('list.prepared')}</th><th>{t('list.held')}</th></tr></thead>
            <tbody>{data.reviews.map((one) => (
              <tr key={one.id}><td><Link to={`/reviews/${one.month}`}>{one.month}</Link></td><td><span className="badge" data-review={one.state}>{t(`state.${one.state}`)}</span></td><td className="figure">{one.decided} / {one.points}</td><td><When at={one.preparedAt} /></td><td><When at={one.heldAt} /></td></tr>
            ))}</tbody>
          </table>
        </section>
      )}
    </main>
  );
}
