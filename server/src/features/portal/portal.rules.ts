/**
 * WBD-12: whose turn it is, as SQL on ticket `t`, incident `i`, its open suspension `w` and its rating `r`. Parameters: the reasons that
 * wait for the customer, the instant since which a rating is asked for, the closing codes that are left out. An answer that has
 * arrived (D-37), an accepted solution (INC-17) and a given rating end the turn. What another system brought is its history: nobody is asked
 * to rate it (D-25).
 */
export const turnSql = `case
  when i.state = 'awaiting-feedback' and i.accepted_at is null then 'confirm'
  when i.state = 'suspended' and i.feedback_arrived_at is null and w.category = any(?::text[]) then 'answer'
  when i.state = 'closed' and t.external_source is null and t.closed_at > ?::timestamptz and r.answered_at is null and not (coalesce(i.closure_code, '') = any(?::text[])) then 'rate' end`;

/** The agreed instant of the resolution clock `k`: the one that runs, or the one that passed. */
export const clockSql = `case when k.state = 'running' then (extract(epoch from k.due_at) * 1000)::float8 end as "dueAt", (extract(epoch from k.breached_at) * 1000)::float8 as "missedAt"`;
