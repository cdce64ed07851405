import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from '../../app/router.tsx';
import { PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { ApplyRegisterImportDocument, DiscardRegisterImportDocument, RegisterDifferencesDocument, type RegisterDifferencesQuery } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { stateKey } from './imports-page.tsx';
import { joined } from './load-more.ts';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

type Comparison = NonNullable<RegisterDifferencesQuery['registerImport']>;
type Difference = Comparison['differences']['nodes'][number];
const OUTCOMES = ['new', 'changed', 'controlled', 'gone', 'refused'] as const;
type Outcome = (typeof OUTCOMES)[number];
const isOutcome = (word: string): word is Outcome => OUTCOMES.some((one) => one === word);

/** The differences of a file with the register; nothing is written until somebody says so (CMDB-06, CMDB-07). */
export function ImportFilePage() {
  const t = useCmdbWords();
  const { id = '' } = useParams();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const variables = { id, outcome };
  const { data, previousData, refetch, fetchMore } = useQuery(RegisterDifferencesDocument, { variables, fetchPolicy: 'cache-and-network' });
  const shown = data ?? previousData;
  if (shown === undefined) return <PageLoading />;
  const comparison = shown.registerImport;
  if (comparison === null) return <PageMissing>{t('ci.missing')}</PageMissing>;
  const { file, counts, differences } = comparison;
  return (
    <main className="cmdb-page">
      <h1>{t('import.of', { name: file.fileName })} <span className="badge" data-import={file.state}>{t(stateKey(file.state))}</span></h1>
      {file.authorisedBy === null ? null : <p>{t('import.authorised', { by: file.authorisedBy })}</p>}
      <div className="outcomes" role="group">
        {OUTCOMES.map((one) => (
          <button key={one} type="button" data-outcome={one} aria-pressed={outcome === one} disabled={counts[one] === 0} onClick={() => setOutcome(outcome === one ? null : one)}><b>{counts[one]}</b> {t(`outcome.${one}`)}</button>
        ))}
        <span><b>{counts.same}</b> {t('outcome.same')}</span>
      </div>
      {file.state === 'proposed' ? <Decide comparison={comparison} reload={refetch} /> : null}
      {differences.nodes.length === 0 ? <p className="quiet">{t('import.clean')}</p> : null}
      <table className="cmdb-table"><tbody>{differences.nodes.map((difference) => <DifferenceRow key={`${difference.line ?? ''} ${difference.key} ${difference.name}`} difference={difference} />)}</tbody></table>
      {differences.pageInfo.hasNextPage ? (
        <button type="button" onClick={() => void fetchMore({
          variables: { ...variables, after: differences.pageInfo.endCursor },
          updateQuery: (old, { fetchMoreResult }) => (old.registerImport === null || fetchMoreResult.registerImport === null ? old : {
            registerImport: { ...old.registerImport, differences: { ...old.registerImport.differences, ...joined(old.registerImport.differences, fetchMoreResult.registerImport.differences) } },
          }),
        })}>{t('more')}</button>
      ) : null}
    </main>
  );
}

function DifferenceRow({ difference }: { readonly difference: Difference }) {
  const t = useCmdbWords();
  const { locale } = useDeskWords();
  const { line, key, name, ciId, outcome, reason, changes } = difference;
  return (
    <tr data-outcome={outcome}>
      <td className="quiet">{line === null ? '' : t('import.line', { line })}</td>
      <td><span className="badge" data-outcome={outcome}>{isOutcome(outcome) ? t(`outcome.${outcome}`) : outcome}</span></td>
      <td>{key}</td><td>{ciId === null ? name : <Link to={`/cmdb/ci/${ciId}`}>{name}</Link>}</td>
      <td>
        {reason === null ? null : <span className="refusal">{reason}</span>}
        {changes.filter(({ before, after }) => before !== '' || after !== '').map(({ field, titleZh, titleEn, before, after }) => (
          <span key={field} className="difference">{locale === 'zh-CN' ? titleZh : titleEn}: {outcome === 'new' ? null : <><del>{before === '' ? '—' : before}</del> → </>}<ins>{after === '' ? '—' : after}</ins></span>
        ))}
      </td>
    </tr>
  );
}

function Decide({ comparison: { file, counts, digest }, reload }: { readonly comparison: Comparison; readonly reload: () => Promise<unknown> }) {
  const t = useCmdbWords();
  const { send, errors, busy } = useSend();
  const apply = async (form: FormData): Promise<void> => {
    const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
    const input = { id: file.id, expectedVersion: file.version, digest, retireGone: form.get('retireGone') === 'on', changeNumber: text('changeNumber'), exceptionReason: text('exceptionReason') };
    await send(ApplyRegisterImportDocument, input, (data) => data.applyRegisterImport.userErrors);
    await reload();
  };
  const discard = async (): Promise<void> => {
    await send(DiscardRegisterImportDocument, { id: file.id, expectedVersion: file.version }, (data) => data.discardRegisterImport.userErrors);
    await reload();
  };
  return (
    <form className="card cmdb-form" onSubmit={(event) => {
      event.preventDefault();
      void apply(new FormData(event.currentTarget));
    }}>
      {counts.refused === 0 ? null : <p className="refusal" role="status">{t('import.mustFix', { count: counts.refused })}</p>}
      {counts.controlled === 0 ? null : (
        <>
          <p>{t('import.ground')}</p>
          <label className="cmdb-choice">{t('import.change')}<input name="changeNumber" placeholder="CHG-0000001" /></label>
          <label className="cmdb-choice">{t('import.exception')}<input name="exceptionReason" /></label>
        </>
      )}
      {counts.gone === 0 ? null : <label className="cmdb-flag"><input type="checkbox" name="retireGone" />{t('import.retire', { count: counts.gone })}</label>}
      <div className="form-end">
        <button type="submit" className="main" disabled={busy || counts.refused > 0}>{t('import.apply')}</button>
        <button type="button" className="plain" disabled={busy} onClick={() => void discard()}>{t('import.discard')}</button>
      </div>
      <Refusals errors={errors} />
    </form>
  );
}
