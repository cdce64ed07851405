import { addresseeText } from '../../components/addressee.ts';
import type { BoardAlarm, BoardToday } from '../../lib/feed/feed-reducer.ts';
import { LiveText } from '../../lib/ticking/live-text.tsx';
import { timeOfDay } from '../../lib/time/format-time.ts';
import { acknowledge } from './acknowledge.ts';
import { ageText, roleText, stepText, useBoardWords, type BoardWords } from './board-words.tsx';

const GLYPHS = { BREACHED: '▲', NEW_LV1: '■', ESCALATED: '⚑' } as const;

/** What rings, since when, and for whom; afterwards who took it and when. */
export function AlarmEntry({ alarm, mayAcknowledge }: { readonly alarm: BoardAlarm; readonly mayAcknowledge: boolean }) {
  const words = useBoardWords();
  const { t } = words;
  const { acknowledgedBy: by, acknowledgedAt: at } = alarm;
  return (
    <li className="entry alarm" data-kind={alarm.kind} data-taken={by !== null}>
      <div>
        <span className="number">{alarm.number}</span>
        {by === null || at === null
          ? <LiveText className="age" of={(now) => ageText(t, Date.parse(alarm.raisedAt), now)} />
          : <span className="age taken">{`✓ ${by} ${timeOfDay(Date.parse(at), words)}`}</span>}
        {by === null && mayAcknowledge
          ? <button type="button" aria-label={t('alarm.acknowledgeOne', { number: alarm.number })} onClick={() => void acknowledge({ incidentId: alarm.incidentId })}>✓</button>
          : null}
      </div>
      <div className="entry-text">{`${GLYPHS[alarm.kind]} ${whatRings(alarm, words)}`}</div>
    </li>
  );
}

const CLOCKS = { 'response': 'RESPONSE', 'start-of-work': 'START_OF_WORK', 'on-site': 'ON_SITE', 'resolution': 'RESOLUTION', 'progress-report': 'PROGRESS_REPORT' } as const;

function whatRings({ kind, detail, title, to, early }: BoardAlarm, { t }: BoardWords): string {
  if (kind === 'NEW_LV1') return `${t('alarm.newLv1')} ${title}`;
  if (kind === 'ESCALATED') return `${stepText(t, detail ?? '')}${early ? ` (${t('early')})` : ''} → ${to.map((name) => addresseeText(name, (role) => roleText(t, role))).join(', ')}`;
  const clock = Object.entries(CLOCKS).find(([key]) => key === detail)?.[1];
  return `${clock === undefined ? detail ?? '' : t('alarm.breached', { clock: t(`clock.${clock}`) })} ${title}`;
}

const STANDING_GLYPHS = { UNAPPROVED: '?', SCHEDULED: '○', RUNNING: '▶', ROLLED_BACK: '↶', DONE: '✓', FAILED: '✕' } as const;

/** When, whether it runs, its number and what it is. A window that began before today says so. */
export function WorkEntry({ work, day }: { readonly work: BoardToday['items'][number]; readonly day: string }) {
  const words = useBoardWords();
  const { t } = words;
  const from = Date.parse(work.windowStartAt);
  const start = from < Date.parse(day) ? '…' : timeOfDay(from, words);
  return (
    <li className="entry work" data-standing={work.standing}>
      <div>
        <span>{start}<span className="work-end">{`–${timeOfDay(Date.parse(work.windowEndAt), words)}`}</span></span>
        <span className="standing">{`${STANDING_GLYPHS[work.standing]} ${t(`standing.${work.standing}`)}`}</span>
      </div>
      <div className="entry-text">{`${work.number.replace(/-0+/, '-')} ${work.title}`}</div>
    </li>
  );
}
