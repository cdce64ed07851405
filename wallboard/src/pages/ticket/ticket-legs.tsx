import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { spanText } from '../../lib/time/span-text.ts';
import type { Ticket } from './actions/action-form-types.ts';
import { useTicketWords } from './ticket-words.ts';

type Leg = Ticket['legs'][number];

const sum = (legs: readonly Leg[], of: (leg: Leg) => number): number => legs.reduce((total, leg) => total + of(leg), 0);
const businessOf = ({ waitingBusinessSeconds, workedBusinessSeconds }: Leg): number => waitingBusinessSeconds + workedBusinessSeconds;

/** HND-06, SLA-04: each stay in a team, waiting and worked, beside its target; drawn to scale and in numbers that add up. */
export function TicketLegs({ ticket: { legs } }: { readonly ticket: Ticket }) {
  const t = useTicketWords();
  if (legs.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('legs.title')}<small>{legs.length}</small></h2>
      <LegBar legs={legs} />
      <LegTable legs={legs} />
      <p className="quiet">{t('legs.note')}</p>
    </section>
  );
}

function LegBar({ legs }: { readonly legs: readonly Leg[] }) {
  const t = useTicketWords();
  const { t: desk, locale } = useDeskWords();
  const words = (leg: Leg): string => t('legs.leg', { team: teamName(leg.team, locale), waiting: spanText(desk, leg.waitingSeconds), worked: spanText(desk, leg.workedSeconds) });
  return (
    <div className="leg-bar" role="img" aria-label={`${t('legs.bar')}: ${legs.map(words).join('; ')}`}>
      {legs.map((leg) => (
        <span key={leg.from} title={words(leg)} style={{ flexGrow: Math.max(1, leg.waitingSeconds + leg.workedSeconds) }}>
          {leg.waitingSeconds === 0 ? null : <i className="leg-waiting" style={{ flexGrow: leg.waitingSeconds }} />}
          <i className="leg-worked" style={{ flexGrow: Math.max(1, leg.workedSeconds), fontStyle: 'normal' }}>{teamName(leg.team, locale)}</i>
        </span>
      ))}
    </div>
  );
}

function LegTable({ legs }: { readonly legs: readonly Leg[] }) {
  const t = useTicketWords();
  const { t: desk, locale } = useDeskWords();
  const targets = legs.some(({ olaTargetSeconds }) => olaTargetSeconds !== null);
  return (
    <table>
      <thead><tr>
        <th scope="col">{t('legs.team')}</th><th scope="col">{t('legs.from')}</th><th scope="col" className="figure">{t('legs.waiting')}</th><th scope="col" className="figure">{t('legs.worked')}</th>
        <th scope="col" className="figure">{t('legs.business')}</th><th scope="col" className="figure">{t('legs.wall')}</th>{targets ? <th scope="col" className="figure">{t('legs.target')}</th> : null}
      </tr></thead>
      <tbody>
        {legs.map((leg) => (
          <tr key={leg.from}>
            <td>{teamName(leg.team, locale)}</td><td><When at={leg.from} /></td>
            <td className="figure">{spanText(desk, leg.waitingBusinessSeconds)}</td><td className="figure">{spanText(desk, leg.workedBusinessSeconds)}</td>
            <td className="figure"><b>{spanText(desk, businessOf(leg))}</b></td><td className="figure">{spanText(desk, leg.waitingSeconds + leg.workedSeconds)}</td>
            {targets ? <td className="figure"><LegTarget leg={leg} /></td> : null}
          </tr>
        ))}
      </tbody>
      <tfoot><tr>
        <td colSpan={2}>{t('legs.total')}</td><td className="figure">{spanText(desk, sum(legs, (leg) => leg.waitingBusinessSeconds))}</td>
        <td className="figure">{spanText(desk, sum(legs, (leg) => leg.workedBusinessSeconds))}</td><td className="figure"><b>{spanText(desk, sum(legs, businessOf))}</b></td>
        <td className="figure">{spanText(desk, sum(legs, (leg) => leg.waitingSeconds + leg.workedSeconds))}</td>{targets ? <td className="figure">—</td> : null}
      </tr></tfoot>
    </table>
  );
}

/** Kept or not, in words: not by colour alone. */
function LegTarget({ leg }: { readonly leg: Leg }) {
  const t = useTicketWords();
  const { t: desk } = useDeskWords();
  if (leg.olaTargetSeconds === null) return <>—</>;
  const over = businessOf(leg) - leg.olaTargetSeconds;
  return <>{spanText(desk, leg.olaTargetSeconds)} <small className={over > 0 ? 'leg-over' : undefined}>{over > 0 ? t('legs.over', { span: spanText(desk, over) }) : t('legs.within')}</small></>;
}
