import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import type { ChangeListQuery } from '../../graphql/generated/desk/graphql.ts';
import { useChangeWords } from './change-words.ts';

/** One line a change: what it is, where it stands, who has it, when, and what is late. */
export function ChangeTable({ edges }: { readonly edges: ChangeListQuery['changes']['edges'] }) {
  const t = useChangeWords();
  return (
    <section className="card changes-list">
      <table>
        <thead><tr>
          <th>{t('column.number')}</th><th>{t('column.title')}</th><th>{t('column.customer')}</th><th>{t('column.state')}</th><th>{t('column.people')}</th><th>{t('column.window')}</th><th>{t('column.due')}</th>
        </tr></thead>
        <tbody>{edges.map(({ node }) => (
          <tr key={node.id} data-category={node.category}>
            <td><Link to={`/changes/${node.number}`}>{node.number}</Link></td>
            <td><span className="badge category" data-category={node.category}>{t(`category.${node.category}`)}</span> {node.subject}</td>
            <td>{node.customer.name}</td>
            <td><span className="badge" data-change={node.state}>{t(`state.${node.state}`)}</span>{node.outcome === null ? null : <small> {t(`outcome.${node.outcome}`)}</small>}</td>
            <td>{node.owner?.name ?? '—'}<small> / {node.implementer?.name ?? '—'}</small></td>
            <td>{node.windowStartAt === null ? '—' : <><When at={node.windowStartAt} /> <br /><small><When at={node.windowEndAt} /></small></>}</td>
            <td>
              {node.respondedAt === null && node.responseDueAt !== null ? <When at={node.responseDueAt} /> : '—'}
              {node.responseMissedAt === null ? null : <> <span className="badge flag">{t('flag.responseLate')}</span></>}
              {node.debtMissedAt === null ? null : <> <span className="badge flag">{t('flag.debtLate')}</span></>}
            </td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}
