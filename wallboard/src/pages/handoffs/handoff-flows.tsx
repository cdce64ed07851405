import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import type { HandoffsPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { useHandoffsWords } from './handoffs-words.ts';

interface Props {
  readonly flows: HandoffsPageQuery['handoffFlows'];
  readonly teams: readonly { readonly id: string; readonly name: string; readonly nameZh: string }[];
}

/** WBD-06: the matrix from × to; the depth of a cell's colour follows its number, which stands in it. */
export function HandoffFlows({ flows, teams }: Props) {
  const t = useHandoffsWords();
  const { locale } = useDeskWords();
  if (flows.length === 0) return null;
  const name = (id: string): string => teamName(teams.find((team) => team.id === id) ?? null, locale);
  const order = (ids: readonly string[]): string[] => teams.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
  const [from, to] = [order(flows.map(({ fromTeamId }) => fromTeamId)), order(flows.map(({ toTeamId }) => toTeamId))];
  const most = Math.max(...flows.map(({ count }) => count));
  const total = (of: (flow: Props['flows'][number]) => boolean): number => flows.filter(of).reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="card flow">
      <h2>{t('flow.title')}</h2>
      <div className="flow-scroll" tabIndex={0} role="region" aria-label={t('flow.title')}>
        <table>
          <thead><tr><th>{t('flow.from')}</th>{to.map((id) => <th key={id} scope="col">{name(id)}</th>)}<th scope="col" className="figure">{t('flow.total')}</th></tr></thead>
          <tbody>
            {from.map((row) => (
              <tr key={row}>
                <th scope="row">{name(row)}</th>
                {to.map((column) => <Cell key={column} flow={flows.find(({ fromTeamId, toTeamId }) => fromTeamId === row && toTeamId === column)} names={[name(row), name(column)]} most={most} />)}
                <td className="figure">{total(({ fromTeamId }) => fromTeamId === row)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row">{t('flow.total')}</th>{to.map((id) => <td key={id}>{total(({ toTeamId }) => toTeamId === id)}</td>)}<td className="figure"><b>{total(() => true)}</b></td></tr></tfoot>
        </table>
      </div>
    </section>
  );
}

function Cell({ flow, names: [from, to], most }: { readonly flow: Props['flows'][number] | undefined; readonly names: readonly [string, string]; readonly most: number }) {
  const t = useHandoffsWords();
  if (flow === undefined) return <td className="flow-cell quiet">·</td>;
  const words = [t('flow.cell', { from, to, count: flow.count }), flow.unusual === 0 ? null : t('flow.unusual', { count: flow.unusual })].filter((part) => part !== null).join(' · ');
  return (
    <td className="flow-cell" title={words} data-unusual={flow.unusual > 0} style={{ background: `color-mix(in srgb, var(--accent) ${Math.round(6 + (flow.count / most) * 26)}%, transparent)` }}>
      {flow.count}{flow.unusual === 0 ? null : <span aria-label={t('flow.unusual', { count: flow.unusual })}> !</span>}
    </td>
  );
}
