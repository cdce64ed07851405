import { useQuery } from '@apollo/client/react';
import { CmdbCustomersDocument, CmdbSitesDocument } from '../../graphql/generated/desk/graphql.ts';
import type { AddressFilter } from './address-filter.ts';
import { useCmdbWords } from './cmdb-words.ts';

/** Customer and site, kept in the address bar. */
export function PlaceFilters({ filter, racksOnly = false }: { readonly filter: AddressFilter; readonly racksOnly?: boolean }) {
  const t = useCmdbWords();
  const customers = useQuery(CmdbCustomersDocument).data?.customers.edges ?? [];
  const sites = useQuery(CmdbSitesDocument).data?.ciSites ?? [];
  return (
    <>
      <Choice label={t('customer')} value={filter.get('customer')} onChoose={(value) => filter.set('customer', value)} options={customers.map(({ node }) => [node.id, node.name])} />
      <Choice
        label={t('site')} value={filter.get('site')} onChoose={(value) => filter.set('site', value)}
        options={sites.filter(({ racks }) => !racksOnly || racks > 0).map(({ site, items, racks }) => [site, `${site} (${racksOnly ? racks : items})`])}
      />
    </>
  );
}

export function Choice({ label, value, options, onChoose }: { readonly label: string; readonly value: string; readonly options: readonly (readonly [key: string, label: string])[]; readonly onChoose: (value: string) => void }) {
  const t = useCmdbWords();
  return (
    <label className="cmdb-choice">{label}
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t('all')}</option>
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </label>
  );
}
