import { useState } from 'react';
import { When } from '../../components/when.tsx';
import { useAdminWords } from './admin-words.ts';
import { Diff } from './diff.tsx';
import type { Word } from './policy-words.ts';

export interface DocumentVersion {
  readonly version: number;
  readonly validFrom: string | null;
  readonly reason: string | null;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly document: unknown;
}

/** Every version, newest first: who, when, why, from when; and what it changed (SLA-13). */
export function Versions({ versions, words = [] }: { readonly versions: readonly DocumentVersion[]; readonly words?: readonly Word[] }) {
  const t = useAdminWords();
  const [open, setOpen] = useState<number | null>(null);
  const shown = versions.find(({ version }) => version === open);
  const before = versions.find(({ version }) => version === (open ?? 0) - 1);
  return (
    <section className="card"><h2>{t('versions.title')}<small>{versions.length}</small></h2>
      <table><thead><tr><th>{t('versions.version')}</th><th>{t('versions.validFrom')}</th><th>{t('versions.by')}</th><th>{t('versions.at')}</th><th>{t('field.reason')}</th><th className="figure">{t('versions.changes')}</th></tr></thead>
        <tbody>{versions.map((one) => (
          <tr key={one.version}><td>{one.version}</td><td>{one.validFrom === null ? t('versions.always') : <When at={one.validFrom} />}</td><td>{one.createdBy ?? '—'}</td><td><When at={one.createdAt} /></td><td>{one.reason ?? '—'}</td>
            <td className="figure">{one.version === 1 ? '—' : <button type="button" className="plain" aria-expanded={open === one.version} aria-label={`${t('versions.changes')} ${one.version}`} onClick={() => setOpen(open === one.version ? null : one.version)}>{t('versions.show')}</button>}</td></tr>
        ))}</tbody></table>
      {shown === undefined ? null : <><h3>{t('versions.from', { before: shown.version - 1, after: shown.version })}</h3><Diff before={before?.document} after={shown.document} words={words} /></>}
    </section>
  );
}
