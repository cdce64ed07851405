import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageFailed, PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import type { RecordAction, UserError } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { RefusalText } from '../../components/refusal-text.tsx';
import { StaleNotice } from '../../components/stale-notice.tsx';
import { When } from '../../components/when.tsx';
import { HoldReviewDocument, PrepareReviewDocument, ReviewByMonthDocument, type ReviewByMonthQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { ReviewEntryCard } from './review-entry.tsx';
import { useReviewWords } from './review-words.ts';

export type Review = NonNullable<ReviewByMonthQuery['review']>;
export type ReviewTerms = ReviewByMonthQuery['problemTerms'];

/** INC-25: the meeting of a month: figures, the two lists, a decision each; frozen once held. */
export function ReviewPage() {
  const t = useReviewWords();
  const month = useParams()['month'] ?? '';
  const { data, error, refetch } = useQuery(ReviewByMonthDocument, { variables: { month }, fetchPolicy: 'cache-and-network' });
  // Decisions open problems and changes; others' show by those.
  const live = useRecordsFeed('PROBLEM', null, refetch);
  if (error !== undefined && data === undefined) return <PageFailed error={error} retry={refetch} />;
  if (data === undefined) return <PageLoading />;
  if (data.review === null) return <PageMissing>{t('review.notFound', { month })} <Link to="/reviews">{t('title')}</Link></PageMissing>;
  return (
    <main className="ticket reviews">
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      <OpenReview review={data.review} terms={data.problemTerms} reload={refetch} />
    </main>
  );
}

function OpenReview({ review, terms, reload }: { readonly review: Review; readonly terms: ReviewTerms; readonly reload: () => Promise<unknown> }) {
  const t = useReviewWords();
  const [holding, setHolding] = useState(false);
  return (
    <>
      <header className="review-head">
        <div>
          <p className="ticket-number"><Link to="/reviews">{t('title')}</Link> <span className="badge" data-review={review.state}>{t(`state.${review.state}`)}</span> {t('review.progress', { decided: review.decided, points: review.points })}</p>
          <h1>{t('review.title', { month: review.month })}</h1>
          <p className="ticket-sub">{t('review.prepared')} {review.preparedBy} <When at={review.preparedAt} /></p>
        </div>
        {review.state === 'PREPARING' ? <p><Refresh month={review.month} reload={reload} /> <button type="button" className="main" aria-expanded={holding} onClick={() => setHolding(!holding)}>{t('review.hold')}</button></p> : null}
      </header>
      {holding && review.state === 'PREPARING' ? <HoldForm review={review} reload={reload} onDone={() => setHolding(false)} /> : null}
      {review.heldAt === null ? null : <section className="card"><h2>{t('review.minutes')}<small>{review.heldBy} <When at={review.heldAt} /></small></h2><p>{review.attendees.join('、')}</p><p className="entry-body">{review.minutes ?? '—'}</p></section>}
      <Figures figures={review.figures} />
      {(['REPEATED', 'WORKAROUND'] as const).map((list) => {
        const entries = review.entries.filter((entry) => entry.list === list);
        return (
          <section key={list} className="review-list">
            <h2>{t(`list.${list}`)} <small>{entries.length}</small></h2>
            {entries.length === 0 ? <p className="quiet">{t('review.empty')}</p> : entries.map((entry) => <ReviewEntryCard key={entry.id} review={review} entry={entry} terms={terms} reload={reload} />)}
          </section>
        );
      })}
    </>
  );
}

function Refresh({ month, reload }: { readonly month: string; readonly reload: () => Promise<unknown> }) {
  const t = useReviewWords();
  const client = useApolloClient();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const refresh = async (): Promise<void> => {
    const { data } = await client.mutate({ mutation: PrepareReviewDocument, variables: { input: { month } }, fetchPolicy: 'no-cache' });
    setErrors(data?.prepareReview.userErrors ?? []);
    await reload();
  };
  return <>{errors.map(({ code, message }) => <span key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></span>)}<button type="button" onClick={() => void refresh()}>{t('review.refresh')}</button></>;
}

function HoldForm({ review, reload, onDone }: { readonly review: Review; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const t = useReviewWords();
  const action: RecordAction = {
    name: 'holdReview', label: t('review.hold'), fields: [
      { name: 'attendees', label: t('field.attendees'), kind: 'text', required: true, hint: t('hint.attendees') }, { name: 'minutes', label: t('review.minutes'), kind: 'long', hint: t('hint.frozen') },
    ],
    run: (send, base, values) => send(HoldReviewDocument, { ...base, attendees: values.text('attendees').split(/[,，、]/).map((one) => one.trim()).filter((one) => one !== ''), minutes: values.maybe('minutes') }, ({ holdReview }) => holdReview.userErrors),
  };
  const { submit, errors, busy } = useRecordAction({ action, record: review, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}

function numberOf(figures: unknown, key: string): number {
  if (typeof figures !== 'object' || figures === null) return 0;
  const value = Object.entries(figures).find(([name]) => name === key)?.[1];
  return typeof value === 'number' ? value : 0;
}

/** Volumes and attainment, as they were when the agenda was made. */
function Figures({ figures }: { readonly figures: unknown }) {
  const t = useReviewWords();
  const rate = (inTime: number, decided: number): string => (decided === 0 ? t('figure.nothing') : `${(Math.floor((inTime / decided) * 1000) / 10).toFixed(1)} % (${inTime} / ${decided})`);
  return (
    <dl className="review-figures">
      {(['reported', 'closed', 'workaround'] as const).map((key) => <div key={key}><dt>{t(`figure.${key}`)}</dt><dd>{numberOf(figures, key)}</dd></div>)}
      {(['response', 'resolution'] as const).map((key) => <div key={key}><dt>{t(`figure.${key}`)}</dt><dd>{rate(numberOf(figures, `${key}InTime`), numberOf(figures, `${key}Decided`))}</dd></div>)}
    </dl>
  );
}
