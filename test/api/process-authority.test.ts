import { graphql, isEnumType, isListType, getNamedType, getNullableType, type GraphQLField, type GraphQLInputType } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { FEATURES } from '../../server/src/app/features.ts';
import { graphqlSchema } from '../../server/src/app/schema.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import type { RequestContext } from '../../server/src/platform/graphql/context.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { AnyOperation, type Fill } from '../support/any-operation.ts';
import { authorityWorld, type Records } from '../support/authority-world.ts';

/** Anybody may ask these. */
const OPEN = new Set(['viewer', 'signIn', 'signOut', 'answerSatisfaction', 'screenPairing', 'startScreenPairing', 'redeemPasswordReset']);
/** A board needs the live server (test/live/rights.test.ts); signing in and out is of nobody's records, and a reset is of whoever holds its secret (test/database/admin.test.ts). */
const UNSUITED = new Set(['board', 'signIn', 'signOut', 'answerSatisfaction', 'startScreenPairing', 'redeemPasswordReset']);
/** Meetings and vendors are the provider's own, of all customers at once. */
const SHARED = new Set(['CabMeeting', 'ReviewMeeting', 'Vendor']);
const EQUIPMENT = new Set(['Ci', 'otherCi']);
/** Commands that look at what they were given, or at a state that the asker may read, before they look at who gives them. */
const LATER = new Set(['reportScreen', 'alterCi', 'relateCis', 'askSatisfaction', 'rateIncident', 'setCustomerDate', 'followIncidents']);
/** Of one's own: whoever is signed in may, and there is nothing of their own to change here. What they may not read they do not follow; tokens have neither. */
const OWN: Readonly<Record<string, readonly string[]>> = { markNoticesRead: ['stranger', 'auditor'], unfollowRecord: ['auditor'] };
/** Questions whose answers about Acme are known to have something in them. */
const HIDING = ['cabMeeting', 'change', 'changes', 'changeCalendar', 'ci', 'ciImpact', 'cis', 'freezeWindows', 'incident', 'incidents', 'node', 'nodes', 'problem', 'problems', 'register', 'release', 'releases'];

const { story, actors, acme, borealis } = await authorityWorld();
const { database } = story;
const schema = await graphqlSchema();
const operations = new AnyOperation(schema);
afterAll(() => story.desk.open.close());

interface Answer {
  readonly text: string;
  readonly data: Record<string, unknown> | null;
  readonly codes: readonly string[];
}

async function ask(actor: Actor | null, { source, variables }: { source: string; variables: Record<string, unknown> }): Promise<Answer> {
  const context: Omit<RequestContext, 'live'> = { database, actor, origin: 'test', loaders: new Map(), locale: 'en', nodeKinds: FEATURES.flatMap(({ nodes }) => nodes ?? []) };
  const result = await graphql({ schema, source, variableValues: variables, contextValue: context });
  const codes = (result.errors ?? []).map(({ originalError, message }) => (originalError && 'code' in originalError ? String(originalError.code) : `not coded: ${message}`));
  const data = JSON.parse(JSON.stringify(result.data ?? null)) as Record<string, unknown> | null;
  return { text: JSON.stringify(data), data, codes };
}

/** Refusals of a command within its payload, and above it. */
function refusals({ data, codes }: Answer): string[] {
  const payload = Object.values(data ?? {})[0] as { userErrors?: { code: string }[] } | null | undefined;
  return [...codes, ...(payload?.userErrors ?? []).map(({ code }) => code)];
}

const NUMBERS = new Map((await database.em.execute<{ id: string; number: string }[]>(
  `select id, number from ticket union all select id, number from knowledge_article union all select id, number from vendor_case union all select id, number from cab_meeting`,
)).map(({ id, number }) => [id, number]));

/** What stands for a name of the schema, of the records given. */
function idFor(name: string, owner: string, records: Records): string {
  const key = Object.keys(records).find((kind) => name.toLowerCase() === `${kind}id`.toLowerCase()) ?? BY_NAME[name] ?? byOwner(owner);
  const id = records[key];
  if (!id) throw new Error(`nothing stands for ${owner}.${name}`);
  return id;
}

const BY_NAME: Readonly<Record<string, string>> = {
  ciIds: 'Ci', incidentIds: 'Incident', changeIds: 'Change', sourceId: 'Ci', targetId: 'otherCi', relationId: 'CiRelation', ticketId: 'Incident', forTicketId: 'Incident', toId: 'Incident', otherId: 'Incident',
};

