import { may, type Actor } from '../../kernel/actor.ts';
import { visibleCustomers } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Permission } from '../../kernel/permission.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';
import { outcomeOf } from './release-gate.rules.ts';
import { GO_LIVE_FIELDS, PLAN_FIELDS } from './release-plan.rules.ts';
import type { CausingRelease, ReleaseCauseView, UpgradeFeedbackView } from './release-parts.types.ts';
import type { PlannedDeployment, Release, ReleaseFilter } from './release.types.ts';

const instants = (...columns: readonly string[]): string => columns.map((column) => `${ms(`r.${column}`)} as "${column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}"`).join(', ');

const BASE = `
select t.id, t.number, t.version, t.title, t.customer_id as "customerId", ${ms('t.opened_at')} as "openedAt", ${ms('t.closed_at')} as "closedAt",
  r.version as "releaseVersion", r.state, r.planned_month as "plannedMonth", r.accepted_sha256 as "acceptedSha256", r.accepted_by as "acceptedBy",
  case when r.package_name is not null then json_build_object('name', r.package_name, 'sha256', r.package_sha256, 'location', r.package_location) end as package,
  r.plan, r.go_live_plan as "goLivePlan", r.content_approved_by as "contentApprovedBy", r.go_live_approved_by as "goLiveApprovedBy",
  r.test_environment as "testEnvironment", r.trial_expectations as "trialExpectations", r.trial_findings as "trialFindings", r.notice, r.training,
  r.deployment_change_id as "deploymentChangeId", r.baseline_id as "baselineId", r.baseline_name as "baselineName", r.deployed_sha256 as "deployedSha256",
  r.rollback_reason as "rollbackReason", r.rollback_verification as "rollbackVerification", r.business_confirmed_by as "businessConfirmedBy",
  r.business_confirmation as "businessConfirmation", r.report,
  ${instants('window_start_at', 'window_end_at', 'accepted_at', 'content_approved_at', 'go_live_approved_at', 'notice_sent_at', 'deployment_started_at', 'deployed_at', 'rolled_back_at', 'rollback_verified_at', 'business_confirmed_at', 'papers_handed_at', 'reported_at')},
  json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) as customer,
  case when m.id is not null then json_build_object('id', m.id, 'name', m.name, 'nameZh', m.name_zh, 'line', m.line) end as team,
  case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end as owner,
  case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as "papersHandedTo"
from ticket t join release r on r.ticket_id = t.id join customer c on c.id = t.customer_id
left join team m on m.id = t.team_id left join person h on h.id = t.holder_id left join person p on p.id = r.papers_handed_to_id`;

/** Releases by id, those only that the actor may read (ORG-03). */
export async function releasesById(em: Em, actor: Actor, ids: readonly string[]): Promise<Map<string, Release>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<Release[]>(`${BASE} where t.id = any(?::uuid[])`, [textArray(ids)]);
  return new Map(rows.filter((row) => mayRead(actor, row)).map((row) => [row.id, shown(actor, row)]));
}

export async function releaseByNumber(em: Em, actor: Actor, number: string): Promise<Release | null> {
  const rows = await em.execute<Release[]>(`${BASE} where t.number = ? and t.kind = 'release'`, [number]);
  const row = rows.find((one) => mayRead(actor, one));
  return row ? shown(actor, row) : null;
}

const mayRead = (actor: Actor, { customerId }: { readonly customerId: string }): boolean => may(actor, 'release.read', { customerId });

/** Fields that are not written yet are null, and the outcome is what D-45 makes of the facts; a customer is not told who of us has it (ORG-03). */
function shown(actor: Actor, row: Release): Release {
  const plan = { ...Object.fromEntries(PLAN_FIELDS.map((field) => [field, null])), ...row.plan };
  const goLivePlan = { ...Object.fromEntries(GO_LIVE_FIELDS.map((field) => [field, null])), ...row.goLivePlan };
  const ours = actor.customerId === null ? {} : { team: null, papersHandedTo: null };
  return { ...row, ...ours, plan, goLivePlan, outcome: outcomeOf(row) };
}

interface Where {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The customers whose records that permission shows, as a condition. */
function within(actor: Actor, permission: Permission): Where {
  const visible = visibleCustomers(actor, permission);
  return visible === 'all' ? { sql: 'true', parameters: [] } : { sql: 't.customer_id = any(?::uuid[])', parameters: [textArray(visible)] };
}

function condition(actor: Actor, filter: ReleaseFilter): Where {
  const like = `%${(filter.text ?? '').trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const parts: Where[] = [
    within(actor, 'release.read'),
    ...(filter.openOnly ? [{ sql: 't.closed_at is null', parameters: [] }] : []),
    ...(filter.states?.length ? [{ sql: 'r.state = any(?::text[])', parameters: [textArray(filter.states)] }] : []),
    ...(filter.customerIds?.length ? [{ sql: 't.customer_id = any(?::uuid[])', parameters: [textArray(filter.customerIds)] }] : []),
    ...(filter.ciId ? [{ sql: 'exists (select from ticket_ci k where k.ticket_id = t.id and k.ci_id = ?::uuid)', parameters: [filter.ciId] }] : []),
    ...(filter.undecidedCauses ? [{ sql: `exists (select from release_cause s where s.release_id = t.id and s.state = 'suggested')`, parameters: [] }] : []),
    ...(filter.text?.trim() ? [{ sql: '(t.number ilike ? or t.title ilike ? or r.version ilike ? or c.name ilike ?)', parameters: [like, like, like, like] }] : []),
  ];
  return { sql: parts.map(({ sql }) => sql).join(' and '), parameters: parts.flatMap(({ parameters }) => [...parameters]) };
}

export interface ReleasePage {
  readonly rows: readonly Release[];
  readonly total: number;
}

/** A page, newest first, after the record that the cursor names. */
export async function releasePage(em: Em, actor: Actor, question: { readonly filter: ReleaseFilter; readonly limit: number; readonly after: { at: Instant; id: string } | null }): Promise<ReleasePage> {
  const { sql, parameters } = condition(actor, question.filter);
  const after = question.after === null ? '' : 'and (t.opened_at, t.id) < (?::timestamptz, ?::uuid)';
  const rows = await em.execute<Release[]>(
    `${BASE} where t.kind = 'release' and ${sql} ${after} order by t.opened_at desc, t.id desc limit ?`,
    [...parameters, ...(question.after === null ? [] : [toIso(question.after.at), question.after.id]), question.limit],
  );
  const counted = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from ticket t join release r on r.ticket_id = t.id join customer c on c.id = t.customer_id where t.kind = 'release' and ${sql}`, [...parameters],
  );
  return { rows: rows.map((row) => shown(actor, row)), total: counted[0]?.n ?? 0 };
}

