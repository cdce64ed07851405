import { useEffect, useEffectEvent, useRef } from 'react';
import { StaleNotice } from '../../components/stale-notice.tsx';
import type { MetricSection } from '../../graphql/generated/desk/graphql.ts';
import { fullTime } from '../../lib/time/format-time.ts';
import type { MetricAddress } from './metric-address.ts';
import { NewestDetail } from './metric-card.tsx';
import { MetricChart } from './metric-chart.tsx';
import { labelIn, periodText, roughMinutes, valueText, type Figure, type MetricSpeech } from './metric-text.ts';
import { useMetrics } from './use-metrics.ts';

/** Which figure of which section fills the screen. */
export interface Slide {
  readonly section: MetricSection;
  /** From 0; -1 stands for the last. */
  readonly index: number;
}

/** `present=CHANGES.3` in the address, so that a slide can be gone back to. */
export function readSlide(search: URLSearchParams, sections: readonly MetricSection[]): Slide | null {
  const [name, index = '0'] = (search.get('present') ?? '').split('.');
  const section = sections.find((one) => one === name);
  return section === undefined ? null : { section, index: /^-?\d{1,3}$/.test(index) ? Number(index) : 0 };
}

export function withSlide(search: URLSearchParams, slide: Slide | null): URLSearchParams {
  const next = new URLSearchParams(search);
  if (slide === null) next.delete('present');
  else next.set('present', `${slide.section}.${slide.index}`);
  return next;
}

interface Props {
  readonly sections: readonly MetricSection[];
  readonly slide: Slide;
  readonly address: MetricAddress;
  readonly speech: MetricSpeech;
  readonly onSlide: (slide: Slide | null) => void;
}

const NEXT = new Set(['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter']);
const BACK = new Set(['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace']);

/** A figure a screen, for a meeting: large, by keys, and live like the page (MET-01, MET-05). */
export function MetricPresentation({ sections, slide, address, speech, onSlide }: Props) {
  const { t, locale } = speech;
  const frame = useRef<HTMLDialogElement>(null);
  const { page, error, live } = useMetrics(slide.section, address);
  const figures = (page?.figures ?? []).filter(({ besideOf }) => besideOf === null);
  const index = slide.index < 0 ? figures.length - 1 : Math.min(slide.index, figures.length - 1);
  const at = sections.indexOf(slide.section);
  const go = (step: 1 | -1): void => {
    if (figures.length === 0) return;
    const inside = index + step;
    const section = sections[at + step];
    if (inside >= 0 && inside < figures.length) onSlide({ section: slide.section, index: inside });
    else if (section !== undefined) onSlide({ section, index: step === 1 ? 0 : -1 });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // A button keeps its own keys.
    if (event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter')) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') onSlide(null);
    else if (event.key === 'Home') onSlide({ section: sections[0] ?? slide.section, index: 0 });
    else if (event.key === 'End') onSlide({ section: sections.at(-1) ?? slide.section, index: -1 });
    else if (NEXT.has(event.key)) go(1);
    else if (BACK.has(event.key)) go(-1);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    frame.current?.showModal();
    // Not on a button: there Enter and the space bar would be its own.
    frame.current?.focus();
    return () => window.removeEventListener('keydown', listener);
  }, []);
  const figure = figures[index];
  return (
    <dialog className="metric-present" aria-label={t('present.label')} tabIndex={-1} ref={frame} data-slide={`${slide.section}.${index}`} onCancel={(event) => {
      event.preventDefault();
      onSlide(null);
    }}>
      <StaleNotice lastHeardAt={live.lastHeardAt} detail={live.detail} />
      {error === undefined ? null : <p className="page-error" role="alert">{`${t('refused')}: ${error.message}`}</p>}
      {figure === undefined || page === undefined ? <p className="page-wait" role="status">…</p> : (
        <>
          <p className="metric-present-of">
            {t(`section.${slide.section}`)} · {periodText(page.period.key, speech)} · {t('asOf', { at: fullTime(Date.parse(page.asOf), { locale, timeZone: page.timeZone }) })} {t('zone', { zone: page.timeZone })}
          </p>
          <SlideBody key={figure.key} figure={figure} speech={speech} />
        </>
      )}
      <nav aria-label={t('present.label')}>
        <button type="button" onClick={() => go(-1)} disabled={at === 0 && index <= 0}>‹ {t('present.back')}</button>
        <span aria-live="polite">{t('present.place', { at: index + 1, of: figures.length })}</span>
        <button type="button" onClick={() => go(1)} disabled={at === sections.length - 1 && index >= figures.length - 1}>{t('present.next')} ›</button>
        <button type="button" className="plain" onClick={() => onSlide(null)}>{t('present.end')}</button>
      </nav>
    </dialog>
  );
}

function SlideBody({ figure, speech }: { readonly figure: Figure; readonly speech: MetricSpeech }) {
  const { locale, t } = speech;
  const name = labelIn(figure.name, locale);
  const newest = figure.overall.values.at(-1);
  return (
    <>
      <header>
        <h2>{name}</h2>
        {newest === undefined ? null : (
          <p className="metric-present-value" data-value={newest.value ?? ''}>
            <b data-empty={newest.value === null}>{figure.shape === 'DURATION' && newest.value !== null ? roughMinutes(newest.value, speech) : valueText(figure.unit, newest.value, speech)}</b>
            <NewestDetail figure={figure} value={newest} speech={speech} />
          </p>
        )}
      </header>
      <div className="metric-chart" role="img" aria-label={t('open.chart', { name })}><MetricChart figure={figure} speech={speech} onBar={() => {}} large /></div>
      <p className="metric-definition">{labelIn(figure.definition, locale)}</p>
    </>
  );
}
