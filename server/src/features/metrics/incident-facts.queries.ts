import { AGES } from './metric-catalog.rules.ts';
import { minutes, type Facts } from './metric-fact.rules.ts';

const INCIDENTS = 'incident i join ticket t on t.id = i.ticket_id';
const clock = (kind: string): string => `clock k join incident i on i.ticket_id = k.ticket_id and k.subject_id = k.ticket_id and k.kind = '${kind}' join ticket t on t.id = i.ticket_id`;
/** D-41: false alarms, duplicates and the like are left out of attainment. */
const COUNTS = 'i.closure_code is null or not (i.closure_code = any(p.left_out))';
/** Late is dated at the due instant (D-08), also while the timer has yet to write it down. */
const decidedAt = (met: string): string =>
  `case when k.breached_at is not null then k.breached_at when ${met} then k.met_at when k.state = 'running' and k.due_at < p.now_at then k.due_at end`;
const IN_TIME = `k.breached_at is null and k.outcome = 'met'`;
/** Of a stopped clock: what ran in its own calendar, pauses left out. */
const SERVICE_MINUTES = '(k.target_ms - k.remaining_ms) / 60000.0';
const PENDING = (until: string): string =>
  `coalesce((select sum(${minutes('s.from_at', `least(coalesce(s.to_at, ${until}), ${until})`)}) from suspension s where s.ticket_id = t.id and s.from_at < ${until}), 0)`;

const reported = { from: INCIDENTS, at: 'i.reported_at', part: 'i.level' } as const;
const closed = { from: INCIDENTS, at: 't.closed_at', part: 'i.level' } as const;
const answered = { from: clock('response'), at: 'k.met_at', where: `k.outcome = 'met'`, part: 'i.level' } as const;
const resolved = { ...answered, from: clock('resolution') } as const;

/** In which of {@link AGES} a record is, that began at an instant. */
export function ageOf(began: string): string {
  const days = `extract(epoch from p.as_of_at - ${began}) / 86400`;
  return `case ${AGES.toReversed().map(({ key, fromDays }) => (fromDays === 0 ? `else '${key}'` : `when ${days} >= ${fromDays} then '${key}'`)).join(' ')} end`;
}

/** MET-02: the incidents behind each figure. */
export const INCIDENT_FACTS: Facts = {
  'incident-count': reported,
  'incident-closed': closed,
  'incident-response': { from: clock('response'), at: decidedAt(`k.outcome = 'met'`), where: COUNTS, hit: IN_TIME, part: 'i.level' },
  'incident-resolution': { from: clock('resolution'), at: decidedAt(`k.outcome = 'met' and i.state = 'closed'`), where: COUNTS, hit: IN_TIME, part: 'i.level' },
  'incident-first-line': {
    ...closed, where: COUNTS, hit: 'not exists (select 1 from ticket_span s join team m on m.id = s.team_id where s.ticket_id = t.id and m.line > 1)',
  },
  'incident-satisfaction': { from: 'satisfaction s join ticket t on t.id = s.ticket_id join incident i on i.ticket_id = t.id', at: 's.answered_at', hit: 's.score >= 4', part: 'i.level' },
  'incident-unrated': { ...closed, where: 'not exists (select 1 from satisfaction s where s.ticket_id = t.id and s.answered_at is not null)' },
  'incident-backlog': { ...reported, during: 'i.reported_at < p.end_at and (t.closed_at is null or t.closed_at >= p.end_at)', part: ageOf('i.reported_at') },
  'incident-mtta': { ...answered, amount: `greatest(0, ${minutes('i.reported_at', 'k.met_at')})` },
  'incident-mtta-business': { ...answered, amount: SERVICE_MINUTES },
  'incident-mttr': { ...resolved, amount: `greatest(0, ${minutes('i.reported_at', 'k.met_at')})` },
  'incident-mttr-net': { ...resolved, amount: `greatest(0, ${minutes('i.reported_at', 'k.met_at')} - ${PENDING('k.met_at')})` },
  'incident-mttr-business': { ...resolved, amount: SERVICE_MINUTES },
  'incident-reassigned': { ...closed, hit: 'i.handoff_count > 0', amount: 'i.handoff_count' },
  'incident-handoffs': { ...closed, where: 'i.handoff_count > 0', amount: 'i.handoff_count' },
  'incident-pending-share': { ...closed, amount: PENDING('t.closed_at'), whole: minutes('i.reported_at', 't.closed_at') },
  'incident-pending': {
    from: 'suspension s join ticket t on t.id = s.ticket_id', at: 't.closed_at', where: 's.from_at < t.closed_at', part: 's.category', item: 's.id',
    amount: minutes('s.from_at', 'least(coalesce(s.to_at, t.closed_at), t.closed_at)'),
  },
  'incident-recurred': { ...reported, hit: `exists (select 1 from ticket_link l where l.from_id = t.id and l.kind = 'recurrence-of')` },
  'incident-escalations': { from: 'escalation e join ticket t on t.id = e.ticket_id', at: 'e.fired_at', part: 'e.step', item: 'e.id' },
  'incident-cis': { from: `${INCIDENTS} join ticket_ci x on x.ticket_id = t.id`, at: 'i.reported_at', part: 'x.ci_id', item: 'x.id' },
  'incident-causes': { ...closed, where: 'i.cause_class is not null', part: 'i.cause_class' },
};
