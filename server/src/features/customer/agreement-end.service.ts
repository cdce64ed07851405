import type { Actor } from '../../kernel/actor.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Database } from '../../platform/db/database.ts';
import { lockAgreement } from './customer-agreement.service.ts';
import type { Agreement } from './customer.entity.ts';

export interface AgreementEnd {
  readonly id: string;
  readonly expectedVersion: number;
  /** The first instant at which it no longer holds; null: now. */
  readonly endsAt?: Instant | null;
  readonly reason: string;
}

/** Ends an agreement before its time; records taken under it keep its terms. Needs `agreement.edit` for its customer. */
export async function endAgreement(database: Database, actor: Actor, input: AgreementEnd): Promise<Agreement> {
  return database.change(actor, async ({ em, emit, now }) => {
    const agreement = await lockAgreement(em, actor, input.id);
    requireVersion(agreement, input.expectedVersion, 'agreement');
    const reason = requiredText(input.reason, 'reason', 2000);
    const endsAt = input.endsAt ?? (await now());
    const { startsAt, endsAt: agreed } = agreement;
    if (agreed <= (await now())) throw new Refusal('ALREADY_DONE', `${agreement.number} ended at ${toIso(agreed)}.`, 'endsAt');
    if (endsAt < (await now()) || endsAt >= agreed || endsAt <= startsAt) {
      throw new Refusal('OUT_OF_RANGE', `"endsAt" must lie between now and the agreed end (${toIso(agreed)}), after the start, got ${toIso(endsAt)}.`, 'endsAt');
    }
    agreement.endsAt = endsAt;
    agreement.version += 1;
    emit({
      type: 'agreement.ended', subjectKind: 'agreement', subjectId: agreement.id, customerId: agreement.customerId, occurredAt: await now(),
      before: { endsAt: toIso(agreed) }, after: { endsAt: toIso(endsAt) }, reason,
    });
    return agreement;
  });
}
