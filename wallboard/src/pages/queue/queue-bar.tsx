import { useDeskWords } from '../../app/desk-words.tsx';
import { keepColumns } from './queue-choices.ts';
import { COLUMNS, GROUPINGS, SORTS, toggled, withKey, type QueueColumn, type QueueView } from './queue-filter.ts';
import { useQueueWords } from './queue-words.ts';
import { useQueueSearch } from './use-queue-search.ts';

interface Props {
  readonly view: QueueView;
  readonly columns: readonly QueueColumn[];
  readonly total: number | null;
  readonly pages: boolean;
  readonly onPages: (on: boolean) => void;
  readonly onHelp: () => void;
}

/** How the queue is shown: order, bands, columns, and how many there are. */
export function QueueBar({ view, columns, total, pages, onPages, onHelp }: Props) {
  const { t } = useDeskWords();
  const words = useQueueWords();
  const [search, setSearch] = useQueueSearch();
  const choose = (column: QueueColumn): void => {
    const next = COLUMNS.filter((one) => toggled(columns, column).includes(one));
    keepColumns(next);
    setSearch(withKey(search, 'cols', next));
  };
  return (
    <div className="queue-bar">
      <select aria-label={t('filter.sort')} value={view.sort} onChange={(event) => setSearch(withKey(search, 'sort', event.target.value === 'PRIORITY' ? [] : [event.target.value]))}>
        {SORTS.map((sort) => <option key={sort} value={sort}>{t(`sort.${sort}`)}</option>)}
      </select>
      <select aria-label={words('group.label')} value={view.group ?? 'NONE'} onChange={(event) => setSearch(withKey(search, 'group', event.target.value === 'NONE' ? [] : [event.target.value]))}>
        {(['NONE', ...GROUPINGS] as const).map((group) => <option key={group} value={group}>{words(`group.${group}`)}</option>)}
      </select>
      <details className="column-menu">
        <summary>{words('columns.label')}</summary>
        <fieldset>
          <legend className="unseen">{words('columns.label')}</legend>
          {COLUMNS.map((column) => (
            <label key={column}><input type="checkbox" checked={columns.includes(column)} disabled={column === 'number'} onChange={() => choose(column)} />{words(`column.${column}`)}</label>
          ))}
        </fieldset>
      </details>
      <label className="pages-switch"><input type="checkbox" checked={pages} onChange={(event) => onPages(event.target.checked)} />{words('pages.switch')}</label>
      <button type="button" className="plain" aria-label={words('keys.open')} title={words('keys.open')} onClick={onHelp}>?</button>
      <output className="total">{total === null ? '' : t('queue.total', { count: total })}</output>
    </div>
  );
}
