import type { ReactNode } from 'react';
import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { shiftTime } from '../../lib/time/format-time.ts';
import { AlarmEntry, WorkEntry } from './side-entries.tsx';
import { ageText, handoffText, localName, useBoardWords } from './board-words.tsx';
import { fitSections } from './fit-sections.ts';

/** What waits for a person: alarms to acknowledge, handoffs to accept; what is done today, and who is there. `lines` is the room it has. */
export function SidePanel({ view, lines }: { readonly view: BoardView; readonly lines: number }) {
  const { t, locale, ...place } = useBoardWords();
  const handed = view.rows.flatMap((row) => (row.handoff === null ? [] : [{ row, handoff: row.handoff }]))
    .sort((left, right) => Date.parse(left.handoff.since) - Date.parse(right.handoff.since));
  const { alarms, counters, today, onCall } = view;
  const taken = alarms.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length;
  const ringing = counters.alarmsUnacknowledged;
  const [rung = 0, handoffs = 0, works = 0, people = 0] = fitSections(lines, [
    { entries: alarms.length, linesEach: 2, beyond: ringing + taken > alarms.length },
    { entries: handed.length, linesEach: 2, beyond: counters.handoffsWaiting > handed.length },
    { entries: today.items.length, linesEach: 2, beyond: today.total > today.items.length },
    { entries: onCall.length, linesEach: 1 },
  ]);
  return (
    <aside className="side">
      <Section title={t('side.alarms')} kind="alarms" total={ringing} entries={ringing + taken} shown={rung}>
        {alarms.slice(0, rung).map((alarm) => <AlarmEntry key={alarm.id} alarm={alarm} mayAcknowledge={view.mayAcknowledge} />)}
      </Section>
      <Section title={t('side.handoffs')} kind="handoff" total={counters.handoffsWaiting} shown={handoffs}>
        {handed.slice(0, handoffs).map(({ row, handoff }) => (
          <li key={handoff.id} className="entry" data-kind="handoff" data-ageing={handoff.ageingStep > 0}>
            <div><span className="number">{row.number}</span><LiveText className="age" of={(now) => ageText(t, Date.parse(handoff.since), now)} /></div>
            <div className="entry-text">{handoffText(handoff, locale)}</div>
          </li>
        ))}
      </Section>
      <Section title={t('side.today')} kind="today" total={today.total} shown={works}>
        {today.items.slice(0, works).map((work) => <WorkEntry key={work.id} work={work} day={today.from} />)}
      </Section>
      <Section title={t('side.onCall')} kind="onCall" total={onCall.length} shown={people}>
        {onCall.slice(0, people).map((duty) => (
          <li key={`${duty.team} ${duty.person}`} className="entry duty">
            <span className="entry-text">{`${duty.leader ? '★' : ''}${duty.person} ${localName(locale, duty.team, duty.teamZh)}`}</span>
            <LiveText className="age" of={(now) => t('side.until', { time: shiftTime(Date.parse(duty.until), now, { locale, ...place }) })} />
          </li>
        ))}
      </Section>
    </aside>
  );
}

interface SectionProps {
  readonly title: string;
  readonly kind: string;
  /** What the heading counts. */
  readonly total: number;
  /** What could be listed, where that is more than what is counted. */
  readonly entries?: number;
  readonly shown: number;
  readonly children: ReactNode;
}

/** A heading with its exact count, what fits of it, and how many more. */
function Section({ title, kind, total, entries = total, shown, children }: SectionProps) {
  const { t } = useBoardWords();
  return (
    <section className="side-section" data-kind={kind} data-empty={entries === 0}>
      <h2>{title}{kind === 'onCall' && total > 0 ? null : <b>{total === 0 ? t('side.none') : total}</b>}</h2>
      {entries === 0 ? null : (
        <ul>
          {children}
          {entries > shown ? <li className="entry quiet">{t('side.more', { count: entries - shown })}</li> : null}
        </ul>
      )}
    </section>
  );
}
