import { permissionsOfRole, SCREEN_SCOPES } from '../../server/src/features/access/access.rules.ts';
import { addCabMember } from '../../server/src/features/change/change-cab-member.service.ts';
import { CabItemEntity } from '../../server/src/features/change/change-planning.entity.ts';
import { callMeeting } from '../../server/src/features/change/change-cab-meeting.service.ts';
import { createFreeze } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { takeBaseline } from '../../server/src/features/cmdb/cmdb-baseline.service.ts';
import { startCensus } from '../../server/src/features/cmdb/cmdb-census.service.ts';
import { markNotAffected } from '../../server/src/features/cmdb/cmdb-mark.service.ts';
import { proposeRegister } from '../../server/src/features/cmdb/cmdb-register-import.service.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { issueReport } from '../../server/src/features/cmdb/cmdb-report.service.ts';
import { reportBrokenSeal } from '../../server/src/features/cmdb/cmdb-seal.service.ts';
import { createArticle } from '../../server/src/features/knowledge/knowledge-draft.service.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { openProblem } from '../../server/src/features/problem/problem-open.service.ts';
import { raiseRelease } from '../../server/src/features/release/release-raise.service.ts';
import { prepareReview } from '../../server/src/features/review/review.service.ts';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { openVendorCase } from '../../server/src/features/vendor/vendor-case.service.ts';
import { addVendor } from '../../server/src/features/vendor/vendor.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { PERMISSIONS, type Permission } from '../../server/src/kernel/permission.ts';
import { persistRow } from '../../server/src/platform/db/persist-row.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ChangeStory } from './change-story.ts';
import { addCi } from './desk-story.ts';
import { shanghai } from './story-world.ts';

const system = SYSTEM('story');
const BY_EXCEPTION = { kind: 'exception', reason: 'INTERNAL we were in a hurry' } as const;

/** Ids of one record of each kind, by the name of the type or argument that they stand for. */
export type Records = Readonly<Record<string, string>>;

export interface AuthorityWorld {
  readonly story: ChangeStory;
  readonly actors: Readonly<Record<'staff' | 'auditor' | 'contact' | 'stranger' | 'limited' | 'screen', Actor>>;
  /** What belongs to Acme. */
  readonly acme: Records;
  /** What belongs to Borealis. */
  readonly borealis: Records;
}

/** Somebody of that role: of the provider, or of a customer. */
function somebody(role: string, customerId: string | null = null, permissions: ReadonlySet<Permission> = permissionsOfRole(role)): Actor {
  return { kind: 'person', id: newId(), name: role, grants: [{ role, permissions, customerId: null, teamId: null }], customerId, teamIds: [], origin: 'test' };
}

/** Two customers with a record of every kind each, entangled as shared equipment entangles them. */
export async function authorityWorld(): Promise<AuthorityWorld> {
  const story = await ChangeStory.start();
  const borealisId = await story.desk.customer('Borealis').agreement().customerId();
  const shared = await addCi(story.desk, null, 'shared core switch');
  const acme = await recordsOf(story, { customerId: story.customerId, name: 'Acme', shared });
  const borealis = await recordsOf(story, { customerId: borealisId, name: 'Borealis', shared });
  await entangle(story, acme, borealis);
  story.at('2026-04-01 10:00');
  const review = await prepareReview(story.database, system, { month: '2026-03' });
  const screen: Actor = { ...somebody('screen', null, new Set(SCREEN_SCOPES)), kind: 'screen', boardIds: [newId()] };
  const everything = somebody('everything', null, new Set(PERMISSIONS));
  const limited: Actor = { ...everything, name: 'limited', grants: everything.grants.map((grant) => ({ ...grant, customerId: borealisId })) };
  const actors = { staff: system, limited, auditor: somebody('auditor'), contact: somebody('customer-contact', story.customerId), stranger: somebody('customer-contact', borealisId), screen };
  return { story, actors, acme: { ...acme, ReviewMeeting: review }, borealis: { ...borealis, ReviewMeeting: review } };
}

interface Place {
  readonly customerId: string;
  readonly name: string;
  readonly shared: string;
}

