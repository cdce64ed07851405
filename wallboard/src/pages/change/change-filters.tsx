import { useSearchParams } from '../../app/router.tsx';
import { CATEGORIES, STATES, valuesOf, withKey } from './change-view.ts';
import { useChangeWords } from './change-words.ts';

interface Props {
  readonly customers: readonly { readonly id: string; readonly name: string }[];
  readonly total: number | undefined;
}

/** The filter; what is set stands in the address bar, so that a view can be sent to somebody. */
export function ChangeFilters({ customers, total }: Props) {
  const t = useChangeWords();
  const [search, setSearch] = useSearchParams();
  const set = (key: string, value: string): void => setSearch(withKey(search, key, value), { replace: key === 'q' });
  const toggle = (key: string, word: string): void => {
    const chosen = valuesOf(search, key);
    set(key, (chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen, word]).join(','));
  };
  const chips = <Word extends string>(key: string, words: readonly Word[], label: (word: Word) => string) => words.map((word) => (
    <button key={word} type="button" aria-pressed={valuesOf(search, key).includes(word)} onClick={() => toggle(key, word)}>{label(word)}</button>
  ));
  const flag = (key: string, label: string) => <button type="button" aria-pressed={search.get(key) === '1'} onClick={() => set(key, search.get(key) === '1' ? '' : '1')}>{label}</button>;
  return (
    <form className="filters" role="search" aria-label={t('filter.label')} onSubmit={(event) => event.preventDefault()}>
      <div className="filter-line">
        <input type="search" key={search.get('q') === null ? 'none' : 'some'} aria-label={t('filter.text')} placeholder={t('filter.text')} defaultValue={search.get('q') ?? ''} onChange={(event) => set('q', event.target.value)} />
        <select aria-label={t('filter.customer')} value={search.get('customer') ?? ''} onChange={(event) => set('customer', event.target.value)}>
          <option value="">{t('filter.customer')}</option>
          {customers.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
        <label>{t('filter.from')} <input type="date" value={search.get('from') ?? ''} onChange={(event) => set('from', event.target.value)} /></label>
        <label>{t('filter.to')} <input type="date" value={search.get('to') ?? ''} onChange={(event) => set('to', event.target.value)} /></label>
        <button type="button" className="plain" onClick={() => setSearch(new URLSearchParams())}>{t('filter.clear')}</button>
        {total === undefined ? null : <span className="total" role="status">{t('list.total', { count: total })}</span>}
      </div>
      <div className="filter-line">
        <fieldset className="chips"><legend>{t('filter.category')}</legend>{chips('category', CATEGORIES, (word) => t(`category.${word}`))}</fieldset>
        <fieldset className="chips"><legend>{t('filter.state')}</legend>{chips('state', STATES, (word) => t(`state.${word}`))}</fieldset>
        <span className="chips">{flag('ended', t('filter.ended'))}{flag('late', t('filter.late'))}{flag('owing', t('filter.owing'))}</span>
      </div>
    </form>
  );
}
