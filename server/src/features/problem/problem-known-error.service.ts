import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Em } from '../../platform/db/orm.ts';
import { likeness, type KnownErrorFacts, type Match, type ReportFacts } from './problem-known-error.rules.ts';
import type { ProblemSeverity } from './problem-states.rules.ts';

/** A known error that a report may be a case of, with what to do meanwhile. */
export interface KnownError extends KnownErrorFacts {
  readonly problemId: string;
  readonly number: string;
  readonly workaround: string;
  readonly knownErrorAt: Instant;
  readonly severity: ProblemSeverity;
  readonly customer: string;
  readonly openIncidents: number;
  readonly matches: Match[];
  readonly score: number;
}

/** The newest known errors that are looked through; more than these are not open at a time. */
const MOST_COMPARED = 1000;

/** PRB-03: unresolved known errors like a report, most alike first; those only that the actor may read (ORG-03). */
export async function knownErrorsFor(em: Em, actor: Actor, query: ReportFacts & { readonly first: number }): Promise<KnownError[]> {
  const { first } = pageRequest(query.first, null);
  const rows = await em.execute<Omit<KnownError, 'matches' | 'score'>[]>(
    `select t.id as "problemId", t.number, t.title, t.customer_id as "customerId", u.name as customer, p.symptom, p.root_cause as "rootCause", p.workaround, p.severity,
       (extract(epoch from p.known_error_at) * 1000)::float8 as "knownErrorAt",
       coalesce((select json_agg(c.ci_id) from ticket_ci c where c.ticket_id = t.id), '[]'::json) as "ciIds",
       (select count(*)::int from ticket_link l join ticket i on i.id = l.to_id where l.from_id = t.id and l.kind = 'problem-of' and i.closed_at is null) as "openIncidents"
     from problem p join ticket t on t.id = p.ticket_id join customer u on u.id = t.customer_id
     where p.known_error_at is not null and p.state = 'unresolved' and t.closed_at is null order by p.known_error_at desc, t.id limit ?`, [MOST_COMPARED],
  );
  return rows.filter(({ customerId }) => may(actor, 'problem.read', { customerId })).flatMap((row) => {
    const like = likeness(row, query);
    return like === null ? [] : [{ ...row, ...like }];
  }).toSorted((a, b) => b.score - a.score || b.knownErrorAt - a.knownErrorAt || (a.problemId < b.problemId ? -1 : 1)).slice(0, first);
}
