import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useDeskWords } from '../../app/desk-words.tsx';
import type { QueueKey } from '../../lib/feed/queue-reducer.ts';
import { QueueRow } from './queue-row.tsx';
import { useRowBodies } from './use-row-bodies.ts';

const ROW_HEIGHT = 52;
const COLUMNS = ['level', 'number', 'title', 'customer', 'team', 'state', 'clock'] as const;

/**
 * Ten thousand rows with sixty in the page. Focus stays on the grid and the selected row is named by aria-activedescendant,
 * so that a row may leave the page without taking the focus with it; the selection is an id and follows its row when rows move.
 */
export function QueueGrid({ keys }: { readonly keys: readonly QueueKey[] }) {
  const { t } = useDeskWords();
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const virtual = useVirtualizer({ count: keys.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 12 });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? -1;
  const visible = useMemo(() => keys.slice(first, last + 1), [keys, first, last]);
  const bodies = useRowBodies(visible);
  const at = keys.findIndex(({ id }) => id === selected);
  const onKeyDown = moveByKeys({
    at, count: keys.length,
    select(index) {
      setSelected(keys[index]?.id ?? null);
      virtual.scrollToIndex(index);
    },
    open() {
      const number = selected === null ? undefined : bodies.get(selected)?.number;
      if (number !== undefined) void navigate(`/incident/${number}`);
    },
  });
  if (keys.length === 0) return <p className="page-wait">{t('queue.none')}</p>;
  return (
    <div className="grid" role="grid" tabIndex={0} aria-label={t('nav.queue')} aria-rowcount={keys.length + 1} aria-colcount={COLUMNS.length} onKeyDown={onKeyDown}
      aria-activedescendant={at >= first && at <= last && selected !== null ? `row-${selected}` : undefined}>
      <div className="grid-head" role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => <span key={column} role="columnheader">{t(`column.${column}`)}</span>)}
      </div>
      <div className="grid-scroll" ref={scroller} role="presentation">
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }) => {
            const id = keys[index]?.id;
            return id === undefined ? null : (
              <QueueRow key={id} id={id} index={index} top={start} height={ROW_HEIGHT} body={bodies.get(id) ?? null} selected={id === selected} onSelect={setSelected} />
            );
          })}
        </div>
      </div>
      <p className="keys">{t('queue.keys')}</p>
    </div>
  );
}

interface Moves {
  /** Place of the selected row, -1 for none. */
  readonly at: number;
  readonly count: number;
  readonly select: (index: number) => void;
  readonly open: () => void;
}

/** The keys of the queue; those of the browser (with Ctrl, Alt or Meta) stay the browser's. */
function moveByKeys({ at, count, select, open }: Moves): (event: KeyboardEvent) => void {
  const to = (index: number) => (): void => select(Math.min(count - 1, Math.max(0, index)));
  const moves: Readonly<Record<string, () => void>> = {
    j: to(at + 1), ArrowDown: to(at + 1), k: to(at - 1), ArrowUp: to(at - 1), PageDown: to(at + 10), PageUp: to(at - 10), Home: to(0), End: to(count - 1),
    Enter: open, '/': () => document.getElementById('queue-text')?.focus(),
  };
  return (event) => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
}
