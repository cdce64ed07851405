import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { nearTime } from '../../lib/time/format-time.ts';
import { useBoardWords, type BoardWords } from './board-words.tsx';
import type { ScreenFault } from './legibility.ts';

/** More stand side by side in one line for nobody to read; what is left out is counted. */
const MOST_NOTICES = 3;

interface Notice {
  readonly key: string;
  readonly kind: string;
  readonly text: (now: number) => string;
}

/** What hangs over the whole board, the gravest first: a screen that cannot be read, a flood of alarms, a major incident, a replay, a freeze. */
export function noticesOf(view: BoardView, { flood, faults }: { readonly flood: boolean; readonly faults: readonly ScreenFault[] }, words: BoardWords): readonly Notice[] {
  const { t } = words;
  const { replaySpeed: speed } = view.board;
  return [
    ...faults.map(({ code, values }) => ({ key: code, kind: 'SCREEN', text: () => `⚠ ${t(code, values)}` })),
    ...(flood ? [{ key: 'flood', kind: 'FLOOD', text: () => `≋ ${t('banner.flood', { count: view.counters.newAlarms })}` }] : []),
    ...(speed !== null && speed !== 1 ? [{ key: 'replay', kind: 'REPLAY', text: () => t('banner.replay', { speed }) }] : []),
    ...view.banners.map((banner) => ({ key: banner.id, kind: banner.kind, text: (now: number) => bannerText(banner, now, words) })),
  ];
}

function bannerText(banner: BoardView['banners'][number], now: number, words: BoardWords): string {
  const { t } = words;
  const { kind, title, number, from, to } = banner;
  const time = (iso: string): string => nearTime(Date.parse(iso), now, words);
  switch (kind) {
    case 'MAJOR_INCIDENT': return `‼ ${t('banner.major', { number: number ?? '', title })}`;
    case 'FREEZE':
      return `❄ ${Date.parse(from) <= now ? t('banner.freeze', { title, to: to === null ? '' : time(to) }) : t('banner.freezeFrom', { title, from: time(from), to: to === null ? '' : time(to) })}`;
    // A kind that a newer server knows and this page does not yet.
    default: return title;
  }
}

export function NoticeBand({ notices, total }: { readonly notices: readonly Notice[]; readonly total: number }) {
  const { t } = useBoardWords();
  if (notices.length === 0) return null;
  const shown = notices.slice(0, MOST_NOTICES);
  return (
    <div className="band" data-level="notices" role="status">
      {shown.map(({ key, kind, text }) => <LiveText key={key} className={`notice ${kind}`} of={text} />)}
      {total > shown.length ? <span className="notice-more">{t('side.more', { count: total - shown.length })}</span> : null}
    </div>
  );
}
