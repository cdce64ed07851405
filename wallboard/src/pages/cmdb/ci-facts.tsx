import { When } from '../../components/when.tsx';
import type { CiPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';

type Ci = NonNullable<CiPageQuery['ci']>;

/** What the register says of an item (CMDB-02, CMDB-11); what it does not say is left out. */
export function CiFacts({ ci }: { readonly ci: Ci }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const facts = [
    [t('col.model'), ci.model], [t('fact.productVersion'), ci.productVersion], [t('fact.specification'), ci.specification], [t('col.serial'), ci.serial], [t('fact.systemSerial'), ci.systemSerial],
    [t('col.owner'), ci.ownerName], [t('fact.userName'), ci.userName], [t('fact.responsible'), ci.responsible.join(' → ')], [t('site'), ci.site], [t('fact.location'), ci.location], [t('fact.addresses'), ci.addresses.join('; ')],
    [t('fact.supplier'), ci.supplier], [t('fact.supplierContact'), ci.supplierContact], [t('fact.supplierPhone'), ci.supplierPhone], [t('fact.contractNumber'), ci.contractNumber], [t('fact.warrantyEndsOn'), ci.warrantyEndsOn],
    [t('fact.accessories'), ci.accessories], [t('fact.seal'), ci.seal === 'NONE' ? null : t(`seal.${ci.seal}`)],
    ...attributesOf(ci.attributes).map(([key, value]) => [names.attributeOf(ci.class, key), value] as const),
  ] as const;
  return (
    <section className="card"><h2>{t('ci.facts')}</h2>
      <dl className="facts">
        {facts.filter(([, value]) => value !== null && value !== '').map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
        <div><dt>{t('fact.updatedAt')}</dt><dd><When at={ci.updatedAt} /></dd></div>
      </dl>
    </section>
  );
}

/** Attributes by key; ports have a table of their own. */
function attributesOf(attributes: unknown): (readonly [string, string])[] {
  if (typeof attributes !== 'object' || attributes === null) return [];
  return Object.entries(attributes).flatMap(([key, value]) => (key.startsWith('port ') ? [] : [[key, String(value)] as const]));
}
