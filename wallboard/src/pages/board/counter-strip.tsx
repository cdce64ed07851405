import type { BoardCounters } from '../../lib/feed/feed-reducer.ts';
import type { BoardMessageKey } from '../../lib/messages/board/zh-CN.ts';
import { useBoardWords } from './board-words.tsx';

interface Tile {
  readonly label: BoardMessageKey;
  readonly glyph: string;
  readonly kind: string;
  readonly count: number;
}

function tilesOf(counters: BoardCounters): readonly Tile[] {
  return [
    { label: 'counter.breached', glyph: '▲', kind: 'breached', count: counters.breached },
    { label: 'counter.due15', glyph: '◆', kind: 'due15', count: counters.dueWithin15 },
    { label: 'counter.due60', glyph: '●', kind: 'due60', count: counters.dueWithin60 },
    { label: 'counter.suspended', glyph: '❚❚', kind: 'suspended', count: counters.suspended },
    { label: 'counter.unassigned', glyph: '○', kind: 'unassigned', count: counters.awaitingAssignment },
    { label: 'counter.handoffs', glyph: '⇄', kind: 'handoff', count: counters.handoffsWaiting },
    { label: 'counter.alarms', glyph: '⚑', kind: 'escalated', count: counters.alarmsUnacknowledged },
    { label: 'counter.open', glyph: '', kind: 'open', count: counters.open },
  ];
}

/** Exact counts from the server, also when the list shows nine of four thousand. Colour only where there is something to see. */
export function CounterStrip({ counters }: { readonly counters: BoardCounters }) {
  const { t } = useBoardWords();
  return (
    <section className="counters">
      {tilesOf(counters).map((tile) => (
        <div key={tile.label} className="tile" data-kind={tile.kind} data-empty={tile.count === 0}>
          <strong><i aria-hidden="true">{tile.glyph}</i>{tile.count}</strong>
          <span>{t(tile.label)}</span>
        </div>
      ))}
      <div className="levels">
        {counters.byLevel.map(({ level, count }) => (
          <div key={level} className="tile" data-kind={level} data-empty={count === 0}>
            <strong>{count}</strong>
            <span>{level}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
