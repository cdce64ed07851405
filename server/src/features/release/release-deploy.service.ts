import type { Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { changeRecord, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { worksOnIt } from './release-case.rules.ts';
import { check, decision, endRelease, finishDeployment, moved, noted, requireWindow, startDeployment, waive } from './release-decide.rules.ts';
import { freezesOfRelease, requireOverride } from './release-freeze.service.ts';
import { CHECKLIST, checksum, isChecklistItem } from './release-plan.rules.ts';
import { uncarry } from './release-raise.service.ts';
import { RELEASE_KIND } from './release-record.service.ts';
import { isWaivable, WAIVABLE } from './release-states.rules.ts';

export interface ScheduleInput extends RecordCommand {
  readonly windowStartAt: Instant;
  readonly windowEndAt: Instant;
  /** Why a freeze is overridden, by one who may. */
  readonly overrideReason?: string | null;
}

/** The planned window of the deployment; inside a freeze only by a recorded decision (FRZ-01). */
export async function schedule(database: Database, actor: Actor, input: ScheduleInput): Promise<string> {
  const overrideReason = optionalText(input.overrideReason, 'overrideReason', TEXT_LIMITS.text);
  const window = { from: input.windowStartAt, to: input.windowEndAt };
  const between = { windowStartAt: window.from, windowEndAt: window.to };
  return changeRecord(database, actor, RELEASE_KIND, input, 'scheduleRelease', async ({ change, kase, context }) => {
    requireWindow(window, context.now);
    const freezes = await freezesOfRelease(change.em, kase, window);
    requireOverride(kase, actor, freezes, overrideReason);
    const { windowStartAt, windowEndAt } = kase.record;
    return {
      ...noted(kase, context, between, { event: 'scheduled', before: { windowStartAt, windowEndAt }, after: { ...between, overridden: freezes.map(({ name }) => name) }, reason: freezes.length === 0 ? null : overrideReason }),
      add: freezes.map(({ id, name }) => decision(kase, context, { kind: 'freeze-override', subject: name, freezeId: id, ...between, reason: overrideReason ?? '' })),
    };
  });
}

export interface CheckInput extends RecordCommand {
  readonly item: string;
  readonly ok: boolean;
  readonly note?: string | null;
}

/** REL-10: an item of the checklist before the deployment. */
export async function tick(database: Database, actor: Actor, input: CheckInput): Promise<string> {
  const { item, ok } = input;
  if (!isChecklistItem(item)) throw new Refusal('INVALID_INPUT', `"item" must be one of ${CHECKLIST.join(', ')}, got "${item.slice(0, 60)}".`, 'item');
  const note = optionalText(input.note, 'note', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'tickReleaseCheck', ({ kase, context }) => check(kase, { phase: 'before', subject: item, ok, note }, context));
}

export interface DeployInput extends RecordCommand {
  /** The carried change that it is done under. */
  readonly changeId: string;
  /** Checksum of the package that is about to be installed. */
  readonly sha256: string;
}

/** REL-03, REL-04: begins under a change in implementation, with the accepted package, and not inside a freeze. */
export async function deploy(database: Database, actor: Actor, input: DeployInput): Promise<string> {
  const sha256 = checksum(input.sha256, 'sha256');
  return changeRecord(database, actor, RELEASE_KIND, input, 'startDeployment', async ({ change, kase, context }) => {
    const to = Math.max(kase.record.windowEndAt ?? 0, context.now + 1);
    const decided = startDeployment(kase, { changeId: input.changeId, sha256 }, context);
    requireOverride(kase, actor, await freezesOfRelease(change.em, kase, { from: Math.max(context.now, kase.record.windowStartAt ?? 0), to }), null);
    return decided;
  });
}

/** REL-04: what was installed, by its checksum. */
export async function finish(database: Database, actor: Actor, input: RecordCommand & { readonly sha256: string }): Promise<string> {
  const sha256 = checksum(input.sha256, 'sha256');
  return changeRecord(database, actor, RELEASE_KIND, input, 'finishDeployment', ({ kase, context }) => finishDeployment(kase, sha256, context));
}

/** REL-10: what was seen of a business system after the deployment. */
export async function watch(database: Database, actor: Actor, input: RecordCommand & { readonly system: string; readonly ok: boolean; readonly note?: string | null }): Promise<string> {
  const subject = requiredText(input.system, 'system', TEXT_LIMITS.short);
  const note = optionalText(input.note, 'note', TEXT_LIMITS.text);
  if (!input.ok && note === null) throw new Refusal('MISSING_FIELD', 'What is wrong with it? Give "note".', 'note');
  return changeRecord(database, actor, RELEASE_KIND, input, 'recordReleaseWatch', ({ kase, context }) => check(kase, { phase: 'watch', subject, ok: input.ok, note }, context));
}

/** REL-10: the business side's word, given by itself or recorded with the name of whoever gave it and how. */
export async function confirmBusiness(database: Database, actor: Actor, input: RecordCommand & { readonly confirmedBy?: string | null; readonly text: string }): Promise<string> {
  const text = requiredText(input.text, 'text', TEXT_LIMITS.text);
  const named = optionalText(input.confirmedBy, 'confirmedBy', TEXT_LIMITS.short);
  return changeRecord(database, actor, RELEASE_KIND, input, 'confirmReleaseBusiness', ({ kase, context }) => {
    const onBehalf = worksOnIt(kase, actor) === null;
    if (onBehalf && named === null) throw new Refusal('MISSING_FIELD', 'Whose word is it? Give "confirmedBy".', 'confirmedBy');
    const by = onBehalf ? named : actor.name;
    return noted(kase, context, { businessConfirmedAt: context.now, businessConfirmedBy: by, businessConfirmation: text }, { event: 'businessConfirmed', after: { by, text } });
  });
}

export async function waiveRequirement(database: Database, actor: Actor, input: RecordCommand & { readonly what: string; readonly reason: string }): Promise<string> {
  const { what } = input;
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  if (!isWaivable(what)) throw new Refusal('INVALID_INPUT', `"what" must be one of ${WAIVABLE.join(', ')}, got "${what.slice(0, 60)}".`, 'what');
  return changeRecord(database, actor, RELEASE_KIND, input, 'waiveReleaseRequirement', ({ kase, context }) => waive(kase, { what, reason }, context));
}

/** REL-12: the papers go to a configuration manager before the release closes. */
export async function handPapers(database: Database, actor: Actor, input: RecordCommand & { readonly toPersonId: string }): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'handReleasePapers', async ({ change, kase, context }) => {
    const rows = await change.em.execute<{ name: string }[]>(
      `select p.name from person p where p.id = ?::uuid and p.active
         and exists (select from role_grant g where g.person_id = p.id and g.role = 'configuration-manager' and (g.customer_id is null or g.customer_id = ?::uuid))`,
      [input.toPersonId, kase.ticket.customerId],
    );
    if (!rows[0]) throw new Refusal('INVALID_INPUT', '"toPersonId" must be a configuration manager.', 'toPersonId');
    return noted(kase, context, { papersHandedAt: context.now, papersHandedToId: input.toPersonId }, { event: 'papersHanded', after: { to: rows[0].name, papers: kase.papers } });
  });
}