async function recordsOf(story: ChangeStory, place: Place): Promise<Records> {
  const items = await itemsOf(story, place);
  const work = await workOf(story, place, items['Ci']!);
  const planned = await planningOf(story, place, { changeId: work['Change']!, ciId: items['Ci']! });
  return { Customer: place.customerId, ...items, ...work, ...planned };
}

async function itemsOf(story: ChangeStory, { customerId, name, shared }: Place): Promise<Record<string, string>> {
  const { database, desk } = story;
  const ci = await addCi(desk, customerId, `${name} HIDDEN server`);
  const other = await addCi(desk, customerId, `${name} HIDDEN disk`);
  const relation = await database.change(system, (change) => relateCis(change, { sourceId: ci, type: 'depends_on', targetId: other, authorisation: BY_EXCEPTION }));
  await database.change(system, (change) => relateCis(change, { sourceId: ci, type: 'depends_on', targetId: shared, authorisation: BY_EXCEPTION }));
  const baseline = await database.change(system, (change) => takeBaseline(change, { name: `${name} SECRET baseline`, customerId }));
  const mark = await database.change(system, (change) => markNotAffected(change, { ciId: ci, reason: 'INTERNAL it has a spare' }));
  await database.em.execute(`update ci set seal = 'intact' where id = ?`, [ci]);
  await database.change(system, (change) => reportBrokenSeal(change, { ciId: ci, note: 'INTERNAL seal broken by us' }));
  const census = await startCensus(database, system, { id: null, kind: 'census', customerId, ciClass: null, site: null, dueAt: null });
  const report = await issueReport(database, system, { customerId, month: '2026-02' });
  const file = await proposeRegister(database, system, { kind: 'ci', fileName: `${name} SECRET.csv`, content: Buffer.from(`Number,Name,Class,Status\nX-${name},${name} SECRET new,server,in stock\n`), customerId });
  const [item] = await database.em.execute<{ id: string }[]>('select id from ci_census_item where census_id = ? limit 1', [census]);
  const [comparison] = await database.em.execute<{ id: string }[]>('select id from ci_comparison where ci_id = ?', [ci]);
  return {
    Ci: ci, otherCi: other, CiRelation: relation, CiBaselineView: baseline.id, CiImpactMark: mark, CensusView: census, CiStatusReportView: report, RegisterComparisonView: file,
    CensusItem: item!.id, CiComparison: comparison!.id,
  };
}

async function workOf(story: ChangeStory, { customerId, name }: Place, ciId: string): Promise<Record<string, string>> {
  const { database, desk, people } = story;
  const facts = {
    customerId, title: `${name} SECRET outage`, description: 'SECRET mail', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV2' as const, ciId,
  };
  const incidentId = await record(database, desk.people.desk, facts);
  // Three alike are a point of the month's review.
  for (const count of [2, 3]) await record(database, desk.people.desk, { ...facts, title: `${facts.title} ${count}` });
  const changeId = await raise(database, system, {
    customerId, title: `${name} SECRET change`, description: 'SECRET relay', category: 'important', type: 'system', ciIds: [ciId], businessSystems: ['SECRET'], departments: ['Sales'], forTicketId: incidentId,
  });
  const releaseId = await raiseRelease(database, system, { customerId, title: `${name} SECRET release`, version: '1', ciIds: [ciId] });
  const problemId = await openProblem(database, people.requester, {
    customerId, title: `${name} INTERNAL SECRET problem`, description: 'INTERNAL', class: 'software', severity: 'L2', incidentIds: [incidentId], ciId,
  });
  const articleId = await createArticle(database, people.requester, {
    shortDescription: `${name} INTERNAL SECRET draft`, symptom: 'INTERNAL', cause: 'INTERNAL', solution: 'INTERNAL', prevention: 'INTERNAL', source: 'own-experience', customerId,
  });
  const vendorId = await addVendor(database, system, { name: `INTERNAL vendor ${newId()}`, products: ['switch'] });
  const vendorCase = await openVendorCase(database, system, { ticketId: incidentId, vendorId, product: 'switch', caseNumber: `INTERNAL ${name}` });
  const file = await attach(database, system, { ticketId: changeId, name: `${name} SECRET.pdf`, mediaType: 'application/pdf', content: Buffer.from('SECRET'), paper: 'change-plan' });
  return { Incident: incidentId, Change: changeId, Release: releaseId, Problem: problemId, KnowledgeArticle: articleId, Vendor: vendorId, VendorCase: vendorCase, Attachment: file };
}

