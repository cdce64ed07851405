import { fitOf, type Screen } from '../board/legibility.ts';
import { useScreensWords } from './screens-words.ts';

const TEXTS = ['countdown', 'row', 'secondary'] as const;
const LEAST_ARC = 16;

/** What a screen of that size shows and how big each text is at the farthest seat; refused, with what would be right, below 16′ (WBD-10). */
export function FitCard({ screen, boardId }: { readonly screen: Screen; readonly boardId: string | null }) {
  const t = useScreensWords();
  const { arcs, sizes, rows, legible, farthestSeat, leastDiagonal } = fitOf(screen);
  return (
    <section className="fit" data-legible={legible} aria-live="polite">
      <h3>{t('fit.title')}</h3>
      <table>
        <thead><tr><th>{t('fit.text')}</th><th className="figure">{t('fit.arc')}</th><th className="figure">{t('fit.least')}</th><th className="figure">{t('fit.px')}</th></tr></thead>
        <tbody>{TEXTS.map((text) => (
          <tr key={text} data-below={arcs[text] < LEAST_ARC - 0.005}>
            <td>{t(`fit.${text}`)}</td><td className="figure">{arcs[text].toFixed(1)}′</td><td className="figure">{LEAST_ARC}′</td>
            <td className="figure">{Math.round(sizes[text] * 10.8)} / {Math.round(sizes[text] * 21.6)} px</td>
          </tr>
        ))}</tbody>
      </table>
      {legible ? <p><b>✓</b> {t('fit.rows', { rows })}<br />{t('fit.ok')}</p> : (
        <p role="alert" className="refusal"><b>▲</b> {t('fit.refused', {
          seat: screen.seatMetres, arc: arcs.secondary.toFixed(1), farthest: (Math.floor(farthestSeat * 10) / 10).toFixed(1), least: Math.ceil(leastDiagonal),
        })}</p>
      )}
      {boardId === null ? null : <a href={`/board/${boardId}?diagonal=${screen.diagonalInches}&seat=${screen.seatMetres}`} target="_blank" rel="noreferrer">{t('fit.preview')}</a>}
    </section>
  );
}
