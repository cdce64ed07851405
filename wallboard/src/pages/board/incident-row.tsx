import { memo } from 'react';
import type { BoardRow } from '../../lib/feed/feed-reducer.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { nearTime } from '../../lib/time/format-time.ts';
import { ageText, handoffText, localName, useBoardWords, type BoardWords } from './board-words.tsx';
import { ClockCell } from './clock-cell.tsx';

/** One open incident in two lines, rendered again only when the server changed it. `isNew`: it has just breached or come in as LV1. */
export const IncidentRow = memo(function IncidentRow({ row, isNew }: { readonly row: BoardRow; readonly isNew: boolean }) {
  const words = useBoardWords();
  return (
    <li className="row" data-state={row.state} data-level={row.level} data-new={isNew}>
      <div className="level" data-level={row.level}>
        <strong>{row.level}</strong>
        <span className="bars" role="img" aria-label={words.t(`level.${row.level}`)}><i /><i /><i /><i /></span>
      </div>
      <div className="row-text">
        <div className="row-title">{row.title}</div>
        <div className="row-facts">
          <span className="number">{row.number}</span>
          <span className="fact">{row.customer}</span>
          <Holder row={row} words={words} />
          <StateWords row={row} words={words} />
        </div>
      </div>
      <ClockCell row={row} />
    </li>
  );
});

interface Part {
  readonly row: BoardRow;
  readonly words: BoardWords;
}

function Holder({ row, words }: Part) {
  if (row.handoff !== null) return <span className="fact handoff">{handoffText(row.handoff, words.locale)}</span>;
  if (row.team === null) return null;
  const team = localName(words.locale, row.team, row.teamZh);
  return <span className="fact">{row.holder === null ? team : `${team} ${row.holder}`}</span>;
}

function StateWords({ row, words }: Part) {
  const { t, locale } = words;
  const flags = [
    row.risk === null ? null : t('risk', { percent: row.risk }),
    row.feedbackArrivedAt === null ? null : t('feedback'),
    row.urges === 0 ? null : t('urges', { count: row.urges }),
    row.pingPong ? t('pingPong') : null,
    row.late ? t('late') : null,
    row.suspension?.flagged === true ? t('suspension.flagged') : null,
  ].filter((flag) => flag !== null);
  const { suspension } = row;
  // Work in progress is the normal state: it gives way where something that is not normal has to be said.
  const said = row.state === 'IN_PROGRESS' && row.started && (flags.length > 0 || row.handoff !== null);
  return (
    <>
      {said ? null : suspension === null ? (
        <span className="fact state" data-state={row.state}>{t(row.state === 'IN_PROGRESS' && !row.started ? 'state.notStarted' : `state.${row.state}`)}</span>
      ) : (
        <LiveText className="fact state suspended" of={(now) => {
          const reason = localName(locale, suspension.categoryEn, suspension.categoryZh);
          return suspension.expectedEndAt === null
            ? t('suspension.since', { reason, duration: ageText(t, Date.parse(suspension.since), now) })
            : t('suspension.until', { reason, time: nearTime(Date.parse(suspension.expectedEndAt), now, words) });
        }} />
      )}
      {flags.slice(0, 2).map((flag) => <span key={flag} className="fact flag">{flag}</span>)}
    </>
  );
}
