import type { Facts } from './metric-fact.rules.ts';

/** What is asked of the ticket stands in the row itself: a million of them are not joined for a count. */
const CHANGES = `metric_change c cross join lateral (select c.ticket_id as id, c.customer_id, c.team_id) t`;
const closed = { from: CHANGES, at: 'c.closed_at', part: 'c.category' } as const;
const submitted = { from: CHANGES, at: 'c.submitted_at', part: 'c.category' } as const;

/** Asked for, and still in time to be answered. A breach takes effect after the due instant (D-08), so at it nothing is decided yet. */
const NOT_YET = `c.response = 'late' and not c.answered and c.response_at >= p.now_at`;

/** CHG-14: the changes behind each figure. */
export const CHANGE_FACTS: Facts = {
  'change-response': { from: CHANGES, at: 'c.response_at', part: 'c.category', where: `c.response in ('in-time', 'late') and not (${NOT_YET})`, hit: `c.response = 'in-time'` },
  'change-undecided': { ...submitted, during: 'c.submitted_at < p.end_at', where: `c.response_at >= p.end_at or (${NOT_YET})` },
  'change-success': { ...closed, where: 'c.begun', hit: 'c.successful' },
  'change-count': submitted,
  'change-emergency-share': { ...submitted, hit: `c.category = 'emergency'` },
  'change-in-plan': { ...closed, where: `c.begun and c.category = 'major'`, hit: 'c.successful and c.in_window' },
  'change-outage': { ...closed, where: 'c.outage_minutes > 0', amount: 'c.outage_minutes' },
  'change-missed-result': { ...closed, where: 'c.begun and c.expected_result_met is not null', hit: 'not c.expected_result_met' },
  'change-caused-incident': { ...closed, where: 'c.begun', hit: 'c.caused_incident' },
};

/** The same figures from the sums a month (decisions/0009): what is all, what hits, what is added up. */
export const CHANGE_SUMS: Readonly<Record<string, { readonly total: string; readonly hits?: string; readonly amount?: string; readonly where?: string }>> = {
  'change-response': { total: 'decided', hits: 'in_time' },
  'change-undecided': { total: 'waiting' },
  'change-success': { total: 'begun', hits: 'successful' },
  'change-count': { total: 'submitted' },
  'change-emergency-share': { total: 'submitted', hits: `case when category = 'emergency' then submitted else 0 end` },
  'change-in-plan': { total: 'begun', hits: 'completed_in_window', where: `category = 'major'` },
  'change-outage': { total: 'closed', amount: 'outage_minutes' },
  'change-missed-result': { total: 'reviewed', hits: 'missed_result' },
  'change-caused-incident': { total: 'begun', hits: 'caused_incident' },
};