/** An `id` alone is of the record that the field is about. */
function byOwner(owner: string): string {
  const found = OWNERS.find(([pattern]) => pattern.test(owner));
  return found?.[1] ?? 'Change';
}
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/cab/i, 'CabMeeting'], [/freeze/i, 'FreezeWindow'], [/census/i, 'CensusView'], [/vendorCase/i, 'VendorCase'], [/vendor/i, 'Vendor'], [/statusReport/i, 'CiStatusReportView'],
  [/registerImport/i, 'RegisterComparisonView'], [/baseline|restorePlan/i, 'CiBaselineView'], [/mark/i, 'CiImpactMark'], [/review(Entry|Meeting)?Input|holdReview|decideReview/i, 'ReviewMeeting'],
  [/article|knowledge/i, 'KnowledgeArticle'], [/trend/i, 'Problem'], [/problem|^resolve|confirmProblem/i, 'Problem'], [/release|deploy|trial|golive|upgrade|carryChange|dropChange/i, 'Release'],
  [/comparison/i, 'CiComparison'], [/^ci|Ci(\b|Input)|Cis/, 'Ci'], [/customer/i, 'Customer'], [/incident|solution|suspend|handoff|escalation|work|urge|level|arrival|satisfaction|bridge|onsite|regrade|feedback|convert|correct|major/i, 'Incident'],
];

/** Fills every argument that it can; `optional`: also those that may be left out. */
const filling = (records: Records, optional: boolean): Fill => (name, type, owner) => {
  const required = String(type).endsWith('!');
  if (name === 'expectedVersion') return versions.get(records[byOwner(owner)] ?? '') ?? 1;
  if (!required && !optional) return undefined;
  const bare = getNullableType(type);
  const value = valueOf(name, getNamedType(type).name, owner, records, type);
  return value === undefined || !isListType(bare) ? value : [value];
};

function valueOf(name: string, typeName: string, owner: string, records: Records, type: GraphQLInputType): unknown {
  switch (typeName) {
    case 'ID': return ids(name, owner, records);
    case 'String': return textFor(name, owner, records);
    case 'Int': return name === 'first' ? 100 : 1;
    case 'Float': return 1;
    case 'Boolean': return true;
    case 'DateTime': return name === 'to' || name === 'windowEndAt' || name === 'endsAt' ? '2026-03-31T00:00:00Z' : '2026-03-01T00:00:00Z';
    case 'JSON': return {};
    case 'Seq': return '1';
    default: {
      const named = getNamedType(type);
      return isEnumType(named) ? named.getValues()[0]?.name : undefined;
    }
  }
}

const NOTHING = newId();
/** Somebody or something of which none is needed to be refused. */
function ids(name: string, owner: string, records: Records): string {
  if (/(person|owner|implementer|holder|reviewer|member|team|site|category|service|agreement|line|grant|token|board|class|trend|item|task|attempt|file|entry|decision|statement|cause|replaces|with|preAuthorised|present|attendee|calendar|project|into|handoff)/i.test(name)) return NOTHING;
  return idFor(name, owner, records);
}

function textFor(name: string, owner: string, records: Records): string | undefined {
  if (name === 'number') return NUMBERS.get(records[owner === 'recordByNumber' ? 'Change' : byOwner(owner)] ?? '') ?? 'CHG-0000001';
  if (name === 'month' || name === 'period') return '2026-02';
  if (name === 'figure') return 'change-count';
  if (name === 'after' || name === 'idempotencyKey' || name === 'site' || name === 'part') return undefined;
  if (/sha256/i.test(name)) return 'a'.repeat(64);
  return WORDS[`${owner} ${name}`] ?? WORDS[name] ?? 'SECRET';
}

/** Where not every word is taken. */
const WORDS: Readonly<Record<string, string>> = {
  'tickReleaseCheck.TickReleaseCheckInput item': 'backup', 'waiveReleaseRequirement.WaiveReleaseRequirementInput what': 'watch', 'linkTicket.LinkTicketInput kind': 'related',
  plannedMonth: '2026-05', date: '2026-03-05', finding: 'same', 'relateCis.RelateCisInput type': 'depends_on', 'setCiRedundancy.SetCiRedundancyInput type': 'depends_on',
};

const versions = new Map((await database.em.execute<{ id: string; version: number }[]>(
  `select id, version from ticket union all select id, version from knowledge_article union all select id, version from vendor_case union all select id, version from cab_meeting
   union all select id, version from freeze_window union all select id, version from ci`,
)).map(({ id, version }) => [id, version]));

