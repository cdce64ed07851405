import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import { useLetterKeys } from '../../components/use-letter-keys.ts';
import type { QueueChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import type { QueueList as Live } from '../../lib/feed/queue-reducer.ts';
import type { BulkAction } from './bulk-bar.tsx';
import { MOST_SELECTED } from './bulk-run.ts';
import { itemsOf } from './grouped-rows.ts';
import { countOf } from './held-rows.ts';
import type { QueueColumn, QueueView } from './queue-filter.ts';
import { QueueGrid } from './queue-grid.tsx';
import { useQueueWords } from './queue-words.ts';
import { useHeldRows } from './use-held-rows.ts';

// Only who selects something needs it.
const BulkDialog = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkDialog }));

interface Props {
  readonly list: Live;
  readonly view: QueueView;
  readonly columns: readonly QueueColumn[];
  readonly choices: QueueChoicesQuery | undefined;
  readonly viewerMay: (permission: string) => boolean;
}

/** The live list: it stands still under a hand, in bands if asked for, with what is selected and what one does with it. */
export function QueueList({ list, view, columns, choices, viewerMay }: Props) {
  const { t: desk } = useDeskWords();
  const t = useQueueWords();
  const { rows, gone, waiting, touch, apply } = useHeldRows(list.keys);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [collapsed, setCollapsed] = useState<ReadonlySet<string | null>>(new Set());
  const [action, setAction] = useState<BulkAction | null>(null);
  const items = useMemo(() => itemsOf(rows, view.group !== null, collapsed), [rows, view.group, collapsed]);
  const bandLabel = useBandLabel(view, choices);
  const toggleBand = useCallback((key: string | null) => setCollapsed((before) => toggledIn(before, key)), []);
  const chosen = useMemo(() => rows.filter(({ id }) => selected.has(id) && !gone.has(id)), [rows, selected, gone]);
  const toggle = useCallback((ids: readonly string[]) => setSelected((before) => ids.reduce(toggledIn, before)), []);
  const selection = useMemo(() => ({ ids: selected, toggle }), [selected, toggle]);
  const ask = (wanted: BulkAction) => (): void => { if (chosen.length > 0) setAction(wanted); };
  const mayAssign = viewerMay('incident.assign') || viewerMay('incident.work');
  useLetterKeys({ '.': apply, ...(mayAssign ? { a: ask('assign'), t: ask('take') } : {}) });
  const waits = countOf(waiting);
  const most = Math.min(MOST_SELECTED, rows.length);
  return (
    <>
      <div className="list-notes">
        {chosen.length === 0 ? null : (
          <div className="bulk-bar" role="group" aria-label={t('bulk.count', { count: chosen.length })}>
            <b role="status">{t('bulk.count', { count: chosen.length })}</b>
            {chosen.length >= most ? null : (
              <button type="button" className="plain" onClick={() => setSelected(new Set(rows.slice(0, most).map(({ id }) => id)))}>
                {rows.length > most ? t('bulk.capped', { count: most, total: list.total }) : t('bulk.all', { count: most })}
              </button>
            )}
            {mayAssign ? <button type="button" onClick={ask('assign')}>{t('bulk.assign')}</button> : null}
            {mayAssign ? <button type="button" onClick={ask('take')}>{t('bulk.take')}</button> : null}
            <button type="button" onClick={ask('follow')}>{t('bulk.follow')}</button>
            <button type="button" className="plain" onClick={() => setSelected(new Set())}>{t('bulk.clear')}</button>
          </div>
        )}
        {waits === 0 ? null : (
          <div className="waiting" role="status">
            <span title={t('waiting.detail', { ...waiting })}>{t('waiting.text', { count: waits })}</span>
            <button type="button" onClick={apply}>{t('waiting.apply')} <kbd>.</kbd></button>
          </div>
        )}
      </div>
      {rows.length === 0 ? <p className="page-wait">{desk('queue.none')}</p> : (
        <QueueGrid items={items} columns={columns} grouped={view.group !== null} gone={gone} selection={selection} bandLabel={bandLabel} onToggleBand={toggleBand} onTouch={touch} />
      )}
      {action === null ? null : (
        <Suspense>
          <BulkDialog items={chosen} action={action} onClose={() => setAction(null)} onDone={(failed) => setSelected(new Set(failed))} />
        </Suspense>
      )}
    </>
  );
}

function toggledIn<One>(before: ReadonlySet<One>, one: One): ReadonlySet<One> {
  const next = new Set(before);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** The name of a band: of a team, customer, person, state or level. */
function useBandLabel({ group }: QueueView, choices: QueueChoicesQuery | undefined): (key: string | null) => string {
  const { locale, vocabulary } = useDeskWords();
  const t = useQueueWords();
  return useCallback((key: string | null): string => {
    if (key === null) return group === 'HOLDER' ? t('holder.nobody') : t('band.none');
    switch (group) {
      case 'TEAM': return teamName(choices?.teams.find(({ id }) => id === key) ?? null, locale);
      case 'CUSTOMER': return choices?.customers.edges.find(({ node }) => node.id === key)?.node.name ?? '…';
      case 'HOLDER': return choices?.people.find(({ id }) => id === key)?.name ?? '…';
      case 'STATE': return labelOf(vocabulary.states, key, locale);
      default: return key;
    }
  }, [group, choices, locale, vocabulary, t]);
}