async function planningOf(story: ChangeStory, { customerId, name }: Place, { changeId, ciId }: { changeId: string; ciId: string }): Promise<Record<string, string>> {
  const { database, people } = story;
  const freeze = await createFreeze(database, system, {
    name: `${name} SECRET freeze`, reason: 'quarter end', startsAt: shanghai('2026-03-20 00:00'), endsAt: shanghai('2026-03-22 00:00'), customerIds: [customerId],
  });
  await createFreeze(database, system, { name: `${name} SECRET equipment`, reason: 'audit', startsAt: shanghai('2026-03-23 00:00'), endsAt: shanghai('2026-03-24 00:00'), ciIds: [ciId] });
  if (name === 'Acme') await addCabMember(database, people.manager, { personId: people.cabMember.id, speaksFor: 'Network' });
  const meeting = await callMeeting(database, people.manager, { title: 'INTERNAL meeting', startsAt: shanghai('2026-03-05 10:00') });
  // How a change comes before the board is its own story.
  const item = newId();
  await database.change(system, async ({ em }) => persistRow(em, CabItemEntity, { id: item, meetingId: meeting, changeId, position: 1, decision: null, note: 'INTERNAL', decidedAt: null, decidedBy: null }));
  return { FreezeWindow: freeze, CabMeeting: meeting, CabItem: item };
}

/** A change, a release and an incident of one customer name items and records of the other, as shared equipment makes them. */
async function entangle(story: ChangeStory, acme: Records, borealis: Records): Promise<void> {
  const { em } = story.database;
  for (const kind of ['Change', 'Release', 'Incident', 'Problem']) {
    await em.execute(`insert into ticket_ci (id, ticket_id, ci_id, cause) values (?, ?, ?, false)`, [newId(), borealis[kind], acme['Ci']]);
  }
  await em.execute(`insert into release_decision (id, release_id, kind, subject, reason, decided_at, decided_by) select gen_random_uuid(), ticket_id, 'waive', 'software', 'INTERNAL no time', clock_timestamp(), 'story' from release`);
  await em.execute(`insert into change_decision (id, ticket_id, kind, reason, decided_at, decided_by) select gen_random_uuid(), ticket_id, 'plan-trimmed', 'INTERNAL no time', clock_timestamp(), 'story' from change`);
  const link = (from: string | undefined, to: string | undefined, kind: string) =>
    em.execute(`insert into ticket_link (id, from_id, to_id, kind, created_at, created_by) values (?, ?, ?, ?, clock_timestamp(), 'story')`, [newId(), from, to, kind]);
  await link(borealis['Change'], acme['Incident'], 'change-for');
  await link(borealis['Release'], acme['Change'], 'carries');
  await link(borealis['Incident'], acme['Change'], 'caused-by');
  await em.execute(`insert into release_cause (id, release_id, ticket_id, state, evidence, suggested_at) values (?, ?, ?, 'suggested', null, clock_timestamp())`, [newId(), borealis['Release'], acme['Incident']]);
  await em.execute(`insert into work_log_entry (id, ticket_id, kind, text, customer_visible, occurred_at, recorded_at, author_name)
    select gen_random_uuid(), id, 'note', 'INTERNAL said among us', false, clock_timestamp(), clock_timestamp(), 'story' from ticket`);
  await workAmongUs(story, acme);
  await workAmongUs(story, borealis);
}

