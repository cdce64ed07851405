import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { TicketCiEntity, WorkLogEntryEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { changeRecord, type OpenRecord, type RecordCommand, type RecordKind } from '../ticket/ticket-record.service.ts';
import { PROBLEM_PROCESS, type ProblemAction } from './problem-actions.rules.ts';
import type { ChangeForProblem, LinkedIncident, ProblemCase, ProblemDecision } from './problem-case.rules.ts';
import type { ProblemMove, ProblemStage } from './problem-states.rules.ts';
import { setProblemTimer } from './problem-timer.service.ts';
import { ProblemChartEntity, ProblemEntity, type ProblemChart } from './problem.entity.ts';

export type OpenProblem = OpenRecord<ProblemCase>;

/** How a problem is loaded, guarded and saved. */
export const PROBLEM_KIND: RecordKind<ProblemCase, ProblemStage, ProblemMove, ProblemAction> = {
  kind: 'problem',
  process: PROBLEM_PROCESS,
  tables: { chart: ProblemChartEntity, workLog: WorkLogEntryEntity, ci: TicketCiEntity },
  load: (change, ticket, context) => loadProblem(change.em, ticket, context.now),
  settle: (change, { ticket, record }, { policies }) => setProblemTimer(change.em, ticket, record, policies),
};

/** One command on a problem: lock, version, guard, rule, rows and events (API-03). */
export function changeProblem(
  database: Database, actor: Actor, command: RecordCommand, action: ProblemAction, rule: (open: OpenProblem) => ProblemDecision | Promise<ProblemDecision>,
): Promise<string> {
  return changeRecord(database, actor, PROBLEM_KIND, command, action, rule);
}

async function loadProblem(em: Em, ticket: Ticket, now: Instant): Promise<ProblemCase> {
  const record = await em.findOneOrFail(ProblemEntity, { ticketId: ticket.id });
  return {
    ticket, record, charts: await newestCharts(em, ticket.id), incidents: await incidentsOf(em, ticket.id), changes: await changesFor(em, ticket.id),
    article: record.articleId === null ? null : await articleOf(em, record.articleId), management: record.key || ticket.closedAt === null ? await managementOf(em, ticket.customerId, now) : [],
  };
}

async function newestCharts(em: Em, problemId: string): Promise<ProblemChart[]> {
  const all = await em.find(ProblemChartEntity, { problemId }, { orderBy: { version: 'desc' }, limit: 300 });
  return [...Map.groupBy(all, ({ method }) => method).values()].flatMap(([newest]) => (newest ? [newest] : []));
}

/** At most 500; the newest links. */
async function incidentsOf(em: Em, problemId: string): Promise<LinkedIncident[]> {
  return em.execute<LinkedIncident[]>(
    `select t.id, t.number, t.customer_id as "customerId", t.team_id as "teamId" from ticket_link l join ticket t on t.id = l.to_id
     where l.from_id = ? and l.kind = 'problem-of' order by l.created_at desc, t.id limit 500`, [problemId],
  );
}

async function changesFor(em: Em, problemId: string): Promise<ChangeForProblem[]> {
  return em.execute<ChangeForProblem[]>(
    `select t.id, t.number, c.state, c.outcome, t.closed_at is not null as closed from ticket_link l join ticket t on t.id = l.from_id join change c on c.ticket_id = t.id
     where l.to_id = ? and l.kind = 'change-for' order by l.created_at, t.id limit 100`, [problemId],
  );
}

async function articleOf(em: Em, id: string): Promise<ProblemCase['article']> {
  const rows = await em.execute<{ id: string; number: string; state: string }[]>('select id, number, state from knowledge_article where id = ?', [id]);
  return rows[0] ?? null;
}

/** PRB-07: by the agreement that is in force; roles without a named person stand as the role, executives always. */
async function managementOf(em: Em, customerId: string, now: Instant): Promise<string[]> {
  const rows = await em.execute<{ role: string; name: string | null }[]>(
    `select r.role, p.name from (select * from agreement where customer_id = ? and starts_at <= ?::timestamptz and ends_at > ?::timestamptz order by starts_at desc, id limit 1) a
     cross join lateral (values (1, 'service-manager', a.service_manager_id), (2, 'service-delivery-manager', a.service_delivery_manager_id), (3, 'department-manager', a.department_manager_id)) r(n, role, id)
     left join person p on p.id = r.id order by r.n`, [customerId, new Date(now).toISOString(), new Date(now).toISOString()],
  );
  const named = rows.length === 0 ? ['service-manager', 'department-manager'] : rows.map(({ role, name }) => (name === null ? role : `${role}: ${name}`));
  return [...named, 'executive'];
}

