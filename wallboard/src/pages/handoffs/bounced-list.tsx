import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import type { HandoffsPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { useHandoffsWords } from './handoffs-words.ts';

/** HND-03: open incidents that were sent back and forth, with the way they went. */
export function BouncedList({ incidents }: { readonly incidents: HandoffsPageQuery['bouncedIncidents'] }) {
  const t = useHandoffsWords();
  const { locale } = useDeskWords();
  return (
    <section className="card">
      <h2>{t('bounced.title')}<small>{incidents.length}</small></h2>
      {incidents.length === 0 ? <p className="quiet">{t('bounced.none')}</p> : (
        <ul className="entries">
          {incidents.map((one) => (
            <li key={one.incidentId} data-open="true">
              <p className="entry-head"><Link to={`/incident/${one.number}`}>{one.number}</Link><span className="badge" data-level={one.level}>{one.level}</span><b>{one.title}</b> {one.customer}<span className="badge flag">{t('bounced.moves', { count: one.moves })}</span></p>
              <p className="entry-body quiet">{one.path.map((team) => teamName(team, locale)).join(' → ')}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
