import type { ReactNode } from 'react';
import { addresseeText } from '../../components/addressee.ts';
import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { shiftTime } from '../../lib/time/format-time.ts';
import { ageText, handoffText, localName, roleText, stepText, useBoardWords } from './board-words.tsx';
import { fitSections } from './fit-sections.ts';

/** What waits for a person: escalations to acknowledge, handoffs to accept; and who is there. `lines` is the room it has. */
export function SidePanel({ view, lines }: { readonly view: BoardView; readonly lines: number }) {
  const { t, locale, ...place } = useBoardWords();
  const escalated = view.rows.flatMap((row) => (row.escalation === null ? [] : [{ row, escalation: row.escalation }]))
    .sort((left, right) => Date.parse(left.escalation.firedAt) - Date.parse(right.escalation.firedAt));
  const handed = view.rows.flatMap((row) => (row.handoff === null ? [] : [{ row, handoff: row.handoff }]))
    .sort((left, right) => Date.parse(left.handoff.since) - Date.parse(right.handoff.since));
  const { counters, onCall } = view;
  const [escalations = 0, handoffs = 0, people = 0] = fitSections(lines, [
    { entries: Math.max(escalated.length, counters.escalationsUnacknowledged), linesEach: 2 },
    { entries: Math.max(handed.length, counters.handoffsWaiting), linesEach: 2 },
    { entries: onCall.length, linesEach: 1 },
  ]);
  return (
    <aside className="side">
      <Section title={t('side.escalations')} kind="escalated" total={counters.escalationsUnacknowledged} shown={Math.min(escalations, escalated.length)}>
        {escalated.slice(0, escalations).map(({ row, escalation }) => (
          <li key={escalation.id} className="entry" data-kind="escalated">
            <div><span className="number">{row.number}</span>{escalation.early ? <em>{t('side.early')}</em> : null}<LiveText className="age" of={(now) => ageText(t, Date.parse(escalation.firedAt), now)} /></div>
            <div className="entry-text">{`⚑ ${stepText(t, escalation.step)} → ${escalation.to.map((to) => addresseeText(to, (role) => roleText(t, role))).join(', ')}`}</div>
          </li>
        ))}
      </Section>
      <Section title={t('side.handoffs')} kind="handoff" total={counters.handoffsWaiting} shown={Math.min(handoffs, handed.length)}>
        {handed.slice(0, handoffs).map(({ row, handoff }) => (
          <li key={handoff.id} className="entry" data-kind="handoff" data-ageing={handoff.ageingStep > 0}>
            <div><span className="number">{row.number}</span><LiveText className="age" of={(now) => ageText(t, Date.parse(handoff.since), now)} /></div>
            <div className="entry-text">{handoffText(handoff, locale)}</div>
          </li>
        ))}
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
  readonly total: number;
  readonly shown: number;
  readonly children: ReactNode;
}

function Section({ title, kind, total, shown, children }: SectionProps) {
  const { t } = useBoardWords();
  return (
    <section className="side-section" data-kind={kind}>
      <h2>{title}{kind === 'onCall' ? null : <b>{total}</b>}</h2>
      <ul>
        {children}
        {total === 0 ? <li className="entry quiet">{t('side.none')}</li> : null}
        {total > shown ? <li className="entry quiet">{t('side.more', { count: total - shown })}</li> : null}
      </ul>
    </section>
  );
}
