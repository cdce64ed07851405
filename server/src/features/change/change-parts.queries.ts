import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { mayNameCi } from '../ticket/ticket-history.service.ts';
import type {
  ChangeApprovalView, ChangeAssessmentView, ChangeAttemptView, ChangeCiView, ChangeDebtView, ChangeDecisionView, ChangeImpactView, ChangeOutageView, ChangePlanView, ChangeReachedCi,
  ChangeStatementView, ChangeTaskView, PreAuthorisedChangeView,
} from './change-parts.types.ts';

/** One statement for each part of a change that a page shows. */

export async function planOf(em: Em, id: string): Promise<ChangePlanView> {
  const rows = await em.execute<ChangePlanView[]>(
    `select plan_type as "planType", background, present_environment as "presentEnvironment", data_backup as "dataBackup", steps, schedule, risk_and_rollback as "riskAndRollback",
       test_steps as "testSteps", implementation_plan as "implementationPlan", test_plan as "testPlan", rollback_plan as "rollbackPlan", service_plan as "servicePlan",
       edited_by as "editedBy", ${ms('edited_at')} as "editedAt" from change_plan where ticket_id = ?`, [id],
  );
  return rows[0]!;
}

export function assessmentsOf(em: Em, id: string): Promise<ChangeAssessmentView[]> {
  return em.execute(`select phase, section, text, author, ${ms('recorded_at')} as "recordedAt" from change_assessment where ticket_id = ? order by phase desc, recorded_at, id limit 20`, [id]);
}

export function statementsOf(em: Em, id: string): Promise<ChangeStatementView[]> {
  return em.execute(
    `select s.ci_id as "ciId", c.name as "ciName", s.owner_name as "ownerName", ${ms('s.requested_at')} as "requestedAt", s.agrees, s.text, s.stated_by as "statedBy", ${ms('s.stated_at')} as "statedAt"
     from change_statement s join ci c on c.id = s.ci_id where s.ticket_id = ? order by c.name, s.id limit 200`, [id],
  );
}

export function approvalsOf(em: Em, id: string): Promise<ChangeApprovalView[]> {
  return em.execute(
    `select id, round, step, decision = 'approved' as approved, given, person_name as "personName", note, attachment_id as "attachmentId", ${ms('given_at')} as "givenAt",
       recorded_by as "recordedBy", ${ms('recorded_at')} as "recordedAt" from change_approval where ticket_id = ? order by recorded_at, id limit 200`, [id],
  );
}

export function decisionsOf(em: Em, id: string): Promise<ChangeDecisionView[]> {
  return em.execute(`select id, kind, subject, reason, decided_by as "decidedBy", ${ms('decided_at')} as "decidedAt" from change_decision where ticket_id = ? order by decided_at, id limit 200`, [id]);
}

export function tasksOf(em: Em, id: string): Promise<ChangeTaskView[]> {
  return em.execute(
    `select k.id, k.seq, k.title, json_build_object('id', p.id, 'name', p.name) as implementer, ${ms('k.planned_start_at')} as "plannedStartAt", ${ms('k.planned_end_at')} as "plannedEndAt",
       ${ms('k.sent_at')} as "sentAt", ${ms('k.started_at')} as "startedAt", ${ms('k.ended_at')} as "endedAt", k.done, k.remark
     from change_task k join person p on p.id = k.implementer_id where k.ticket_id = ? order by k.seq limit 100`, [id],
  );
}

export function attemptsOf(em: Em, id: string): Promise<ChangeAttemptView[]> {
  return em.execute(
    `select number, ${ms('started_at')} as "startedAt", started_by as "startedBy", ${ms('ended_at')} as "endedAt", case when result is not null then result = 'succeeded' end as succeeded, remark,
       ${ms('rolled_back_at')} as "rolledBackAt", rollback_remark as "rollbackRemark", verification, ${ms('verified_at')} as "verifiedAt", verified_by as "verifiedBy", followed_by as "followedBy"
     from change_attempt where ticket_id = ? order by number limit 100`, [id],
  );
}

export function outagesOf(em: Em, id: string): Promise<ChangeOutageView[]> {
  return em.execute(
    `select id, system, ci_id as "ciId", key_system as "keySystem", minutes, remark, recorded_by as "recordedBy", ${ms('recorded_at')} as "recordedAt"
     from change_outage where ticket_id = ? order by recorded_at, id limit 200`, [id],
  );
}

export function debtsOf(em: Em, id: string): Promise<ChangeDebtView[]> {
  return em.execute(`select item, ${ms('paid_at')} as "paidAt", paid_by as "paidBy" from change_debt where ticket_id = ? order by incurred_at, item limit 20`, [id]);
}

export async function cisOfChange(em: Em, actor: Actor, id: string): Promise<ChangeCiView[]> {
  const rows = await em.execute<(ChangeCiView & { customerId: string | null })[]>(
    `select c.id, c.name, c.class, c.customer_id as "customerId", r.result, r.remark, r.recorded_by as "recordedBy", ${ms('r.recorded_at')} as "recordedAt"
     from ticket_ci l join ci c on c.id = l.ci_id left join change_ci_result r on r.ticket_id = l.ticket_id and r.ci_id = l.ci_id
     where l.ticket_id = ? order by c.name, c.id limit 500`, [id],
  );
  return rows.filter(({ customerId }) => mayNameCi(actor, customerId));
}

interface StoredImpact {
  readonly computedAt: Instant;
  readonly cutOff: boolean;
  readonly nodes: readonly { readonly ciId: string; readonly depth: number; readonly path: readonly string[] }[];
}

/** The impact set with names; what a customer may not see of the CMDB is left out (ORG-03). */
export async function impactOfChange(em: Em, id: string, customerId: string | null): Promise<ChangeImpactView | null> {
  const rows = await em.execute<{ impact: StoredImpact | null }[]>('select impact from change where ticket_id = ?', [id]);
  const impact = rows[0]?.impact ?? null;
  if (!impact) return null;
  const ids = new Set(impact.nodes.flatMap(({ ciId, path }) => [ciId, ...path]));
  const named = await em.execute<{ id: string; name: string; class: string }[]>(
    'select id, name, class from ci where id = any(?::uuid[]) and (?::uuid is null or customer_id is null or customer_id = ?::uuid)', [textArray(ids), customerId, customerId],
  );
  const byId = new Map(named.map((ci) => [ci.id, ci]));
  const nodes = impact.nodes.flatMap(({ ciId, depth, path }): ChangeReachedCi[] => {
    const ci = byId.get(ciId);
    return ci ? [{ ...ci, depth, path: path.map((step) => byId.get(step)?.name ?? '…') }] : [];
  });
  return { computedAt: impact.computedAt, cutOff: impact.cutOff, nodes };
}

const ITEM = `select id, customer_id as "customerId", title, service_plan as "servicePlan", agreed_by as "agreedBy", ${ms('agreed_at')} as "agreedAt", ${ms('ends_at')} as "endsAt", version from pre_authorised_change`;

/** The agreed list of a customer, ended items last. */
export function preAuthorisedList(em: Em, customerId: string): Promise<PreAuthorisedChangeView[]> {
  return em.execute(`${ITEM} where customer_id = ? order by ends_at is not null, title, id limit 200`, [customerId]);
}

export async function preAuthorisedItem(em: Em, id: string): Promise<PreAuthorisedChangeView | null> {
  return (await em.execute<PreAuthorisedChangeView[]>(`${ITEM} where id = ?`, [id]))[0] ?? null;
}
