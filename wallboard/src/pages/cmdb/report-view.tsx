import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import { authorityText, fieldWord } from './ci-versions.tsx';
import { useCmdbWords } from './cmdb-words.ts';
import { REPORT_FIGURES, type ReportContent } from './report-content.ts';

/** What a configuration status report says (CMDB-10). */
export function ReportView({ content }: { readonly content: ReportContent }) {
  const t = useCmdbWords();
  return (
    <>
      <dl className="figures">{REPORT_FIGURES.map((figure) => <div key={figure} data-warn={figure === 'unauthorised' && content.figures[figure] > 0}><dt>{t(`figure.${figure}`)}</dt><dd>{content.figures[figure]}</dd></div>)}</dl>
      {content.cutOff ? <p className="notice">{t('report.cutOff')}</p> : null}
      <section className="card"><h2>{t('report.unauthorised')}</h2>
        {content.unauthorised.length === 0 ? <p className="quiet">{t('report.nothing')}</p> : (
          <table className="cmdb-table"><tbody>{content.unauthorised.map(({ source, reference, ciName, what, since }) => (
            <tr key={`${source} ${reference} ${ciName} ${since}`}><td>{sourceWord(source, t)} {reference}</td><td>{ciName}</td><td>{what}</td><td><When at={since} /></td></tr>
          ))}</tbody></table>
        )}
      </section>
      <section className="card"><h2>{t('report.alterations')}</h2>
        {content.alterations.length === 0 ? <p className="quiet">{t('report.nothing')}</p> : (
          <table className="cmdb-table">
            <thead><tr><th>{t('report.when')}</th><th>{t('col.name')}</th><th>{t('report.fields')}</th><th>{t('report.ground')}</th></tr></thead>
            <tbody>{content.alterations.map(({ at, ciId, ciName, fields, authority, authorisedBy, actorName, unauthorised }) => (
              <tr key={`${ciId} ${at}`}>
                <td><When at={at} /></td><td><Link to={`/cmdb/ci/${ciId}`}>{ciName}</Link></td><td>{fields.map((field) => fieldWord(field, t)).join(', ')}</td>
                <td className={unauthorised ? 'refusal' : ''}>{authority === 'unknown' ? t('authority.unknown') : authorityText({ kind: authority, number: authorisedBy, reason: authorisedBy, by: actorName }, t)}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
      <section className="card"><h2>{t('report.baselines')}</h2>
        {content.baselines.length === 0 ? <p className="quiet">{t('report.nothing')}</p> : (
          <table className="cmdb-table"><tbody>{content.baselines.map(({ name, replaces, madeAt, items, moved }) => (
            <tr key={`${name} ${madeAt}`}><td>{name}</td><td><When at={madeAt} /></td><td>{t('report.moved', { moved, items })}</td><td>{replaces === null ? '' : t('report.replaces', { name: replaces })}</td></tr>
          ))}</tbody></table>
        )}
      </section>
    </>
  );
}

function sourceWord(source: string, t: ReturnType<typeof useCmdbWords>): string {
  return source === 'census' ? t('source.census') : source === 'import' ? t('source.import') : t('source.alteration');
}
