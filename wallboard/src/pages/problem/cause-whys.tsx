import type { FiveWhys } from './cause-drawing.ts';
import { useProblemWords } from './problem-words.ts';

/** PRB-02: the chain from what was seen down to the cause. */
export function WhysDrawing({ body }: { readonly body: FiveWhys }) {
  const t = useProblemWords();
  const last = body.whys.length - 1;
  return (
    <ol className="whys" aria-label={t('method.FIVE_WHYS')}>
      <li className="why-effect"><b>{body.effect}</b></li>
      {body.whys.map(({ because, evidence }, index) => (
        <li key={because} data-root={index === last}>
          <i>{t('whys.why', { n: index + 1 })}</i>
          <p><b>{because}</b>{index === last ? <span className="badge flag">★ {t('verdict.root')}</span> : null}{evidence === '' ? null : <small>{evidence}</small>}</p>
        </li>
      ))}
    </ol>
  );
}
