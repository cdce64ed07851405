import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { compareBaseline, takeBaseline } from '../cmdb/cmdb-baseline.service.ts';
import { changeRecord, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import type { ReleaseCase } from './release-case.rules.ts';
import { noted, rollBack } from './release-decide.rules.ts';
import { RELEASE_KIND } from './release-record.service.ts';

interface Recorded {
  readonly id: string;
  readonly name: string;
}

/** REL-05: the baseline that a rollback goes back to: one that holds every CI of the release, or, without an id, one that is taken now. */
export async function recordBaseline(database: Database, actor: Actor, input: RecordCommand & { readonly baselineId?: string | null }): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'recordReleaseBaseline', async ({ change, kase, context }) => {
    if (kase.cis.length === 0) throw new Refusal('MISSING_FIELD', 'The release has no CI that a baseline could hold.', 'baselineId');
    const { id, name } = input.baselineId ? await requireBaseline(change, kase, input.baselineId) : await takeForRelease(change, kase);
    return noted(kase, context, { baselineId: id, baselineName: name }, { event: 'baselineRecorded', before: { baseline: kase.record.baselineName }, after: { baselineId: id, baseline: name } });
  });
}

async function requireBaseline({ em }: Change, kase: ReleaseCase, baselineId: string): Promise<Recorded> {
  const rows = await em.execute<Recorded[]>('select id, name from ci_baseline where id = ?::uuid and (customer_id is null or customer_id = ?::uuid)', [baselineId, kase.ticket.customerId]);
  const found = rows[0];
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such baseline of this customer.', 'baselineId');
  const items = await em.execute<{ ciId: string }[]>('select ci_id as "ciId" from ci_baseline_item where baseline_id = ?::uuid and ci_id = any(?::uuid[])', [baselineId, textArray(kase.cis.map(({ id }) => id))]);
  const held = new Set(items.map(({ ciId }) => ciId));
  const missing = kase.cis.filter(({ id }) => !held.has(id)).map(({ name }) => name);
  if (missing.length > 0) throw new Refusal('INVALID_INPUT', `The baseline "${found.name}" does not hold ${missing.join(', ')}: take one that holds every CI of the release.`, 'baselineId', { missing });
  return found;
}

/** The release's guard has said that its owner may; a snapshot alters nothing, so no right to edit the register is asked for. */
async function takeForRelease(change: Change, kase: ReleaseCase): Promise<Recorded> {
  const keeper: Change = {
    em: change.em, actor: { ...SYSTEM('release'), name: change.actor.name }, now: () => change.now(), emit: (...events) => change.emit(...events),
  };
  return takeBaseline(keeper, { name: `${kase.ticket.number} ${kase.record.version}`, description: kase.ticket.title, ciIds: kase.cis.map(({ id }) => id) });
}

export async function rollBackTo(database: Database, actor: Actor, input: RecordCommand & { readonly reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'rollBackRelease', ({ kase, context }) => rollBack(kase, reason, context));
}

export interface RollbackProof extends RecordCommand {
  /** By which tests it is known that the baseline stands again. */
  readonly verification: string;
  /** The register still differs from the baseline, and that is right: the verification says why. */
  readonly acceptDifferences?: boolean | null;
}

/** REL-05: the baseline stands again, in the world (tests) and in the register (no CI differs, or somebody says why). */
export async function verifyRollback(database: Database, actor: Actor, input: RollbackProof): Promise<string> {
  const rollbackVerification = requiredText(input.verification, 'verification', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'verifyReleaseRollback', async ({ change, kase, context }) => {
    const differing = await differingFromBaseline(change, kase);
    if (differing.length > 0 && input.acceptDifferences !== true) {
      throw new Refusal('MOVE_NOT_ALLOWED', `In the register ${differing.join(', ')} still differ from the baseline "${kase.record.baselineName ?? ''}": restore them through a change, or set "acceptDifferences" and say why.`, 'acceptDifferences', { differing });
    }
    return noted(kase, context, { rollbackVerification, rollbackVerifiedAt: context.now }, { event: 'rollbackVerified', after: { verification: rollbackVerification, differing } });
  });
}

async function differingFromBaseline({ em, actor }: Change, { record, cis }: ReleaseCase): Promise<string[]> {
  if (record.baselineId === null) return [];
  const own = new Set(cis.map(({ id }) => id));
  const { differences } = await compareBaseline(em, { ...SYSTEM('release'), name: actor.name }, { id: record.baselineId, withId: null });
  return differences.filter(({ ciId }) => own.has(ciId)).map(({ name }) => name).toSorted();
}
