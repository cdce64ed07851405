import { memo } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { formatSeconds } from '../../lib/feed/countdown.ts';
import type { Band } from './grouped-rows.ts';
import { useQueueWords } from './queue-words.ts';

interface Props {
  readonly band: Band;
  readonly label: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly span: number;
  readonly onToggle: (key: string | null) => void;
}

export const bandId = (key: string | null): string => `band-${key ?? 'none'}`;

/** The head of a group: its name, how many, how many breached, and its worst clock. */
export const QueueBand = memo(function QueueBand({ band, label, index, top, height, active, span, onToggle }: Props) {
  const { t: desk } = useDeskWords();
  const t = useQueueWords();
  const { key, count, breached, dueAt, collapsed } = band;
  const units = { day: desk('dayUnit'), hour: desk('hourUnit') };
  return (
    <div className="grid-band" role="row" id={bandId(key)} aria-rowindex={index + 2} aria-level={1} aria-expanded={!collapsed} data-active={active}
      style={{ transform: `translateY(${top}px)`, height }} onClick={() => onToggle(key)}>
      <span role="gridcell" aria-colspan={span}>
        <i aria-hidden="true">{collapsed ? '▸' : '▾'}</i><b>{label}</b>
        <span className="badge">{t('band.count', { count })}</span>
        {breached === 0 ? null : <span className="badge breached">▲ {t('band.breached', { count: breached })}</span>}
        {dueAt === null ? null : <span className="quiet">{t('band.next')} <LiveText of={(now) => formatSeconds(Math.floor((Date.parse(dueAt) - now) / 1000), units)} /></span>}
      </span>
    </div>
  );
});
