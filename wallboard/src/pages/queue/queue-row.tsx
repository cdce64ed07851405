import { memo } from 'react';
import { Link } from 'react-router';
import { labelOf, teamName, useDeskWords, type DeskWords } from '../../app/desk-words.tsx';
import { ClockText } from '../../components/clock-text.tsx';
import { nextClock } from '../../components/next-clock.ts';
import type { QueueRowFieldsFragment } from '../../graphql/generated/desk/graphql.ts';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  /** Null until it has been fetched. */
  readonly body: QueueRowFieldsFragment | null;
  readonly selected: boolean;
  readonly onSelect: (id: string) => void;
}

/** One incident in the queue. Its place in the whole list is said, not its place in the window. */
export const QueueRow = memo(function QueueRow({ id, index, top, height, body, selected, onSelect }: Props) {
  const words = useDeskWords();
  return (
    <div className="grid-row" role="row" id={`row-${id}`} aria-rowindex={index + 2} aria-selected={selected} data-level={body?.level}
      style={{ transform: `translateY(${top}px)`, height }} onClick={() => onSelect(id)}>
      {body === null ? <span role="gridcell" className="pending">…</span> : <Cells body={body} words={words} />}
    </div>
  );
});

function Cells({ body, words }: { readonly body: QueueRowFieldsFragment; readonly words: DeskWords }) {
  const { locale, t, vocabulary } = words;
  const handoff = body.handoffs.find(({ state }) => state === 'WAITING');
  const clock = nextClock(body.clocks);
  const flags = [
    body.feedbackArrivedAt === null ? null : t('flag.feedback'),
    body.urgeCount === 0 ? null : t('flag.urged', { count: body.urgeCount }),
    body.pingPong ? t('flag.pingPong') : null,
  ].filter((flag) => flag !== null);
  return (
    <>
      <span role="gridcell" className="cell-level">{body.level}</span>
      <span role="gridcell"><Link to={`/incident/${body.number}`} tabIndex={-1}>{body.number}</Link></span>
      <span role="gridcell" className="cell-title"><b>{body.title}</b>{flags.map((flag) => <i key={flag}>{flag}</i>)}</span>
      <span role="gridcell">{body.customer.name}</span>
      <span role="gridcell">
        {handoff === undefined ? teamName(body.team, locale) : `${teamName(handoff.fromTeam, locale)} ⇄ ${teamName(handoff.toTeam, locale)}`}
        <small>{body.holder?.name ?? t('holder.none')}</small>
      </span>
      <span role="gridcell">{stateText(body, words)}<small>{suspensionText(body, words)}</small></span>
      <span role="gridcell" className="cell-clock">
        <ClockText clock={clock} suspended={body.state === 'SUSPENDED'} />
        <small>{clock === null ? '' : labelOf(vocabulary.clockKinds, clock.kind, locale)}</small>
      </span>
    </>
  );
}

function stateText(body: QueueRowFieldsFragment, { locale, vocabulary, t }: DeskWords): string {
  return body.state === 'IN_PROGRESS' && !body.started ? t('state.notStarted') : labelOf(vocabulary.states, body.state, locale);
}

function suspensionText(body: QueueRowFieldsFragment, { locale }: DeskWords): string {
  const open = body.suspensions.find(({ to }) => to === null);
  if (body.state !== 'SUSPENDED' || open === undefined) return '';
  return locale === 'zh-CN' ? open.categoryZh : open.categoryEn;
}
