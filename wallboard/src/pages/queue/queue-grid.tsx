import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type HTMLAttributes, type KeyboardEvent } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useLocation, useNavigate } from '../../app/router.tsx';
import { useLetterKeys } from '../../components/use-letter-keys.ts';
import type { QueueKey } from '../../lib/feed/queue-reducer.ts';
import type { QueueItem } from './grouped-rows.ts';
import { bandId, QueueBand } from './queue-band.tsx';
import { USUAL_COLUMNS, type QueueColumn } from './queue-filter.ts';
import { placeOf, rememberPlace } from './queue-place.ts';
import { QueueRow } from './queue-row.tsx';
import { useQueueWords } from './queue-words.ts';
import { useRowBodies } from './use-row-bodies.ts';

const ROW_HEIGHT = 52;
const BAND_HEIGHT = 40;
/** A 4K screen shows 38 rows; with these above and below, the active one and no more, at most 60 are in the page. */
const OVERSCAN = 8;
const PAGE = 10;
const WIDTHS: Readonly<Record<QueueColumn, string>> = {
  level: '52px', number: '112px', title: 'minmax(0, 2.6fr)', customer: 'minmax(0, 1.1fr)', team: 'minmax(0, 1.3fr)', holder: 'minmax(0, 0.8fr)', state: 'minmax(0, 1.1fr)',
  category: 'minmax(0, 1fr)', reported: '118px', updated: '118px', clock: '150px',
};

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (ids: readonly string[]) => void;
}

interface Props {
  readonly items: readonly QueueItem[];
  readonly columns?: readonly QueueColumn[];
  readonly grouped?: boolean;
  readonly gone?: ReadonlySet<string>;
  readonly selection?: Selection;
  readonly bandLabel?: (key: string | null) => string;
  readonly onToggleBand?: (key: string | null) => void;
  readonly onTouch?: (part: { readonly pointer?: boolean; readonly focus?: boolean }) => void;
}

const NONE: ReadonlySet<string> = new Set();
const NO_SELECTION: Selection = { ids: NONE, toggle: () => {} };
const idOf = (item: QueueItem | undefined): string | null => (item === undefined ? null : item.kind === 'row' ? item.row.id : bandId(item.key));

/**
 * Ten thousand rows with at most sixty in the page. Focus stays on the grid and the active row is named by aria-activedescendant;
 * it stays mounted however far one scrolls. It is an id, and follows its row when rows move.
 */