export async function close(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'closeRelease', ({ kase, context }) => endRelease(kase, 'close', null, context));
}

/** A cancelled release carries nothing any more: its changes may go with another. */
export async function cancel(database: Database, actor: Actor, input: RecordCommand & { readonly reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'cancelRelease', async ({ change, kase, context }) => {
    for (const { id } of kase.changes.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await uncarry(change, kase.ticket, { changeId: id, reason });
    return endRelease(kase, 'cancel', reason, context);
  });
}

/** REL-03: the report that follows the closing. */
export async function report(database: Database, actor: Actor, input: RecordCommand & { readonly report: string }): Promise<string> {
  const text = requiredText(input.report, 'report', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'recordReleaseReport', ({ kase, context }) =>
    moved(kase, context, 'report', { event: 'reported' }, { report: text, reportedAt: context.now }));
}

export interface FeedbackInput extends RecordCommand {
  /** Whose form it is; a customer's own person: theirs. */
  readonly givenBy?: string | null;
  readonly department?: string | null;
  /** 1 (poor) to 5 (good). */
  readonly score: number;
  readonly text?: string | null;
}

/** REL-07: an upgrade feedback form 升级反馈表. */
export async function addFeedback(database: Database, actor: Actor, input: FeedbackInput): Promise<string> {
  const { score } = input;
  if (!Number.isInteger(score) || score < 1 || score > 5) throw new Refusal('OUT_OF_RANGE', `"score" must be 1–5, got ${score}.`, 'score');
  const givenBy = actor.customerId === null ? requiredText(input.givenBy, 'givenBy', TEXT_LIMITS.short) : actor.name;
  const facts = { givenBy, department: optionalText(input.department, 'department', TEXT_LIMITS.short), score, text: optionalText(input.text, 'text', TEXT_LIMITS.text) };
  return changeRecord(database, actor, RELEASE_KIND, input, 'addUpgradeFeedback', ({ kase, context }) => {
    const row = { id: context.newId(), releaseId: kase.ticket.id, ...facts, recordedAt: context.now, recordedBy: actor.name };
    return { ...noted(kase, context, {}, { event: 'feedbackAdded', after: facts }), add: [{ table: 'feedback', row }] };
  });
}