const DEPLOYMENT = `
select t.id, t.number, t.title, c.name as "customerName", r.version as "releaseVersion", r.state, ${instants('window_start_at', 'window_end_at', 'deployment_started_at', 'deployed_at', 'rolled_back_at')},
  coalesce(to_char(r.window_start_at at time zone ?, 'YYYY-MM'), r.planned_month) as month
from ticket t join release r on r.ticket_id = t.id join customer c on c.id = t.customer_id`;

export interface DeploymentQuestion {
  /** Who may see: release.read, or board.read for a wallboard. */
  readonly permission: Permission;
  /** Zone of the organisation, for months and days. */
  readonly timeZone: string;
}

/** REL-08: what is planned for a year, by month; releases without month or window are not in the plan. At most 500. */
export async function plannedInYear(em: Em, actor: Actor, { year, permission, timeZone }: DeploymentQuestion & { readonly year: number }): Promise<PlannedDeployment[]> {
  const { sql, parameters } = within(actor, permission);
  return em.execute<PlannedDeployment[]>(
    `select * from (${DEPLOYMENT} where r.state <> 'cancelled' and ${sql}) plan where month like ? order by month, "windowStartAt" nulls last, number limit 500`, [timeZone, ...parameters, `${year}-%`],
  );
}

/** REL-08: deployments whose planned window, or whose real time, touches [from, to), earliest first; at most 200. */
export async function deploymentsBetween(em: Em, actor: Actor, { from, to, permission, timeZone }: DeploymentQuestion & { readonly from: Instant; readonly to: Instant }): Promise<PlannedDeployment[]> {
  const { sql, parameters } = within(actor, permission);
  const span = [toIso(from), toIso(to)];
  return em.execute<PlannedDeployment[]>(
    `${DEPLOYMENT} where r.state <> 'cancelled' and ${sql}
       and ((r.window_end_at > ?::timestamptz and r.window_start_at < ?::timestamptz) or (r.deployment_started_at >= ?::timestamptz and r.deployment_started_at < ?::timestamptz))
     order by coalesce(r.deployment_started_at, r.window_start_at), t.number limit 200`, [timeZone, ...parameters, ...span, ...span],
  );
}

/** REL-06: what the release is said to have caused, those records only that the actor may read; undecided ones first. */
export async function causesOf(em: Em, actor: Actor, releaseId: string): Promise<ReleaseCauseView[]> {
  const rows = await em.execute<(ReleaseCauseView & { recordKind: TicketKind; customerId: string })[]>(
    `select s.id, s.state, s.ticket_id as "ticketId", t.number, t.title, t.kind as "recordKind", t.customer_id as "customerId", s.evidence, s.reason, s.decided_by as "decidedBy",
       ${ms('s.suggested_at')} as "suggestedAt", ${ms('s.decided_at')} as "decidedAt"
     from release_cause s join ticket t on t.id = s.ticket_id where s.release_id = ?
     order by s.state = 'suggested' desc, s.state = 'confirmed' desc, t.opened_at, s.id limit 200`, [releaseId],
  );
  const readable = rows.filter(({ recordKind, customerId }) => may(actor, READ_PERMISSION[recordKind], { customerId }));
  return actor.customerId === null ? readable : readable.filter(isSettled).map(withoutEvidence);
}

/** REL-06 from the other side: the releases that several incidents or problems are suspected or known to be caused by. */
export async function causingReleases(em: Em, actor: Actor, ticketId: string): Promise<CausingRelease[]> {
  const rows = await em.execute<(CausingRelease & { customerId: string })[]>(
    `select t.id, t.number, t.title, t.customer_id as "customerId", s.state, s.evidence from release_cause s join ticket t on t.id = s.release_id
     where s.ticket_id = ? and s.state <> 'rejected' order by s.state, t.number limit 50`, [ticketId],
  );
  const readable = rows.filter((row) => mayRead(actor, row));
  return actor.customerId === null ? readable : readable.filter(isSettled).map(withoutEvidence);
}

/** A suspicion is ours until it is settled, and its evidence names equipment that others share. */
const isSettled = ({ state }: { readonly state: string }): boolean => state === 'confirmed';
const withoutEvidence = <Row extends { evidence: unknown }>(row: Row): Row & { evidence: null } => ({ ...row, evidence: null });

export async function feedbackOf(em: Em, releaseId: string): Promise<UpgradeFeedbackView[]> {
  return em.execute<UpgradeFeedbackView[]>(
    `select id, given_by as "givenBy", department, score, text, ${ms('recorded_at')} as "recordedAt", recorded_by as "recordedBy"
     from upgrade_feedback where release_id = ? order by recorded_at, id limit 200`, [releaseId],
  );
}

