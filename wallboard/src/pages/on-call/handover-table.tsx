import { useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import type { ShiftHandoverHeadFragment } from '../../graphql/generated/desk/graphql.ts';
import { nearTime, shiftTime } from '../../lib/time/format-time.ts';
import { useOnCallWords } from './on-call-words.ts';

/** Handovers, one a row. */
export function HandoverTable({ handovers }: { readonly handovers: readonly ShiftHandoverHeadFragment[] }) {
  const t = useOnCallWords();
  const { locale, timeZone } = useDeskWords();
  const place = { locale, timeZone };
  return (
    <table>
      <thead><tr><th>{t('handover.shift')}</th><th>{t('roster.team')}</th><th>{t('column.state')}</th><th>{t('signed')}</th><th>{t('takenOver')}</th><th className="figure">{t('column.lines')}</th></tr></thead>
      <tbody>{handovers.map((one) => (
        <tr key={one.id} data-state={one.state}>
          <td><Link to={`/on-call/handovers/${one.id}`}>{nearTime(Date.parse(one.startsAt), Date.now(), place)} – {shiftTime(Date.parse(one.endsAt), Date.parse(one.startsAt), place)}</Link></td>
          <td>{locale === 'zh-CN' ? one.teamZh : one.team}</td>
          <td><span className="badge" data-handover={one.state}>{t(`state.${one.state}`)}</span>{one.overdue ? <> <span className="badge late">{t('handover.overdue')}</span></> : null}</td>
          <td>{one.signedBy === null ? '—' : <>{one.signedBy} <small><When at={one.signedAt} /></small></>}</td>
          <td>{one.takenOverBy === null ? '—' : <>{one.takenOverBy} <small><When at={one.takenOverAt} /></small></>}</td>
          <td className="figure">{t('handover.lines', { count: one.lineCount })}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
