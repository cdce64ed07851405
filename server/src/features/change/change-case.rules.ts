import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Permission } from '../../kernel/permission.ts';
import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import type { RecordCase } from '../ticket/ticket-record.rules.ts';
import type { ChangeApproval, ChangeAssessment, ChangeDecision, ChangePlan, ChangeStatement } from './change-paper.entity.ts';
import type { ChangeAttempt, ChangeCiResult, ChangeDebt, ChangeOutage, ChangeTask } from './change-work.entity.ts';
import type { ChangeRow, PreAuthorisedChange } from './change.entity.ts';
import { APPROVAL_PATHS, type ApprovalStep } from './change-states.rules.ts';

/** A change with everything that its rules look at. */
export interface ChangeCase extends RecordCase<ChangeRow> {
  readonly now: Instant;
  readonly policy: Policies['change'];
  readonly plan: ChangePlan;
  readonly assessments: readonly ChangeAssessment[];
  readonly statements: readonly ChangeStatement[];
  /** Of all rounds, oldest first. */
  readonly approvals: readonly ChangeApproval[];
  readonly decisions: readonly ChangeDecision[];
  readonly tasks: readonly ChangeTask[];
  readonly attempts: readonly ChangeAttempt[];
  readonly outages: readonly ChangeOutage[];
  readonly debts: readonly ChangeDebt[];
  readonly ciResults: readonly ChangeCiResult[];
  /** CIs that it alters. */
  readonly cis: readonly { readonly id: string; readonly name: string }[];
  /** Papers that are attached (CHG-10). */
  readonly papers: ReadonlySet<string>;
  /** The agreed list's item, if it is in force for this customer. */
  readonly preAuthorised: PreAuthorisedChange | null;
  /** Releases that carry it and were not cancelled (REL-09). */
  readonly carriers: number;
  /** Working days of the customer, and 7×24. */
  readonly calendars: ChangeCalendars;
}

export type ChangeCalendars = (key: string) => BusinessCalendar;

export const mayHere = ({ ticket }: Pick<ChangeCase, 'ticket'>, actor: Actor, permission: Permission): boolean =>
  may(actor, permission, { customerId: ticket.customerId, ...(ticket.teamId === null ? {} : { teamId: ticket.teamId }) });

/** Whoever asked for it, owns it or carries it out: none of these approves it (CHG-05). */
export const isOwn = ({ record }: Pick<ChangeCase, 'record'>, actor: Actor): boolean =>
  actor.kind === 'person' && [record.requesterId, record.ownerId, record.implementerId].includes(actor.id);

export const isRequester = ({ record }: ChangeCase, actor: Actor): boolean => actor.kind === 'person' && record.requesterId === actor.id;

/** The change owner, or the change manager in their place. */
export const ownsChange = (kase: ChangeCase, actor: Actor): boolean =>
  actor.kind === 'system' || mayHere(kase, actor, 'change.approve') || (mayHere(kase, actor, 'change.own') && (kase.record.ownerId === null || kase.record.ownerId === actor.id));

/** Whoever carries it out, once somebody is named; until then anybody who may. */
export const implementsChange = (kase: ChangeCase, actor: Actor): boolean =>
  actor.kind === 'system' || (mayHere(kase, actor, 'change.implement') && (kase.record.implementerId === null || kase.record.implementerId === actor.id));

export const isEmergency = ({ record }: ChangeCase): boolean => record.category === 'emergency';

/** On the list that the customer agreed to: it goes straight to execution (CHG table). */
export const isPreAuthorised = ({ record, preAuthorised }: ChangeCase): boolean => record.category === 'general' && preAuthorised !== null;

/** Who must say yes to this change, in this order. */
export function approvalPath(kase: ChangeCase): readonly ApprovalStep[] {
  return isPreAuthorised(kase) ? [] : APPROVAL_PATHS[kase.record.category];
}

/** The newest word on a step in the present round. */
export function wordOn({ approvals, record }: ChangeCase, step: ApprovalStep): ChangeApproval | null {
  return approvals.findLast((approval) => approval.step === step && approval.round === record.approvalRound) ?? null;
}

/** Steps that still need a yes, in order. */
export function openSteps(kase: ChangeCase): ApprovalStep[] {
  return approvalPath(kase).filter((step) => wordOn(kase, step)?.decision !== 'approved');
}

export const lastAttempt = ({ attempts }: ChangeCase): ChangeAttempt | null => attempts.at(-1) ?? null;

/** The attempt that is being made now. */
export const runningAttempt = (kase: ChangeCase): ChangeAttempt | null => {
  const last = lastAttempt(kase);
  return last !== null && last.endedAt === null ? last : null;
};

export const hasDecision = ({ decisions }: ChangeCase, kind: ChangeDecision['kind'], subject?: string): boolean =>
  decisions.some((decision) => decision.kind === kind && (subject === undefined || decision.subject === subject));

/** Who stands for a decision, by name and, where it is a person, by id. */
export const nameOf = (actor: Actor): { readonly personId: string | null; readonly personName: string } =>
  ({ personId: actor.kind === 'person' ? actor.id : null, personName: actor.name });
