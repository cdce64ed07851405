import { useQuery } from '@apollo/client/react';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { MetricRecordsDocument, type MetricRecordsQuery, type TicketKind } from '../../graphql/generated/desk/graphql.ts';
import type { OpenBar } from './metric-address.ts';
import { minutesText, numberText, type Figure, type MetricSpeech } from './metric-text.ts';

interface Props {
  readonly bar: OpenBar;
  readonly scope: { readonly customerId: string | null; readonly teamId: string | null };
  readonly figure: Figure | undefined;
  readonly speech: MetricSpeech;
}

const PAGES: Readonly<Record<TicketKind, string>> = { INCIDENT: '/incident', CHANGE: '/changes', PROBLEM: '/problems', RELEASE: '/releases' };

/** The very records that the figure counts, by pages. */
export function MetricRecordList({ bar, scope, figure, speech }: Props) {
  const { t } = speech;
  const { figure: key, period, split, part, side } = bar;
  const variables = { figure: key, period, split, overall: part === undefined, part: part ?? null, side, ...scope };
  // The same record counts differently for another figure, so it must not be merged with what the cache knows of it.
  const { data, error, fetchMore } = useQuery(MetricRecordsDocument, { variables, fetchPolicy: 'no-cache' });
  if (error !== undefined) return <p className="refusal" role="alert">{error.message}</p>;
  if (data === undefined) return <p className="quiet">…</p>;
  const { records, total, hidden, pageInfo } = data.metricRecords;
  const more = (): Promise<unknown> => fetchMore({
    variables: { after: pageInfo.endCursor },
    updateQuery: (before: MetricRecordsQuery, { fetchMoreResult }: { fetchMoreResult: MetricRecordsQuery }) => ({
      ...before, metricRecords: { ...fetchMoreResult.metricRecords, records: [...before.metricRecords.records, ...fetchMoreResult.metricRecords.records] },
    }),
  });
  return (
    <>
      <p role="status" className="metric-total"><a className="button" href={recordsPath(bar, scope, speech.locale)} download>{t('export.csv')}</a> <b data-total={total}>{t('records.total', { total })}</b>{hidden > 0 ? <small>{` ${t('records.hidden', { hidden })}`}</small> : null}</p>
      {records.length === 0 ? <p className="quiet">{t('records.none')}</p> : <Records records={records} figure={figure} speech={speech} />}
      {pageInfo.hasNextPage ? <button type="button" onClick={() => void more()}>{t('records.more')}</button> : null}
    </>
  );
}

type Listed = MetricRecordsQuery['metricRecords']['records'];

function Records({ records, figure, speech }: { readonly records: Listed; readonly figure: Figure | undefined; readonly speech: MetricSpeech }) {
  const { t, locale } = speech;
  const rate = figure?.shape === 'RATE';
  const adds = figure !== undefined && figure.shape !== 'RATE' && figure.shape !== 'COUNT';
  return (
    <table className="metric-records">
      <thead>
        <tr>
          <th scope="col">{t('records.number')}</th><th scope="col">{t('records.title')}</th><th scope="col">{t('records.customer')}</th><th scope="col">{t('records.at')}</th>
          {rate ? <th scope="col">{t('records.hit')}</th> : null}{adds ? <th scope="col" className="figure">{t('records.amount')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {records.map(({ cursor, kind, number, title, customerName, teamName, at, hit, amount }) => (
          <tr key={cursor}>
            <td><Link to={`${PAGES[kind]}/${number}`}>{number}</Link></td>
            <td>{title}</td>
            <td>{customerName}{teamName === null ? null : <small>{` ${teamName}`}</small>}</td>
            <td><When at={at} /></td>
            {rate ? <td>{hit ? `✓ ${t('yes')}` : `✕ ${t('no')}`}</td> : null}
            {adds ? <td className="figure">{figure.unit === 'RECORDS' ? numberText(amount, locale) : minutesText(Math.round(amount * 100) / 100, speech)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The whole list as a file, however long. */
function recordsPath({ figure, period, split, part, side }: OpenBar, { customerId, teamId }: Props['scope'], locale: string): string {
  const query = new URLSearchParams({ figure, split: split.toLowerCase(), side: side.toLowerCase(), lang: locale });
  const values = { period, customer: customerId, team: teamId, part: part === undefined ? null : part ?? '-' };
  for (const [key, value] of Object.entries(values)) if (value !== null) query.set(key, value);
  return `/downloads/metric-records?${query}`;
}