const QUERIES = operations.fields('Query').filter(({ name }) => !UNSUITED.has(name));
const MUTATIONS = operations.fields('Mutation').filter(({ name }) => !UNSUITED.has(name));

const texts = ['Acme SECRET', 'Acme INTERNAL', 'INTERNAL Acme'];
const others = Object.entries(acme).filter(([kind]) => !SHARED.has(kind));
/**
 * Strings that only Acme's records have. Our own people who work for another customer do see which of Acme's equipment their change, release
 * or incident touches, and the number, nothing more, of what stands in its way: they could not do without.
 */
const SECRETS = {
  stranger: [...texts, 'Acme HIDDEN', ...others.flatMap(([, id]) => [id, NUMBERS.get(id) ?? id])],
  limited: [...texts, ...others.flatMap(([kind, id]) => (EQUIPMENT.has(kind) || NUMBERS.has(id) ? [] : [id]))],
} as const;
const told = ({ text }: Answer, who: keyof typeof SECRETS = 'stranger'): string[] => SECRETS[who].filter((secret) => text.includes(secret));

type Field = GraphQLField<unknown, unknown>;
const question = (field: Field, records: Records, optional: boolean) => operations.of('query', field, filling(records, optional));

/** All the ways to ask: for Acme's by id, for one's own, for whatever there is. */
const waysToAsk = (field: Field) => [question(field, acme, true), question(field, borealis, true), question(field, borealis, false)];

const seenByStaff: string[] = [];

describe.each(QUERIES.map((field) => [field.name, field] as const))('ORG-03 the question %s', (name, field) => {
  test.skipIf(OPEN.has(name))('ORG-03 nobody is asked to sign in', async () => {
    expect((await ask(null, question(field, acme, true))).codes).toContain('UNAUTHENTICATED');
  });

  test.each(['stranger', 'limited'] as const)('ORG-03 LIV-05 tells a %s nothing of another customer', async (who) => {
    for (const asked of waysToAsk(field)) expect(told(await ask(actors[who], asked), who)).toEqual([]);
  });

  test('ORG-03 LIV-05 tells a screen nothing of anybody', async () => {
    const answer = await ask(actors.screen, question(field, acme, true));
    expect([told(answer), /SECRET|HIDDEN|INTERNAL/.test(answer.text)]).toEqual([[], false]);
  });

  test('ORG-03 tells a customer nothing that was said among us', async () => {
    for (const asked of [question(field, acme, true), question(field, acme, false)]) {
      expect(/.{0,80}INTERNAL.{0,40}/.exec((await ask(actors.contact, asked)).text)).toBeNull();
      if (told(await ask(actors.staff, asked)).length > 0 && !seenByStaff.includes(name)) seenByStaff.push(name);
    }
  });
});

test('ORG-03 the questions above have something to hide: who may see all is told it', () => {
  expect(HIDING.filter((name) => !seenByStaff.includes(name))).toEqual([]);
});

/** Every row of every table: how many there are, and in which transactions they were written. */
async function fingerprint(): Promise<string> {
  const rows = await database.em.execute<{ print: string }[]>(PRINT);
  return rows.map(({ print }) => print).join();
}
const TABLES = await database.em.execute<{ name: string }[]>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('sign_in_attempt') order by 1`);
const PRINT = TABLES.map(({ name }) => `select '${name} ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as print from "${name}"`).join(' union all ') + ' order by 1';

describe.each(MUTATIONS.map((field) => [field.name, field] as const))('ORG-03 the command %s', (name, field) => {
  const command = () => operations.of('mutation', field, filling(acme, true));
  test.skipIf(OPEN.has(name))('ORG-03 nobody is asked to sign in', async () => {
    expect((await ask(null, command())).codes).toEqual(['UNAUTHENTICATED']);
  });

  test.each(['stranger', 'auditor', 'screen'] as const)('ORG-03 a %s is refused, but for what is their own, and nothing is changed', async (who) => {
    const before = await fingerprint();
    const answer = refusals(await ask(actors[who], command()));
    expect(await fingerprint()).toBe(before);
    expect(answer).toEqual(OWN[name]?.includes(who) ? [] : [expect.stringMatching(LATER.has(name) ? /./ : /^(FORBIDDEN|NOT_FOUND)$/)]);
  });
});
