import type { Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { nextState } from '../ticket/ticket-action.rules.ts';
import { patch, recordEvent, type AddedRecordRow, type RecordContext, type RecordDecision } from '../ticket/ticket-record.rules.ts';
import type { Release, ReleaseCheck, ReleaseDecision } from './release.entity.ts';
import { RELEASE_PROCESS } from './release-actions.rules.ts';
import type { ReleaseCase } from './release-case.rules.ts';
import { isWaived } from './release-gate.rules.ts';
import { isUnextended } from './release-plan.rules.ts';
import type { ReleaseMove, Waivable } from './release-states.rules.ts';

export type ReleaseDecided = RecordDecision<Release>;

export interface Told {
  /** Event's type without "release.". */
  readonly event: string;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly reason?: string | null;
}

/** Facts of the release change, its stage does not. */
export function noted(kase: ReleaseCase, context: RecordContext, record: Partial<Release>, { event, ...rest }: Told): ReleaseDecided {
  return { record, events: [recordEvent(kase, context, `release.${event}`, rest)] };
}

/** A move of REL-03, told with both stages. */
export function moved(kase: ReleaseCase, context: RecordContext, move: ReleaseMove, { event, ...rest }: Told, record: Partial<Release> = {}): ReleaseDecided {
  const state = nextState(RELEASE_PROCESS, kase, move);
  const before = { ...rest.before, state: kase.record.state };
  return { record: { ...record, state }, events: [recordEvent(kase, context, `release.${event}`, { ...rest, before, after: { ...rest.after, state } })] };
}

/** What approvals said of an earlier plan does not count for the next. */
const UNAPPROVED = { contentApprovedAt: null, contentApprovedBy: null, reviewedGoLivePlan: null } as const;
const UNACCEPTED = { acceptedSha256: null, acceptedAt: null, acceptedBy: null, trialFindings: null, goLiveApprovedAt: null, goLiveApprovedBy: null } as const;

const withoutVerdict = (kase: ReleaseCase) => kase.reviews.map((row) => patch(row, { verdict: null, note: null, decidedAt: null }));

/** REL-12: the heads are asked anew, whatever they said of an earlier content. */
export function submitContent(kase: ReleaseCase, context: RecordContext): ReleaseDecided {
  return { ...moved(kase, context, 'submitContent', { event: 'contentSubmitted' }), patches: withoutVerdict(kase) };
}

export function reviewContent(kase: ReleaseCase, { agree, note }: { readonly agree: boolean; readonly note: string | null }, context: RecordContext): ReleaseDecided {
  const mine = kase.reviews.find(({ personId }) => personId === context.actor.id);
  if (!mine) throw new Refusal('FORBIDDEN', 'Only a head of department named in the plan may do this.');
  if (!agree && note === null) throw new Refusal('MISSING_FIELD', 'An objection needs "note": what must change.', 'note');
  const verdict = agree ? 'agreed' : 'objected';
  return {
    ...noted(kase, context, {}, { event: 'contentReviewed', after: { verdict, department: mine.department }, reason: note }),
    patches: [patch(mine, { verdict, note, decidedAt: context.now })],
  };
}

/** REL-03: what the review saw of the go-live plan is approved with the content. */
export function approveContent(kase: ReleaseCase, context: RecordContext): ReleaseDecided {
  return moved(kase, context, 'approveContent', { event: 'contentApproved' }, {
    contentApprovedAt: context.now, contentApprovedBy: context.actor.name, reviewedGoLivePlan: kase.record.goLivePlan,
  });
}

/** REL-04: the accepted package is frozen by its checksum. */
export function acceptRelease(kase: ReleaseCase, { packageSha256 }: { readonly packageSha256: string }, context: RecordContext): ReleaseDecided {
  const tested = kase.record.packageSha256;
  if (packageSha256 !== tested) throw new Refusal('CHECKSUM_DIFFERS', `The tested package has the checksum ${tested ?? 'none'}, you accept ${packageSha256}.`, 'packageSha256', { tested });
  return moved(kase, context, 'accept', { event: 'accepted', after: { sha256: tested } }, { acceptedSha256: tested, acceptedAt: context.now, acceptedBy: context.actor.name });
}

export function retest(kase: ReleaseCase, reason: string, context: RecordContext): ReleaseDecided {
  return moved(kase, context, 'retest', { event: 'retested', reason }, UNACCEPTED);
}

export function replan(kase: ReleaseCase, reason: string, context: RecordContext): ReleaseDecided {
  return { ...moved(kase, context, 'replan', { event: 'replanned', reason }, { ...UNACCEPTED, ...UNAPPROVED }), patches: withoutVerdict(kase) };
}

/** REL-03: "no step is skipped without a recorded decision": this is the record. */
export function skipStage(kase: ReleaseCase, reason: string, context: RecordContext): ReleaseDecided {
  const stage = kase.record.state;
  return { ...moved(kase, context, 'skip', { event: 'stageSkipped', after: { stage }, reason }), add: [decision(kase, context, { kind: 'skip', subject: stage, reason })] };
}

type Decided = Pick<ReleaseDecision, 'kind' | 'subject' | 'reason'> & Partial<Pick<ReleaseDecision, 'freezeId' | 'windowStartAt' | 'windowEndAt'>>;

/** The row of a recorded decision. */
export function decision(kase: ReleaseCase, context: RecordContext, decided: Decided): AddedRecordRow {
  const row = { id: context.newId(), releaseId: kase.ticket.id, freezeId: null, windowStartAt: null, windowEndAt: null, ...decided, decidedAt: context.now, decidedBy: context.actor.name };
  return { table: 'decision', row };
}

/** Does without something before closing: the decision is the record (REL-03). */
export function waive(kase: ReleaseCase, { what, reason }: { readonly what: Waivable; readonly reason: string }, context: RecordContext): ReleaseDecided {
  if (isWaived(kase, what)) throw new Refusal('ALREADY_DONE', `"${what}" is waived already.`, 'what');
  return { ...noted(kase, context, {}, { event: 'requirementWaived', after: { what }, reason }), add: [decision(kase, context, { kind: 'waive', subject: what, reason })] };
}

/** REL-10: an item of the checklist, or what was seen of a business system; the latest word on a subject counts. */
export function check(kase: ReleaseCase, seen: Pick<ReleaseCheck, 'phase' | 'subject' | 'ok' | 'note'>, context: RecordContext): ReleaseDecided {
  const { phase, subject, ok, note } = seen;
  const row = { id: context.newId(), releaseId: kase.ticket.id, ...seen, at: context.now, byName: context.actor.name };
  return { ...noted(kase, context, {}, { event: phase === 'before' ? 'checked' : 'watched', after: { subject, ok, note } }), add: [{ table: 'check', row }] };
}

/** REL-03: the review of content approves an unextended go-live plan too; one that says something new goes to approval. */
export function submitGoLivePlan(kase: ReleaseCase, context: RecordContext): ReleaseDecided {
  const { goLivePlan, reviewedGoLivePlan, contentApprovedAt, contentApprovedBy } = kase.record;
  if (!isUnextended(goLivePlan, reviewedGoLivePlan)) return moved(kase, context, 'submitGoLive', { event: 'goLiveSubmitted' });
  return moved(kase, context, 'adoptGoLive', { event: 'goLiveAdopted', after: { approvedBy: contentApprovedBy } }, { goLiveApprovedAt: contentApprovedAt, goLiveApprovedBy: contentApprovedBy });
}

/** REL-04: what deploys is what was accepted. */
export function requireAccepted(record: Pick<Release, 'acceptedSha256'>, sha256: string, field: string): void {
  if (sha256 === record.acceptedSha256) return;
  throw new Refusal('CHECKSUM_DIFFERS', `The accepted package has the checksum ${record.acceptedSha256 ?? 'none'}, this one has ${sha256}. Test and accept this one first.`, field, { accepted: record.acceptedSha256 });
}

export function startDeployment(kase: ReleaseCase, { changeId, sha256 }: { readonly changeId: string; readonly sha256: string }, context: RecordContext): ReleaseDecided {
  requireAccepted(kase.record, sha256, 'sha256');
  const change = kase.changes.find(({ id }) => id === changeId);
  if (!change) throw new Refusal('INVALID_INPUT', `"changeId" must be a change that the release carries: ${kase.changes.map(({ number }) => number).join(', ')}.`, 'changeId');
  if (change.state !== 'implementing') throw new Refusal('MOVE_NOT_ALLOWED', `${change.number} is ${change.state}: a release deploys while its change is being implemented.`, 'changeId');
  return noted(kase, context, { deploymentStartedAt: context.now, deploymentChangeId: changeId }, { event: 'deploymentStarted', after: { change: change.number, sha256 } });
}

export function finishDeployment(kase: ReleaseCase, sha256: string, context: RecordContext): ReleaseDecided {
  requireAccepted(kase.record, sha256, 'sha256');
  return moved(kase, context, 'finishDeployment', { event: 'deployed', after: { sha256 } }, { deployedAt: context.now, deployedSha256: sha256 });
}

/** REL-05: back to the baseline that was recorded before the deployment began. */
export function rollBack(kase: ReleaseCase, reason: string, context: RecordContext): ReleaseDecided {
  const { baselineId, baselineName } = kase.record;
  return moved(kase, context, 'rollBack', { event: 'rolledBack', reason, after: { baselineId, baseline: baselineName } }, { rolledBackAt: context.now, rollbackReason: reason });
}

export function endRelease(kase: ReleaseCase, move: 'close' | 'cancel', reason: string | null, context: RecordContext): ReleaseDecided {
  return { ...moved(kase, context, move, { event: move === 'close' ? 'closed' : 'cancelled', reason }), ticket: { closedAt: context.now } };
}

/** The window of the deployment, half-open. */
export function requireWindow({ from, to }: Interval, now: number): void {
  if (to <= from) throw new Refusal('OUT_OF_RANGE', `"windowEndAt" must be after "windowStartAt" (${toIso(from)}).`, 'windowEndAt');
  if (to <= now) throw new Refusal('OUT_OF_RANGE', `"windowEndAt" must not have passed: it is ${toIso(now)} now.`, 'windowEndAt');
}

/** REL-06: a person's word on a suspected cause; a reversal says why. */
export function decideCause(kase: ReleaseCase, { causeId, confirm, reason }: { readonly causeId: string; readonly confirm: boolean; readonly reason: string | null }, context: RecordContext): ReleaseDecided {
  const cause = kase.causes.find(({ id }) => id === causeId);
  if (!cause) throw new Refusal('NOT_FOUND', 'The release has no such cause.', 'causeId');
  const state = confirm ? 'confirmed' : 'rejected';
  if (cause.state === state) throw new Refusal('ALREADY_DONE', `It is ${state} already, by ${cause.decidedBy ?? 'nobody'}.`, 'confirm');
  if (reason === null && (!confirm || cause.state === 'rejected')) throw new Refusal('MISSING_FIELD', 'A rejection, or the reversal of one, needs "reason".', 'reason');
  return {
    ...noted(kase, context, {}, { event: confirm ? 'causeConfirmed' : 'causeRejected', before: { state: cause.state }, after: { state, ticketId: cause.ticketId }, reason }),
    patches: [patch(cause, { state, decidedAt: context.now, decidedBy: context.actor.name, reason })],
  };
}
