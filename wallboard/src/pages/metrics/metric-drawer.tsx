import { useQuery } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { MetricBreakdownDocument, type MetricSide, type MetricSplit } from '../../graphql/generated/desk/graphql.ts';
import type { MetricAddress, OpenBar } from './metric-address.ts';
import { MetricRecordList } from './metric-record-list.tsx';
import { MetricTable } from './metric-table.tsx';
import { labelIn, periodText, type MetricSpeech } from './metric-text.ts';

interface Props {
  readonly bar: OpenBar;
  readonly address: MetricAddress;
  readonly speech: MetricSpeech;
  readonly onChange: (bar: OpenBar | null) => void;
}

const VIEWS = ['records', 'customer', 'team'] as const;
const SIDES: readonly MetricSide[] = ['ALL', 'HIT', 'MISSED'];

/** What is behind a bar: its records, or the same figure by customer and by team. Escape closes it. */
export function MetricDrawer({ bar, address: { customerId, teamId }, speech, onChange }: Props) {
  const { t, locale } = speech;
  const head = useRef<HTMLHeadingElement>(null);
  const split: MetricSplit = bar.view === 'team' ? 'TEAM' : 'CUSTOMER';
  // Asked for in every view: it also says what the figure and its parts are called.
  const named = useQuery(MetricBreakdownDocument, { variables: { figure: bar.figure, by: 'PART', period: bar.period, customerId, teamId }, fetchPolicy: 'no-cache' });
  const broken = useQuery(MetricBreakdownDocument, { variables: { figure: bar.figure, by: split, period: bar.period, customerId, teamId }, fetchPolicy: 'no-cache', skip: bar.view === 'records' && bar.split === 'PART' });
  const figure = named.data?.metricBreakdown.figures[0];
  const breakdown = broken.data?.metricBreakdown.figures[0];
  useEffect(() => head.current?.focus(), [bar.figure, bar.period]);
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onChange(null);
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  });
  const parts = (bar.split === 'PART' ? figure : breakdown)?.parts ?? [];
  const part = bar.part === undefined ? null : parts.find(({ key }) => key === bar.part);
  const period = named.data?.metricBreakdown.period.key ?? bar.period;
  return (
    <aside className="card metric-drawer" aria-label={t('drawer.label')}>
      <header>
        <h2 ref={head} tabIndex={-1}>
          {figure === undefined ? bar.figure : labelIn(figure.name, locale)}
          <small>{[part == null ? null : labelIn(part.label, locale), period === null ? null : periodText(period, speech)].filter((text) => text !== null).join(' · ')}</small>
        </h2>
        <button type="button" className="plain" onClick={() => onChange(null)}>{t('drawer.close')}</button>
      </header>
      <div className="chips" role="group" aria-label={t('split')}>
        {VIEWS.map((view) => <button key={view} type="button" aria-pressed={bar.view === view} onClick={() => onChange({ ...bar, view })}>{t(`drawer.${view}`)}</button>)}
      </div>
      {bar.view === 'records' && figure?.shape === 'RATE' ? (
        <div className="chips" role="group" aria-label={t('records.hit')}>
          {SIDES.map((side) => <button key={side} type="button" aria-pressed={bar.side === side} onClick={() => onChange({ ...bar, side })}>{t(`side.${side}`)}</button>)}
        </div>
      ) : null}
      {bar.view === 'records'
        ? <MetricRecordList bar={bar} scope={{ customerId, teamId }} figure={figure} speech={speech} />
        : breakdown === undefined ? <p className="quiet">…</p> : (
          <MetricTable figure={breakdown} speech={speech} onBar={(key, of) => onChange({ ...bar, period: of, split, part: key, view: 'records' })} />
        )}
    </aside>
  );
}