/** What happens to an incident and a change behind the customer's back: every text and name of it is marked (ORG-03, WBD-12). */
async function workAmongUs({ database }: ChangeStory, { Incident: incident, Change: change, Release: release }: Records): Promise<void> {
  const { em } = database;
  const [team, person] = [newId(), newId()];
  await em.execute(`insert into team (id, key, name, name_zh, line, purpose, active, version) values (?, ?, 'INTERNAL team', 'INTERNAL 组', 2, 'other', true, 1)`, [team, `internal-${team}`]);
  await em.execute(`insert into person (id, name, email, locale, active, created_at, version) values (?, 'INTERNAL engineer', ?, 'en', true, clock_timestamp(), 1)`, [person, `${person}@INTERNAL.example`]);
  await em.execute('insert into team_member (id, team_id, person_id) values (?, ?, ?)', [newId(), team, person]);
  // The owner of a release is whom its customer may ask; who holds an incident is not.
  await em.execute('update ticket set team_id = ?, holder_id = case when id = ? then holder_id else ?::uuid end where id = any(?::uuid[])', [team, release, person, `{${[incident, change, release].join(',')}}`]);
  await em.execute(`update service set first_line_team_id = ?`, [team]);
  await em.execute(`update incident set source = 'INTERNAL mailbox', bridge = 'INTERNAL bridge', change_made = true where ticket_id = ?`, [incident]);
  await em.execute(`update change set implementer_id = ?, review_text = 'INTERNAL review', stability = 'INTERNAL' where ticket_id = ?`, [person, change]);
  await em.execute(`insert into suspension (id, ticket_id, category, text, pasted_mail, from_at, suspended_by, resumed_by, flagged, corrected_by, corrected_reason)
    values (?, ?, 'awaiting-vendor', 'INTERNAL they never answer', 'INTERNAL mail', clock_timestamp(), 'INTERNAL engineer', 'INTERNAL engineer', true, 'INTERNAL lead', 'INTERNAL mistake')`, [newId(), incident]);
  await em.execute(`insert into escalation (id, ticket_id, step, due_at, fired_at, manual, early, late, reason, addressees, warned, acknowledged_by, acknowledged_at, raised_by)
    values (?, ?, 'manual', null, clock_timestamp(), true, false, false, 'INTERNAL the customer is difficult', '["INTERNAL manager"]', '["INTERNAL owner"]', 'INTERNAL manager', clock_timestamp(), 'INTERNAL engineer')`, [newId(), incident]);
  await em.execute(`insert into handoff (id, ticket_id, from_team_id, to_team_id, from_person_id, to_person_id, reason, tried, requested_action, requested_at, requested_by, state, unusual, ageing_step)
    values (?, ?, ?, ?, ?, ?, 'INTERNAL not ours', 'INTERNAL', 'INTERNAL', clock_timestamp(), 'INTERNAL engineer', 'waiting', false, 0)`, [newId(), incident, team, team, person, person]);
  await em.execute(`insert into regrade_request (id, ticket_id, from_level, to_level, reason, requested_at, requested_by, state) values (?, ?, 'LV2', 'LV3', 'INTERNAL not that bad', clock_timestamp(), 'INTERNAL engineer', 'waiting')`, [newId(), incident]);
  await em.execute(`update clock set breached_at = due_at, breach_team_id = ?, breach_holder_id = ? where ticket_id = ?`, [team, person, incident]);
  await em.execute(`insert into work_log_entry (id, ticket_id, kind, text, customer_visible, occurred_at, recorded_at, author_name, minutes, late_reason)
    values (?, ?, 'note', 'told the customer', true, clock_timestamp(), clock_timestamp(), 'Engineer', 90, 'INTERNAL forgot it')`, [newId(), incident]);
  await em.execute(`insert into change_approval (id, ticket_id, round, step, decision, given, person_name, note, given_at, recorded_by, recorded_at)
    values (?, ?, 1, 'manager', 'approved', 'system', 'INTERNAL owner', 'INTERNAL if it must be', clock_timestamp(), 'INTERNAL owner', clock_timestamp())`, [newId(), change]);
  await em.execute(`insert into change_attempt (id, ticket_id, number, started_at, started_by, remark) values (?, ?, 1, clock_timestamp(), 'INTERNAL engineer', 'INTERNAL wrong cable')`, [newId(), change]);
  await em.execute(`insert into attachment (id, ticket_id, name, media_type, size, sha256, customer_visible, content, recorded_at, author_name)
    select gen_random_uuid(), id, 'INTERNAL dump.txt', 'text/plain', 1, 'x', false, 'x'::bytea, clock_timestamp(), 'INTERNAL engineer' from ticket where id = any(?::uuid[])`, [`{${[incident, change, release].join(',')}}`]);
}
