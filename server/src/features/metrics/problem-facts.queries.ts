import { ageOf } from './incident-facts.queries.ts';
import { minutes, type Facts } from './metric-fact.rules.ts';

const PROBLEMS = 'problem pr join ticket t on t.id = pr.ticket_id';
const base = { from: PROBLEMS, part: 'pr.severity' } as const;
const RECURRED = `pr.recurrences > 0 or exists (select 1 from ticket_link l join incident i on i.ticket_id = l.to_id
  where l.from_id = pr.ticket_id and l.kind = 'problem-of' and i.reported_at > pr.resolved_at)`;

/** MET-02 for problems: the problems behind each figure. */
export const PROBLEM_FACTS: Facts = {
  'problem-opened': { ...base, at: 't.opened_at' },
  'problem-closed': { ...base, at: 't.closed_at' },
  'problem-known-errors': { ...base, at: 'pr.known_error_at' },
  'problem-recurred': { ...base, at: 'pr.resolved_at', hit: RECURRED },
  'problem-time': { ...base, at: 'pr.resolved_at', amount: minutes('t.opened_at', 'pr.resolved_at') },
  'problem-backlog': { ...base, at: 't.opened_at', during: 't.opened_at < p.end_at and (t.closed_at is null or t.closed_at >= p.end_at)', part: ageOf('t.opened_at') },
};
