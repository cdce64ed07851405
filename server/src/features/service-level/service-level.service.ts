import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import { touchReferences, type Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { calendarsFor, requireReasonForPast } from '../calendar/calendar.service.ts';
import { checkPolicyWords, makePolicyBook, type PoliciesInForce, type PolicyBook, type PolicyVersionFacts } from './policy-versions.rules.ts';
import { PolicyVersionEntity, type PolicyVersion } from './service-level.entity.ts';
import { isPolicyKey, parsePolicy, POLICY_KEYS, type PolicyKey } from './service-level.rules.ts';

export type { PoliciesInForce } from './policy-versions.rules.ts';

/** The policies in force at an instant: of each key the latest version whose valid-from has come (D-22). */
export async function policiesAt(database: Database, em: Em, at: Instant): Promise<PoliciesInForce> {
  const book = await policyBook(database, em);
  return book.at(at);
}

/** All versions of all policies, for work that asks about many instants. */
export function policyBook(database: Database, em: Em): Promise<PolicyBook> {
  return database.reference(em, 'policies', loadPolicies);
}

/** When the next version that is decided already comes into force; null when there is none (D-22). */
export async function nextPolicyChange(database: Database, em: Em, after: Instant): Promise<Instant | null> {
  const book = await database.reference(em, 'policies', loadPolicies);
  return book.nextChange(after);
}

async function loadPolicies(em: Em): Promise<PolicyBook> {
  return makePolicyBook(await policyHistory(em));
}

async function policyHistory(em: Em): Promise<readonly PolicyVersionFacts[]> {
  const rows = await em.execute<{ key: string; version: number; validFrom: Instant | null; createdAt: Instant; body: unknown }[]>(
    `select key, version, (extract(epoch from valid_from) * 1000)::float8 as "validFrom", (extract(epoch from created_at) * 1000)::float8 as "createdAt", body
     from policy_version order by key, version`,
  );
  return rows.flatMap(({ key, ...facts }) => (isPolicyKey(key) ? [{ key, ...facts }] : []));
}

/** The first version of a policy, in force since ever; for seeding. */
export async function createPolicy(database: Database, actor: Actor, input: { readonly key: PolicyKey; readonly body: unknown }): Promise<PolicyVersion> {
  requirePermission(actor, 'policy.edit');
  const body = parsePolicy(input.key, input.body);
  return database.change(actor, async ({ em, emit, now }) => {
    const calendars = await calendarsFor(database, em);
    checkPolicyWords(input.key, body, Object.keys(calendars.idByKey));
    const row = em.create(PolicyVersionEntity, {
      id: newId(), key: input.key, version: 1, validFrom: null, body, reason: null, createdBy: actor.name, createdAt: await now(),
    });
    await touchReferences(em);
    emit({ type: 'policy.created', subjectKind: 'policy', subjectId: row.id, occurredAt: await now(), after: { key: input.key, version: 1, body } });
    return row;
  });
}

export interface PolicyEdit {
  readonly key: string;
  readonly expectedVersion: number;
  readonly body: unknown;
  /** From when it holds; null: from now. In the past only with a reason (D-22). */
  readonly validFrom?: Instant | null;
  readonly reason?: string | null;
}

/**
 * Follows a policy by a new version; earlier ones stay. The event `policy.edited` makes open clocks plan again (SLA-13).
 * @throws Refusal INVALID_INPUT naming the field, STALE_VERSION, MISSING_FIELD for a past valid-from without reason
 */
export async function editPolicy(database: Database, actor: Actor, input: PolicyEdit): Promise<PolicyVersion> {
  const { key, body } = await checkedEdit(database, database.em, actor, input);
  return database.change(actor, async ({ em, emit, now }) => {
    const newest = await lockNewest(em, key);
    requireVersion(newest, input.expectedVersion, `policy "${key}"`);
    const reason = optionalText(input.reason, 'reason', 2000);
    const validFrom = input.validFrom ?? (await now());
    requireReasonForPast(validFrom, await now(), reason);
    const version = newest.version + 1;
    const row = em.create(PolicyVersionEntity, { id: newId(), key, version, validFrom, body, reason, createdBy: actor.name, createdAt: await now() });
    await touchReferences(em);
    emit({
      type: 'policy.edited', subjectKind: 'policy', subjectId: row.id, occurredAt: await now(),
      before: { key, version: newest.version, body: newest.body }, after: { key, version, validFrom, body }, reason,
    });
    return row;
  });
}

async function checkedEdit(database: Database, em: Em, actor: Actor, { key, body }: PolicyEdit): Promise<{ key: PolicyKey; body: unknown }> {
  requirePermission(actor, 'policy.edit');
  if (!isPolicyKey(key)) throw new Refusal('INVALID_INPUT', `"key" must be one of ${POLICY_KEYS.join(', ')}, got "${key}".`, 'key');
  const parsed = parsePolicy(key, body);
  const calendars = await calendarsFor(database, em);
  checkPolicyWords(key, parsed, Object.keys(calendars.idByKey));
  return { key, body: parsed };
}

/** All versions as they would be after an edit that is not saved; checked as saving does (SLA-10). Needs `policy.edit`. */
export async function draftPolicyBook(database: Database, em: Em, actor: Actor, input: PolicyEdit): Promise<PolicyBook> {
  const { key, body } = await checkedEdit(database, em, actor, input);
  const history = await policyHistory(em);
  const newest = Math.max(...history.filter((facts) => facts.key === key).map(({ version }) => version));
  requireVersion({ version: newest }, input.expectedVersion, `policy "${key}"`);
  const now = await database.time.read(em);
  return makePolicyBook([...history, { key, version: newest + 1, validFrom: input.validFrom ?? now, createdAt: now, body }]);
}

async function lockNewest(em: Em, key: PolicyKey): Promise<PolicyVersion> {
  // Versions are rows of their own, so a second editor waits here and then reads what the first has added.
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`policy ${key}`]);
  const newest = await em.findOne(PolicyVersionEntity, { key }, { orderBy: { version: 'desc' } });
  assert(newest, `policy "${key}" has been seeded`);
  return newest;
}
