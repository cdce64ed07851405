import type { ScreenMessageKey } from '../../lib/messages/screen/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { fitOf, type Screen } from '../board/legibility.ts';

/** The board's texts in their sizes, to be read from the farthest seat: whoever sets a screen up sees whether the numbers are right. */
export function ReadingTest({ size, t }: { readonly size: Screen; readonly t: Translate<ScreenMessageKey> }) {
  const { arcs, sizes } = fitOf(size);
  return (
    <section className="reading-test">
      <h2>{t('check.title')}</h2>
      <p style={{ fontSize: `${sizes.countdown}vh` }}>{t('check.countdown', { minutes: arcs.countdown.toFixed(0) })}</p>
      <p style={{ fontSize: `${sizes.row}vh` }}>{t('check.row', { minutes: arcs.row.toFixed(0) })}</p>
      <p style={{ fontSize: `${sizes.secondary}vh` }}>{t('check.secondary', { minutes: arcs.secondary.toFixed(0) })}</p>
      <small>{t('check.size', { diagonal: size.diagonalInches, seat: size.seatMetres })}</small>
    </section>
  );
}
