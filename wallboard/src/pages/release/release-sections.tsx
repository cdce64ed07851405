import type { ReactNode } from 'react';
import type { RecordAction } from '../../components/record-actions/record-action.ts';
import { When } from '../../components/when.tsx';
import { TickReleaseCheckDocument } from '../../graphql/generated/desk/graphql.ts';
import { InlineAction } from './inline-action.tsx';
import { CHECKLIST, isOneOf, STATES, WAIVABLE, type Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

interface Part {
  readonly release: Release;
}

/** Review, checklist, tests, watch, decisions, feedback; what has no entry yet is left out, but for the checklist. */
export function ReleaseSections({ release, reload }: Part & { readonly reload: () => Promise<unknown> }) {
  return (
    <>
      <Checklist release={release} reload={reload} />
      <Watch release={release} />
      <Reviews release={release} />
      <Tests release={release} />
      <Decisions release={release} />
      <Feedback release={release} />
    </>
  );
}

function Section({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  return count === 0 ? null : <section className="card"><h2>{title}<small>{count}</small></h2>{children}</section>;
}

/** REL-10. The latest word on an item counts. */
function Checklist({ release, reload }: Part & { readonly reload: () => Promise<unknown> }) {
  const t = useReleaseWords();
  const tick = (item: (typeof CHECKLIST)[number]): RecordAction => ({
    name: 'tickReleaseCheck', label: `${t('item.tick')} · ${t(`item.${item}`)}`, fields: [{ name: 'ok', label: t('field.ok'), kind: 'flag', value: 'true' }, { name: 'note', label: t('field.note'), kind: 'text' }],
    run: (send, base, values) => send(TickReleaseCheckDocument, { ...base, item, ok: values.flag('ok'), note: values.maybe('note') }, (data) => data.tickReleaseCheck.userErrors),
  });
  if (STATES.indexOf(release.state) < STATES.indexOf('COMMUNICATION') && release.checks.length === 0) return null;
  return (
    <Section title={t('section.checklist')} count={CHECKLIST.length}>
      <ul className="entries">
        {CHECKLIST.map((item) => {
          const last = release.checks.findLast(({ phase, subject, at }) => phase === 'before' && subject === item && (release.acceptedAt === null || at >= release.acceptedAt));
          return (
            <li key={item} data-open={last?.ok !== true}>
              <div className="entry-head">
                <b>{last === undefined ? '☐' : last.ok ? '☑' : '☒'} {t(`item.${item}`)}</b>
                {last === undefined ? <span>{t('item.open')}</span> : <><span>{last.byName}</span> <When at={last.at} /> <span>{last.note}</span></>}
                <InlineAction release={release} action={tick(item)} reload={reload} />
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Watch({ release }: Part) {
  const t = useReleaseWords();
  const watched = release.checks.filter(({ phase }) => phase === 'watch');
  return (
    <Section title={t('section.watch')} count={watched.length}>
      <ul className="entries">{watched.map((one) => (
        <li key={one.id} data-open={!one.ok}><p className="entry-head"><b>{one.ok ? '✓' : '✗'} {one.subject}</b> {one.byName} <When at={one.at} /></p>{one.note === null ? null : <p className="entry-body">{one.note}</p>}</li>
      ))}</ul>
    </Section>
  );
}

/** REL-12. */
function Reviews({ release }: Part) {
  const t = useReleaseWords();
  return (
    <Section title={t('section.reviews')} count={release.reviews.length}>
      <ul className="entries">{release.reviews.map((one) => (
        <li key={one.id} data-open={one.verdict === null}>
          <p className="entry-head"><b>{one.personName}</b> {one.department} <span className="badge" data-verdict={one.verdict ?? 'none'}>{t(one.verdict === 'agreed' ? 'verdict.agreed' : one.verdict === 'objected' ? 'verdict.objected' : 'verdict.none')}</span> {one.decidedAt === null ? null : <When at={one.decidedAt} />}</p>
          {one.note === null ? null : <p className="entry-body">{one.note}</p>}
        </li>
      ))}</ul>
    </Section>
  );
}

function Tests({ release }: Part) {
  const t = useReleaseWords();
  return (
    <Section title={t('section.tests')} count={release.tests.length}>
      <table>
        <thead><tr><th>{t('field.case')}</th><th>{t('field.expected')}</th><th>{t('field.actual')}</th><th>{t('field.passed')}</th></tr></thead>
        <tbody>{release.tests.map((one) => (
          <tr key={one.id}>
            <td>{one.name}<br /><small>{one.testedBy} <When at={one.testedAt} /></small></td><td>{one.expected}</td><td>{one.actual}</td>
            <td><span className="badge" data-passed={one.passed}>{one.passed ? `✓ ${t('test.passed')}` : `✗ ${t('test.failed')}`}</span>{one.packageSha256 === release.package?.sha256 ? null : <><br /><small>{t('test.other')}</small></>}</td>
          </tr>
        ))}</tbody>
      </table>
    </Section>
  );
}

/** REL-03: no step is skipped without a recorded decision; here they are. */
function Decisions({ release }: Part) {
  const t = useReleaseWords();
  const subjectOf = (kind: string, subject: string): string => {
    const state = subject.toUpperCase().replaceAll('-', '_');
    if (kind === 'skip' && isOneOf(STATES, state)) return t(`state.${state}`);
    return kind === 'waive' && isOneOf(WAIVABLE, subject) ? t(`waive.${subject}`) : subject;
  };
  return (
    <Section title={t('section.decisions')} count={release.decisions.length}>
      <ul className="entries">{release.decisions.map((one) => (
        <li key={one.id}>
          <p className="entry-head"><b>{t(one.kind === 'skip' ? 'decision.skip' : one.kind === 'waive' ? 'decision.waive' : 'decision.freeze-override')} · {subjectOf(one.kind, one.subject)}</b> {one.decidedBy} <When at={one.decidedAt} /></p>
          <p className="entry-body">{one.reason}</p>
        </li>
      ))}</ul>
    </Section>
  );
}

/** REL-07. */
function Feedback({ release }: Part) {
  const t = useReleaseWords();
  return (
    <Section title={t('section.feedback')} count={release.feedback.length}>
      <ul className="entries">{release.feedback.map((one) => (
        <li key={one.id}><p className="entry-head"><b>{`${one.score} / 5`}</b> {one.givenBy} {one.department} <When at={one.recordedAt} /></p>{one.text === null ? null : <p className="entry-body">{one.text}</p>}</li>
      ))}</ul>
    </Section>
  );
}
