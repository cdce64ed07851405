import type { ReactNode } from 'react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import type { CustomerReportPartsFragment } from '../../graphql/generated/desk/graphql.ts';
import { fullTime } from '../../lib/time/format-time.ts';
import { useMyWords } from './my-words.ts';
import './service-report.css';

export type Report = CustomerReportPartsFragment;
type Figure = Report['figures'][number];

const PROMISES = ['incident-response', 'incident-resolution', 'incident-satisfaction', 'incident-unrated', 'incident-pending-share'];
const TABLES = [
  ['sla.volume', ['incident-count', 'incident-closed']], ['sla.pending', ['incident-pending']], ['sla.causes', ['incident-causes']], ['sla.other', ['change-count', 'change-success', 'release-count']],
] as const;

/** A service report for reading and for print. Every number is the server's: nothing is computed here (MET-03). */
export function ServiceReport({ report, children }: { readonly report: Report; readonly children?: ReactNode }) {
  const t = useMyWords();
  return (
    <article className="my-report" data-period={report.period.key} data-issued={report.issued !== null}>
      <ReportHead report={report} />
      <ReportTable title={t('sla.promise')} figures={report.figures.filter(({ figure }) => PROMISES.includes(figure))} />
      {TABLES.map(([title, keys]) => <ReportTable key={title} title={t(title)} figures={report.figures.filter(({ figure }) => keys.some((key) => key === figure))} />)}
      <Missed report={report} />
      <p className="quiet">{t('sla.availability')}</p>
      {report.issued === null ? null : <Issued report={report} />}
      {children}
    </article>
  );
}

function ReportHead({ report }: { readonly report: Report }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  const place = { locale, timeZone: report.timeZone };
  return (
    <header className="my-report-head">
      <h1>{t('sla.of', { customer: report.customerName })} · {report.period.key}</h1>
      <p className="my-state" role="status">{report.issued === null ? `◌ ${t('sla.live')}` : `● ${t('sla.issued')}`}</p>
      <dl className="facts">
        <div><dt>{t('sla.span')}</dt><dd>{fullTime(Date.parse(report.period.from), place)} – {fullTime(Date.parse(report.period.to) - 1000, place)}</dd></div>
        <div><dt>{t('sla.asOf')}</dt><dd>{fullTime(Date.parse(report.asOf), place)}</dd></div>
        <div><dt>{t('sla.zone')}</dt><dd>{report.timeZone}</dd></div>
        <div><dt>{t('sla.tier')}</dt><dd>{report.tier === null ? t('sla.tier.none') : locale === 'zh-CN' ? report.tier.zh : report.tier.en}</dd></div>
      </dl>
    </header>
  );
}

function ReportTable({ title, figures }: { readonly title: string; readonly figures: readonly Figure[] }) {
  const t = useMyWords();
  if (figures.length === 0) return null;
  return (
    <section className="card">
      <h2>{title}</h2>
      <table className="my-figures">
        <thead><tr><th>{t('sla.part')}</th><th className="figure">{t('sla.value')}</th><th className="figure">{t('sla.fraction')}</th><th>{t('sla.target')}</th></tr></thead>
        <tbody>{figures.map((figure) => <FigureLine key={`${figure.figure} ${figure.part}`} figure={figure} />)}</tbody>
      </table>
    </section>
  );
}

/** The whole of a figure has its definition below it; its parts stand under it. */
function FigureLine({ figure: { figure, part, name, label, definition, unit, value } }: { readonly figure: Figure }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  const say = (words: { readonly zh: string; readonly en: string }): string => (locale === 'zh-CN' ? words.zh : words.en);
  const number = (one: number): string => one.toLocaleString(locale, { maximumFractionDigits: 2 });
  const text = value.value === null ? t('sla.undefined') : unit === 'PERCENT' ? `${number(value.value)}%` : unit === 'MINUTES' ? t('sla.minutes', { value: number(value.value) }) : number(value.value);
  return (
    <tr data-figure={figure} data-part={part ?? ''} data-value={value.value ?? ''} data-numerator={value.numerator} data-denominator={value.denominator ?? ''}>
      <th scope="row" data-part={part !== null}>{part === null ? say(name) : say(label)}{part === null ? <small>{say(definition)}</small> : null}</th>
      <td className="figure"><b data-empty={value.value === null}>{text}</b></td>
      <td className="figure">{value.denominator === null ? '—' : `${number(value.numerator)} / ${number(value.denominator)}`}</td>
      <td><Target value={value} promised={part === null && (figure === 'incident-response' || figure === 'incident-satisfaction')} /></td>
    </tr>
  );
}

