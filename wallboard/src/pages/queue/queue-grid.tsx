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
  const select = (index: number): void => {
    const within = Math.min(keys.length - 1, Math.max(0, index));
    setSelected(keys[within]?.id ?? null);
    virtual.scrollToIndex(within);
  };
  const open = (): void => {
    const number = selected === null ? undefined : bodies.get(selected)?.number;
    if (number !== undefined) void navigate(`/incident/${number}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, () => void>> = {
      j: () => select(at + 1), ArrowDown: () => select(at + 1), k: () => select(at - 1), ArrowUp: () => select(at - 1),
      PageDown: () => select(at + 10), PageUp: () => select(at - 10), Home: () => select(0), End: () => select(keys.length - 1),
      Enter: open, '/': () => document.getElementById('queue-text')?.focus(),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  if (keys.length === 0) return <p className="page-wait">{t('queue.none')}</p>;
  return (
    <div className="grid" role="grid" tabIndex={0} aria-label={t('nav.queue')} aria-rowcount={keys.length + 1} aria-colcount={COLUMNS.length} onKeyDown={onKeyDown}
      aria-activedescendant={at >= first && at <= last && selected !== null ? `row-${selected}` : undefined}>
      <div className="grid-head" role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => <span key={column} role="columnheader">{t(`column.${column}`)}</span>)}
      </div>
      <div className="grid-scroll" ref={scroller} role="presentation">
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const key = keys[item.index];
            return key === undefined ? null : (
              <QueueRow key={key.id} id={key.id} index={item.index} top={item.start} height={ROW_HEIGHT} body={bodies.get(key.id) ?? null}
                selected={key.id === selected} onSelect={setSelected} />
            );
          })}
        </div>
      </div>
      <p className="keys">{t('queue.keys')}</p>
    </div>
  );
}
