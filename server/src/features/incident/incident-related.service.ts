import type { Em } from '../../platform/db/orm.ts';
import { changeBlockers } from '../change/change-block.service.ts';
import type { RelatedRecords } from './incident-case.rules.ts';

/** What other processes have to do with an incident: one look for all of its rules. */
export async function relatedRecords(em: Em, ticketId: string): Promise<RelatedRecords> {
  const rows = await em.execute<{ problemId: string | null; problemNumber: string | null; changes: number; children: number }[]>(
    `select p.id as "problemId", p.number as "problemNumber",
       (select count(*)::int from ticket_link l where l.to_id = wanted.id and l.kind = 'change-for') as changes,
       (select count(*)::int from ticket_link l join ticket c on c.id = l.from_id
         where l.to_id = wanted.id and l.kind = 'child-of' and c.kind = 'incident' and c.closed_at is null) as children
     from (select ?::uuid as id) wanted
     left join lateral (select t.id, t.number from ticket_link l join ticket t on t.id = l.from_id
       where l.to_id = wanted.id and l.kind = 'problem-of' and t.closed_at is null order by t.opened_at limit 1) p on true`,
    [ticketId],
  );
  const { problemId, problemNumber, changes, children } = rows[0]!;
  return {
    openProblem: problemId !== null && problemNumber !== null ? { id: problemId, number: problemNumber } : null,
    changes, openChildren: children,
    blockers: changes === 0 ? [] : await changeBlockers(em, ticketId),
  };
}
