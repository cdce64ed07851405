import { useQuery } from '@apollo/client/react';
import { useSearchParams } from '../../app/router.tsx';
import { ReleaseChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { STATES, withKey } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** The filter of the list; it stands in the address bar. */
export function ReleaseFilters({ total }: { readonly total: number | undefined }) {
  const t = useReleaseWords();
  const [search, setSearch] = useSearchParams();
  const choices = useQuery(ReleaseChoicesDocument);
  const set = (key: string, value: string): void => setSearch(withKey(search, key, value), { replace: true });
  const toggle = (key: string, label: string) => (
    <button type="button" aria-pressed={search.get(key) === '1'} onClick={() => set(key, search.get(key) === '1' ? '' : '1')}>{label}</button>
  );
  return (
    <div className="filters"><div className="filter-line">
      <input type="search" aria-label={t('filter.text')} placeholder={t('filter.text')} defaultValue={search.get('q') ?? ''} onChange={(event) => set('q', event.target.value.trim())} />
      <select aria-label={t('column.customer')} value={search.get('customer') ?? ''} onChange={(event) => set('customer', event.target.value)}>
        <option value="">{t('filter.customer')}</option>
        {choices.data?.customers.edges.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
      </select>
      <select aria-label={t('column.state')} value={search.get('state') ?? ''} onChange={(event) => set('state', event.target.value)}>
        <option value="">{t('filter.state')}</option>
        {STATES.map((state) => <option key={state} value={state}>{t(`state.${state}`)}</option>)}
      </select>
      <span className="chips">{toggle('open', t('filter.open'))}{toggle('suspected', t('filter.suspected'))}</span>
      {total === undefined ? null : <span className="total" role="status">{t('list.total', { count: total })}</span>}
    </div></div>
  );
}