function Target({ value: { target, met }, promised }: { readonly value: Figure['value']; readonly promised: boolean }) {
  const t = useMyWords();
  if (target === null) return promised ? <span className="quiet">{t('sla.target.none')}</span> : null;
  const words = target.abovePercent === null ? t('sla.within', { from: target.fromPercent ?? 0 }) : t('sla.above', { percent: target.abovePercent });
  return <>{words} {met === null ? null : <b className="verdict" data-met={met}>{met ? t('sla.met') : t('sla.notMet')}</b>}</>;
}

function Missed({ report: { missed, missedTotal, timeZone } }: { readonly report: Report }) {
  const t = useMyWords();
  const { locale, vocabulary } = useDeskWords();
  const time = (at: string): string => fullTime(Date.parse(at), { locale, timeZone });
  return (
    <section className="card" data-missed={missedTotal}>
      <h2>{t('sla.missed')}<small>{missedTotal}</small></h2>
      {missed.length === 0 ? <p>{t('sla.missed.none')}</p> : (
        <table className="my-missed-list">
          <thead><tr><th>{t('column.incident')}</th><th>{t('sla.clock')}</th><th>{t('sla.dueAt')}</th><th>{t('sla.metAt')}</th><th>{t('sla.why')}</th></tr></thead>
          <tbody>{missed.map((one) => (
            <tr key={`${one.id} ${one.clock}`} data-number={one.number} data-clock={one.clock}>
              <td>{one.number} <span className="badge" data-level={one.level}>{one.level}</span><small>{one.title}</small></td>
              <td>{labelOf(vocabulary.clockKinds, one.clock, locale)}</td>
              <td>{time(one.dueAt)}</td>
              <td>{one.metAt === null ? t('sla.notYet') : time(one.metAt)}</td>
              <td>
                {one.cause === null ? t('sla.noCause') : labelOf(vocabulary.causeClasses, one.cause, locale)}
                {one.pendingMinutes === 0 ? null : <small>{t('sla.waited', { minutes: one.pendingMinutes.toLocaleString(locale), reasons: one.pendingReasons.map((key) => labelOf(vocabulary.suspensionReasons, key, locale)).join('、') })}</small>}
              </td>
            </tr>
          ))}</tbody>
        </table>
      )}
      {missed.length < missedTotal ? <p className="quiet">{t('sla.missed.shown', { shown: missed.length, total: missedTotal })}</p> : null}
    </section>
  );
}

function Issued({ report: { issued, timeZone } }: { readonly report: Report }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  if (issued === null) return null;
  const time = (at: string): string => fullTime(Date.parse(at), { locale, timeZone });
  return (
    <section className="card">
      {issued.remark === '' ? null : <><h2>{t('sla.remark')}</h2><p className="entry-body">{issued.remark}</p></>}
      <h2>{t('sla.notes')}<small>{issued.notes.length}</small></h2>
      {issued.notes.length === 0 ? <p className="quiet">{t('sla.notes.none')}</p> : null}
      <ul className="entries">{issued.notes.map((note) => <li key={note.id}><p className="entry-head"><b>{t(`note.${note.kind}`)}</b>{note.recordedBy} {time(note.recordedAt)}</p><p className="entry-body">{note.text}</p></li>)}</ul>
      <p className="quiet">{t('sla.issuedAt', { by: issued.issuedBy })} {time(issued.issuedAt)} · {issued.unaltered ? `✓ ${t('sla.unaltered')}` : `✕ ${t('sla.altered')}`} <small className="metric-digest">SHA-256 {issued.sha256}</small></p>
    </section>
  );
}
