import { lackText } from './lack-text.ts';
import type { Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** Told apart by shape as well as colour. */
const SIGN = { PASSED: '✓', SKIPPED: '↷', HERE: '●', AHEAD: '○', NOT_REACHED: '–' } as const;

/** The way from plan to report: where the release stands, and how much each stage still lacks (REL-03). */
export function ReleaseTrack({ release }: { readonly release: Release }) {
  const t = useReleaseWords();
  const here = release.gates.find(({ standing }) => standing === 'HERE');
  return (
    <section className="card" aria-label={t('track.label')}>
      <ol className="release-track">
        {release.gates.map(({ stage, standing, lacks }) => (
          <li key={stage} data-standing={standing} aria-current={standing === 'HERE' ? 'step' : undefined} title={lacks.map((lack) => lackText(t, lack)).join('\n')}>
            <span className="track-sign" aria-hidden="true">{SIGN[standing]}</span>
            <b>{t(`state.${stage}`)}</b>
            <small>{standing === 'AHEAD' && lacks.length > 0 ? t('track.lacks', { count: lacks.length }) : t(`standing.${standing}`)}</small>
          </li>
        ))}
      </ol>
      {here === undefined || release.state === 'REPORTED' ? null : (
        <div className="track-lacks">
          {here.lacks.length === 0 ? <p className="quiet">{t('track.ready')}</p> : (
            <><h3>{t('track.now')}</h3><ul>{here.lacks.map((lack) => <li key={lack.message}>{lackText(t, lack)}</li>)}</ul></>
          )}
        </div>
      )}
    </section>
  );
}
