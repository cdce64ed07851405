import { memo, type MouseEvent, type ReactNode } from 'react';
import { labelOf, teamName, useDeskWords, type DeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { ClockText } from '../../components/clock-text.tsx';
import { nextClock } from '../../components/next-clock.ts';
import type { QueueRowFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { nearTime } from '../../lib/time/format-time.ts';
import type { QueueColumn } from './queue-filter.ts';
import { useQueueWords } from './queue-words.ts';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly columns: readonly QueueColumn[];
  /** Null until it has been fetched. */
  readonly body: QueueRowFieldsFragment | null;
  readonly active: boolean;
  readonly selected: boolean;
  /** It left the queue while the list stands still. */
  readonly gone: boolean;
  /** In a band: which row of how many. */
  readonly within: { readonly place: number; readonly of: number } | null;
  readonly onActivate: (id: string) => void;
  readonly onSelect: (id: string, range: boolean) => void;
}

/** One incident in the queue. Its place in the whole list is said, not its place in the window. */
export const QueueRow = memo(function QueueRow({ id, index, top, height, columns, body, active, selected, gone, within, onActivate, onSelect }: Props) {
  const words = useDeskWords();
  const t = useQueueWords();
  const tick = (event: MouseEvent): void => {
    event.stopPropagation();
    onSelect(id, event.shiftKey);
  };
  return (
    <div className="grid-row" role="row" id={`row-${id}`} aria-rowindex={index + 2} aria-selected={selected} data-active={active} data-gone={gone} data-level={body?.level}
      {...(within === null ? {} : { 'aria-level': 2, 'aria-posinset': within.place, 'aria-setsize': within.of })}
      style={{ transform: `translateY(${top}px)`, height }} onClick={(event) => (event.shiftKey ? onSelect(id, true) : onActivate(id))}>
      <span role="gridcell" className="cell-tick"><input type="checkbox" tabIndex={-1} aria-label={t('row.select', { number: body?.number ?? '' })} checked={selected} readOnly onClick={tick} /></span>
      {body === null ? <span role="gridcell" className="pending">…</span> : columns.map((column) => <QueueCell key={column} column={column} body={body} words={words} gone={gone} />)}
    </div>
  );
});

interface CellProps {
  readonly column: QueueColumn;
  readonly body: QueueRowFieldsFragment;
  readonly words: DeskWords;
  readonly gone: boolean;
}

function QueueCell({ column, body, words, gone }: CellProps) {
  const t = useQueueWords();
  const left = gone && column === 'title' ? <i className="left">{t('row.gone')}</i> : null;
  return <span role="gridcell" className={`cell-${column}`}>{cellOf(column, body, words, true)}{left}</span>;
}

/** What a column shows of an incident; also for the plain pages. */
export function cellOf(column: QueueColumn, body: QueueRowFieldsFragment, words: DeskWords, inGrid = false): ReactNode {
  const { locale, t, vocabulary } = words;
  const time = (at: string) => <time dateTime={at}>{nearTime(Date.parse(at), Date.now(), words)}</time>;
  switch (column) {
    case 'level': return body.level;
    case 'number': return <Link to={`/incident/${body.number}`} {...(inGrid ? { tabIndex: -1 } : {})}>{body.number}</Link>;
    case 'title': return <><b>{body.title}</b>{flagsOf(body, words).map((flag) => <i key={flag}>{flag}</i>)}</>;
    case 'customer': return body.customer.name;
    case 'team': return <>{teamText(body, words)}<small>{body.holder?.name ?? t('holder.none')}</small></>;
    case 'holder': return body.holder?.name ?? t('holder.none');
    case 'state': return <>{stateText(body, words)}<small>{suspensionText(body, words)}</small></>;
    case 'category': return labelOf(vocabulary.categories, body.category, locale);
    case 'reported': return time(body.reportedAt);
    case 'updated': return time(body.updatedAt);
    case 'clock': return <Clock body={body} words={words} />;
  }
}

function Clock({ body, words: { locale, vocabulary } }: Pick<CellProps, 'body' | 'words'>) {
  const clock = nextClock(body.clocks);
  return <><ClockText clock={clock} suspended={body.state === 'SUSPENDED'} /><small>{clock === null ? '' : labelOf(vocabulary.clockKinds, clock.kind, locale)}</small></>;
}

function flagsOf(body: QueueRowFieldsFragment, { t }: DeskWords): readonly string[] {
  return [
    body.feedbackArrivedAt === null ? null : t('flag.feedback'),
    body.urgeCount === 0 ? null : t('flag.urged', { count: body.urgeCount }),
    body.pingPong ? t('flag.pingPong') : null,
  ].filter((flag) => flag !== null);
}

function teamText(body: QueueRowFieldsFragment, { locale }: DeskWords): string {
  const handoff = body.handoffs.find(({ state }) => state === 'WAITING');
  return handoff === undefined ? teamName(body.team, locale) : `${teamName(handoff.fromTeam, locale)} ⇄ ${teamName(handoff.toTeam, locale)}`;
}

function stateText(body: QueueRowFieldsFragment, { locale, vocabulary, t }: DeskWords): string {
  return body.state === 'IN_PROGRESS' && !body.started ? t('state.notStarted') : labelOf(vocabulary.states, body.state, locale);
}

function suspensionText(body: QueueRowFieldsFragment, { locale }: DeskWords): string {
  const open = body.suspensions.find(({ to }) => to === null);
  if (body.state !== 'SUSPENDED' || open === undefined) return '';
  return locale === 'zh-CN' ? open.categoryZh : open.categoryEn;
}
