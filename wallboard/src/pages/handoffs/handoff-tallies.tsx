import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import type { HandoffsPageQuery } from '../../graphql/generated/desk/graphql.ts';
import { spanText } from '../../lib/time/span-text.ts';
import { useHandoffsWords } from './handoffs-words.ts';

/** WBD-06: what each team gives and takes, and how long it takes to accept. */
export function HandoffTallies({ tallies }: { readonly tallies: HandoffsPageQuery['handoffTallies'] }) {
  const t = useHandoffsWords();
  const { t: desk, locale } = useDeskWords();
  const span = (seconds: number | null): string => (seconds === null ? '—' : spanText(desk, seconds));
  return (
    <section className="card">
      <h2>{t('tally.title')}</h2>
      {tallies.length === 0 ? <p className="quiet">{t('tally.none')}</p> : (
        <>
          <table>
            <thead><tr>
              <th scope="col">{t('tally.team')}</th><th scope="col" className="figure">{t('tally.in')}</th><th scope="col" className="figure">{t('tally.out')}</th>
              <th scope="col" className="figure">{t('tally.accepted')}</th><th scope="col" className="figure">{t('tally.rejected')}</th>
              <th scope="col" className="figure">{t('tally.median')}</th><th scope="col" className="figure">{t('tally.longest')}</th>
            </tr></thead>
            <tbody>
              {tallies.map((one) => (
                <tr key={one.team.id}>
                  <th scope="row">{teamName(one.team, locale)}</th><td className="figure">{one.taken}</td><td className="figure">{one.given}</td>
                  <td className="figure">{one.accepted}</td><td className="figure">{one.rejected}</td>
                  <td className="figure">{span(one.medianSeconds)}</td><td className="figure">{span(one.longestSeconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">{t('tally.note')}</p>
        </>
      )}
    </section>
  );
}