export function QueueGrid({ items, columns = USUAL_COLUMNS, grouped = false, gone = NONE, selection = NO_SELECTION, bandLabel = String, onToggleBand = () => {}, onTouch = () => {} }: Props) {
  const { t } = useDeskWords();
  const words = useQueueWords();
  const navigate = useNavigate();
  // The list of a new filter is another grid: what this one remembers belongs to the entry that it was opened by.
  const [entry] = useState(useLocation().key);
  const [before] = useState(() => placeOf(entry));
  const [active, setActive] = useState<string | null>(before?.active ?? null);
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | null>(null);
  const at = useMemo(() => (active === null ? -1 : items.findIndex((item) => idOf(item) === active)), [items, active]);
  const rangeExtractor = useCallback((range: Range) => {
    const indexes = defaultRangeExtractor(range);
    return at < 0 || indexes.includes(at) ? indexes : [...indexes, at].sort((left, right) => left - right);
  }, [at]);
  const virtual = useVirtualizer({
    count: items.length, getScrollElement: () => scroller.current, estimateSize: (index) => (items[index]?.kind === 'band' ? BAND_HEIGHT : ROW_HEIGHT), overscan: OVERSCAN,
    rangeExtractor, initialOffset: before?.top ?? 0, getItemKey: (index) => idOf(items[index]) ?? index,
  });
  const mounted = virtual.getVirtualItems();
  const shown = mounted.map(({ index }) => index).join();
  // The window as text is the same while nothing moved, so that bodies are not asked for anew at each pixel.
  const visible = useMemo<readonly QueueKey[]>(() => shown.split(',').flatMap((index) => {
    const item = items[Number(index)];
    return item?.kind === 'row' ? [item.row] : [];
  }), [items, shown]);
  const bodies = useRowBodies(visible);
  useEffect(() => virtual.measure(), [virtual, grouped, items]);
  useEffect(() => { if (before?.active != null) grid.current?.focus({ preventScroll: true }); }, [before]);
  const last = useRef({ top: before?.top ?? 0, active });
  last.current.active = active;
  useEffect(() => () => rememberPlace(entry, last.current), [entry]);

  const go = (index: number): void => {
    const to = Math.min(items.length - 1, Math.max(0, index));
    setActive(idOf(items[to]));
    virtual.scrollToIndex(to);
    grid.current?.focus({ preventScroll: true });
  };
  const open = (): void => {
    const item = items[at];
    if (item?.kind === 'band') return onToggleBand(item.key);
    const number = item === undefined ? undefined : bodies.get(item.row.id)?.number;
    if (number !== undefined) void navigate(`/incident/${number}`);
  };
  const select = (id: string, range: boolean): void => {
    const [from, to] = [anchor.current ?? id, id].map((one) => items.findIndex((item) => idOf(item) === one)) as [number, number];
    const between = items.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1).flatMap((item) => (item.kind === 'row' && !selection.ids.has(item.row.id) ? [item.row.id] : []));
    selection.toggle(range && between.length > 0 ? between : [id]);
    anchor.current = id;
    setActive(id);
  };
  const selectActive = (event: { readonly shiftKey: boolean }): void => {
    const item = items[at];
    if (item?.kind === 'row') select(item.row.id, event.shiftKey);
  };
  const fold = (collapsed: boolean) => (): void => {
    const item = items[at];
    if (item?.kind === 'band' && item.collapsed !== collapsed) onToggleBand(item.key);
  };
  useLetterKeys({ j: () => go(at + 1), k: () => go(at - 1), o: open, x: selectActive, X: selectActive });
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(at + 1), ArrowUp: () => go(at - 1), PageDown: () => go(at + PAGE), PageUp: () => go(at - PAGE), Home: () => go(0), End: () => go(items.length - 1),
    Enter: open, ...(grouped ? { ArrowLeft: fold(true), ArrowRight: fold(false) } : {}),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = event.ctrlKey || event.metaKey || event.altKey || event.target !== grid.current ? undefined : moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  const onSelect = useStable(select);
  const template: CSSProperties & Record<'--columns', string> = { '--columns': `28px ${columns.map((column) => WIDTHS[column]).join(' ')}` };
  const hands: HTMLAttributes<HTMLDivElement> = {
    onKeyDown, onPointerEnter: () => onTouch({ pointer: true }), onPointerLeave: () => onTouch({ pointer: false }), onFocus: () => onTouch({ focus: true }),
    onBlur: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) onTouch({ focus: false }); },
  };
  return (
    <div className="grid" ref={grid} role={grouped ? 'treegrid' : 'grid'} tabIndex={0} aria-label={t('nav.queue')} aria-rowcount={items.length + 1} aria-colcount={columns.length + 1} aria-multiselectable
      style={template} aria-activedescendant={at < 0 || active === null ? undefined : items[at]?.kind === 'row' ? `row-${active}` : active} {...hands}>
      <div className="grid-head" role="row" aria-rowindex={1}>
        <span role="columnheader"><span className="unseen">{words('column.select')}</span></span>
        {columns.map((column) => <span key={column} role="columnheader" className={`head-${column}`}>{words(`column.${column}`)}</span>)}
      </div>
      <div className="grid-scroll" ref={scroller} role="presentation" onScroll={(event) => { last.current.top = event.currentTarget.scrollTop; }}>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {mounted.map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            if (item.kind === 'band') {
              return <QueueBand key={bandId(item.key)} band={item} label={bandLabel(item.key)} index={index} top={start} height={BAND_HEIGHT} active={index === at} span={columns.length + 1} onToggle={onToggleBand} />;
            }
            const { id } = item.row;
            return (
              <QueueRow key={id} id={id} index={index} top={start} height={ROW_HEIGHT} columns={columns} body={bodies.get(id) ?? null} active={index === at} selected={selection.ids.has(id)}
                gone={gone.has(id)} within={grouped ? item : null} onActivate={setActive} onSelect={onSelect} />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The newest of a function under one identity, so that rows need not be drawn again. */
function useStable<Values extends unknown[]>(work: (...values: Values) => void): (...values: Values) => void {
  const latest = useRef(work);
  latest.current = work;
  return useCallback((...values: Values) => latest.current(...values), []);
}
