import { When } from '../../components/when.tsx';
import type { CiPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';

type Version = NonNullable<CiPageQuery['ci']>['versions'][number];

/** Every version of an item with what it altered and what it rested on (CMDB-05, CMDB-06). */
export function CiVersions({ versions, kind }: { readonly versions: readonly Version[]; readonly kind: string }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const fieldName = (field: string): string => (field.startsWith('attributes.') ? names.attributeOf(kind, field.slice('attributes.'.length)) : fieldWord(field, t));
  return (
    <section className="card"><h2>{t('ci.versions')}</h2>
      <ol className="timeline" tabIndex={0} aria-label={t('ci.versions')}>{versions.map(({ seq, validFrom, ci, differences }) => (
        <li key={seq}>
          <b>{t('ci.version', { seq })}</b> <When at={validFrom} /> <small>{authorityText(ci.authority, t)}</small>
          {differences.length === 0 ? <p className="quiet">{seq === 1 ? t('ci.made') : ''}</p> : (
            <ul>{differences.map(({ field, before, after }) => <li key={field} className="difference">{fieldName(field)}: <del>{plain(before)}</del> → <ins>{plain(after)}</ins></li>)}</ul>
          )}
        </li>
      ))}</ol>
    </section>
  );
}

export function authorityText(authority: { readonly kind: string; readonly number: string | null; readonly reason: string | null; readonly by: string } | null, t: ReturnType<typeof useCmdbWords>): string {
  if (authority === null) return t('authority.unknown');
  const by = authority.by;
  switch (authority.kind) {
    case 'change': return `${t('authority.change', { number: authority.number ?? '' })} · ${by}`;
    case 'exception': return `${t('authority.exception', { reason: authority.reason ?? '' })} · ${by}`;
    case 'import': return `${t('authority.import')} · ${by}`;
    default: return `${t('authority.register')} · ${by}`;
  }
}

export function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A field of the register in the reader's language; one without a word of its own stays as the server names it. */
export function fieldWord(field: string, t: ReturnType<typeof useCmdbWords>): string {
  switch (field) {
    case 'name': return t('col.name');
    case 'model': return t('col.model');
    case 'serial': return t('col.serial');
    case 'ownerName': return t('col.owner');
    case 'assetLabel': return t('col.label');
    case 'life': case 'status': return t('life');
    case 'class': return t('class');
    case 'site': return t('site');
    case 'customerId': return t('customer');
    case 'location': case 'userName': case 'productVersion': case 'specification': case 'supplier': case 'supplierContact': case 'supplierPhone': case 'systemSerial': case 'contractNumber':
    case 'warrantyEndsOn': case 'accessories': case 'addresses': case 'responsible': case 'seal':
      return t(`fact.${field}`);
    default: return field;
  }
}
