import { afterAll, describe, expect, test } from 'vitest';
import { updatePerson } from '../../server/src/features/access/access-people.service.ts';
import { ChangeConflictEntity } from '../../server/src/features/change/change-planning.entity.ts';
import { conflictsOf } from '../../server/src/features/change/change-conflict.service.ts';
import { edit } from '../../server/src/features/change/change-edit.service.ts';
import { cancel } from '../../server/src/features/change/change-life.service.ts';
import { conflictsOfChange, conflictsOfWindow } from '../../server/src/features/change/change-planning.queries.ts';
import { reschedule, schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { endRelation, setRedundancy } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { TicketCiEntity, TicketEntity } from '../../server/src/features/ticket/ticket.entity.ts';
import { addShift, addTeamMember } from '../../server/src/features/team/team.service.ts';
import { PersonEntity } from '../../server/src/features/access/access.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ChangeStory } from '../support/change-story.ts';
import { addCi } from '../support/desk-story.ts';
import { conflictsOn, dependsOn, follow, scheduledOn } from '../support/planning-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
const { database, customerId } = story;
const TEST = SYSTEM('test');
const SAT = { from: '2026-03-07 22:00', to: '2026-03-08 02:00' };
const ci = (name: string): Promise<string> => addCi(story.desk, customerId, name);
const window = (from: string, to: string) => ({ windowStartAt: shanghai(from), windowEndAt: shanghai(to) });
/** Without what the story's own implementer is needed for elsewhere. */
const cisOf = async (id: string): Promise<string[]> => (await conflictsOn(story, id)).filter((one) => !one.startsWith('person'));
const told = async (id: string, kind: string): Promise<string[]> => {
  const rows = await database.em.execute<{ type: string }[]>(`select type from event_log where ticket_id = ? and type like 'change.conflict%' and payload::text like ? order by seq`, [id, `%${kind}%`]);
  return rows.map(({ type }) => type.replace('change.conflict', ''));
};

describe('CHG-11 the same CI', () => {
  test('CHG-11 in overlapping windows both changes are flagged; windows that only touch are not in conflict', async () => {
    const shared = await ci('router-1');
    const first = await scheduledOn(story, 'First', { ciIds: [shared], ...SAT });
    const second = await scheduledOn(story, 'Second', { ciIds: [shared], from: '2026-03-08 01:59', to: '2026-03-08 04:00' });
    expect([await cisOf(first.id), await cisOf(second.id)]).toEqual([['same-ci Second'], ['same-ci First']]);
    await second.tell('owner', reschedule, window('2026-03-08 02:00', '2026-03-08 04:00'));
    expect([await cisOf(first.id), await cisOf(second.id)]).toEqual([[], []]);
    await second.tell('owner', reschedule, window('2026-03-07 20:00', '2026-03-07 22:00'));
    expect(await cisOf(second.id)).toEqual([]);
    await second.tell('owner', reschedule, { windowStartAt: shanghai('2026-03-07 20:00'), windowEndAt: shanghai('2026-03-07 22:00') + 1 });
    expect(await cisOf(first.id)).toEqual(['same-ci Second']);
  });

  test('CHG-11 either page hears of it once: found and cleared are events of both changes', async () => {
    const shared = await ci('router-2');
    const first = await scheduledOn(story, 'Third', { ciIds: [shared], ...SAT });
    const second = await scheduledOn(story, 'Fourth', { ciIds: [shared], ...SAT });
    await follow(story);
    await second.tell('owner', cancel, { reason: 'Not needed any more' });
    await follow(story);
    expect([await told(first.id, 'same-ci'), await told(second.id, 'same-ci')]).toEqual([['Found', 'Cleared'], ['Found', 'Cleared']]);
    expect([await conflictsOn(story, second.id), await cisOf(first.id)]).toEqual([[], []]);
  });

  test('CHG-11 two that are scheduled at the same moment see each other', async () => {
    const shared = await ci('router-3');
    const pair = [];
    for (const title of ['Left', 'Right']) {
      const change = await story.inApproval('general', { title, ciIds: [shared] });
      pair.push(await change.approveAll('general'));
    }
    await Promise.all(pair.map((change) => change.tell('owner', schedule, window(SAT.from, SAT.to))));
    expect([await cisOf(pair[0]!.id), await cisOf(pair[1]!.id)]).toEqual([['same-ci Right'], ['same-ci Left']]);
    expect(await story.desk.auditProblems()).toEqual([]);
  });

  test('CHG-11 a CI that is added to the plan is judged as well', async () => {
    const [shared, own] = [await ci('router-4'), await ci('router-5')];
    const first = await scheduledOn(story, 'Has it', { ciIds: [shared], ...SAT });
    const second = await story.accepted('general', { title: 'Gets it', ciIds: [own] });
    await database.em.execute(`update change set window_start_at = (select window_start_at from change where ticket_id = ?), window_end_at = (select window_end_at from change where ticket_id = ?) where ticket_id = ?`, [first.id, first.id, second.id]);
    await second.tell('owner', edit, { ciIds: [own, shared] });
    expect(await cisOf(first.id)).toEqual(['same-ci Gets it']);
  });
});

describe('CHG-11 dependent CIs', () => {
  test('CHG-11 one that depends on the other, at any distance, seen from both sides; a sibling is none', async () => {
    const [web, db, disk, report] = [await ci('web'), await ci('db'), await ci('disk'), await ci('report')];
    await dependsOn(story, web, db);
    await dependsOn(story, db, disk);
    await dependsOn(story, report, disk);
    const onWeb = await scheduledOn(story, 'Web', { ciIds: [web], ...SAT });
    const onDisk = await scheduledOn(story, 'Disk', { ciIds: [disk], ...SAT });
    const onReport = await scheduledOn(story, 'Report', { ciIds: [report], ...SAT });
    expect([await cisOf(onWeb.id), await cisOf(onReport.id), await cisOf(onDisk.id)]).toEqual([['dependent-ci Disk'], ['dependent-ci Disk'], ['dependent-ci Report', 'dependent-ci Web']]);
    const conflicts = await conflictsOfChange(database.em, story.people.owner, onWeb.id);
    const found = conflicts.find(({ kind }) => kind === 'dependent-ci');
    expect(found?.hits.map(({ path }) => path.map(({ name }) => name))).toEqual([['web', 'db', 'disk']]);
    const fromDisk = (await conflictsOfChange(database.em, story.people.owner, onDisk.id)).find(({ other }) => other?.id === onWeb.id);
    expect(fromDisk?.hits.map(({ path }) => path.map(({ name }) => name))).toEqual([['disk', 'db', 'web']]);
  });

  test('CHG-11 a relation that is added or ended moves both sides', async () => {
    const [app, host] = [await ci('app'), await ci('host')];
    const onApp = await scheduledOn(story, 'App', { ciIds: [app], ...SAT });
    const onHost = await scheduledOn(story, 'Host', { ciIds: [host], ...SAT });
    await follow(story);
    expect(await cisOf(onApp.id)).toEqual([]);
    const relationId = await dependsOn(story, app, host);
    await follow(story);
    expect([await cisOf(onApp.id), await cisOf(onHost.id)]).toEqual([['dependent-ci Host'], ['dependent-ci App']]);
    await database.change(TEST, (change) => endRelation(change, { relationId, authorisation: { kind: 'exception', reason: 'Moved' } }));
    await follow(story);
    expect([await cisOf(onApp.id), await told(onHost.id, 'dependent-ci')]).toEqual([[], ['Found', 'Cleared']]);
  });

  test('CHG-11 work on one of two lines and on what stands on both is a conflict, whichever was planned first', async () => {
    const [site, lineA, lineB, shop] = [await ci('site'), await ci('line-a'), await ci('line-b'), await ci('shop')];
    for (const line of [lineA, lineB]) await dependsOn(story, site, line);
    await dependsOn(story, shop, site);
    await database.change(TEST, (change) => setRedundancy(change, { ciId: site, type: 'depends_on', required: 1, authorisation: { kind: 'exception', reason: 'Two lines' } }));
    const onShop = await scheduledOn(story, 'Shop', { ciIds: [shop], ...SAT });
    const onLine = await scheduledOn(story, 'Line A', { ciIds: [lineA], ...SAT });
    expect([await cisOf(onShop.id), await cisOf(onLine.id)]).toEqual([['dependent-ci Line A'], ['dependent-ci Shop']]);
    await onLine.tell('owner', reschedule, window('2026-03-07 22:00', '2026-03-08 01:00'));
    await onShop.tell('owner', reschedule, window('2026-03-07 23:00', '2026-03-08 01:00'));
    expect([await told(onShop.id, 'dependent-ci'), await told(onLine.id, 'dependent-ci')]).toEqual([['Found'], ['Found']]);
    const seen = (await conflictsOfChange(database.em, story.people.owner, onLine.id)).find(({ other }) => other?.id === onShop.id);
    expect(seen?.hits.map(({ path }) => path.map(({ name }) => name))).toEqual([['line-a', 'site', 'shop']]);
  });
});

describe('CHG-11 major incidents', () => {
  const incidentOn = async (ciId: string): Promise<string> => {
    const id = newId();
    await database.change(TEST, async ({ em, emit, now }) => {
      em.create(TicketEntity, {
        id, kind: 'incident', number: `INC-9${id.slice(-6)}`, title: 'Outage', customerId, teamId: null, holderId: null, openedAt: await now(), closedAt: null, lastEventAt: await now(), externalNumber: null,
        externalSource: null, externalRevision: null, major: true, urgeCount: 0, lastUrgedAt: null, version: 1,
      });
      em.create(TicketCiEntity, { id: newId(), ticketId: id, ciId, cause: false });
      emit({ type: 'incident.majorDeclared', subjectKind: 'incident', subjectId: id, ticketId: id, customerId, occurredAt: await now() });
    });
    return id;
  };

  test('CHG-11 an open major incident on the CI or a dependant holds it, until it is closed', async () => {
    const [core, branch, apart] = [await ci('core'), await ci('branch'), await ci('apart')];
    await dependsOn(story, branch, core);
    const onCore = await scheduledOn(story, 'Core', { ciIds: [core], ...SAT });
    const onApart = await scheduledOn(story, 'Apart', { ciIds: [apart], ...SAT });
    const incident = await incidentOn(branch);
    await follow(story);
    expect([await cisOf(onCore.id), await cisOf(onApart.id)]).toEqual([['major-incident Outage'], []]);
    await database.change(TEST, async ({ em, emit, now }) => {
      await em.nativeUpdate(TicketEntity, { id: incident }, { closedAt: await now() });
      emit({ type: 'incident.closed', subjectKind: 'incident', subjectId: incident, ticketId: incident, customerId, occurredAt: await now() });
    });
    await follow(story);
    expect([await cisOf(onCore.id), await told(onCore.id, 'major-incident')]).toEqual([[], ['Found', 'Cleared']]);
  });
});

describe('CHG-11 people', () => {
  test('CHG-11 the implementer of two changes at once is named on both; one after the other is no conflict', async () => {
    const first = await scheduledOn(story, 'One', { ciIds: [await ci('one')], from: '2026-03-21 22:00', to: '2026-03-22 02:00' });
    // The task of the story is on 7 March: only the implementer's own window counts here.
    await database.em.execute('delete from change_task where ticket_id = ?', [first.id]);
    await first.tell('owner', reschedule, window('2026-03-21 22:00', '2026-03-22 02:00'));
    const second = await scheduledOn(story, 'Two', { ciIds: [await ci('two')], from: '2026-03-22 01:00', to: '2026-03-22 04:00' });
    await database.em.execute('delete from change_task where ticket_id = ?', [second.id]);
    await second.tell('owner', reschedule, window('2026-03-22 01:30', '2026-03-22 04:00'));
    expect([await conflictsOn(story, first.id), await conflictsOn(story, second.id)]).toEqual([['person Two implementer'], ['person One implementer']]);
    await second.tell('owner', reschedule, window('2026-03-22 02:00', '2026-03-22 04:00'));
    expect(await conflictsOn(story, first.id)).toEqual([]);
  });

  test('CHG-11 who is not on a roster that is kept, or has left, is missing; the roster coming later clears it', async () => {
    const { implementer } = story.people;
    const teamId = story.desk.teams.engineers;
    const change = await scheduledOn(story, 'Rostered', { ciIds: [await ci('rostered')], from: '2026-04-11 22:00', to: '2026-04-12 02:00' });
    await database.em.execute('delete from change_task where ticket_id = ?', [change.id]);
    await addTeamMember(database, TEST, { teamId, personId: implementer.id });
    await addShift(database, TEST, { teamId, personId: story.desk.people.engineer.id, startsAt: shanghai('2026-04-11 20:00'), endsAt: shanghai('2026-04-12 08:00') });
    await follow(story);
    expect(await conflictsOn(story, change.id)).toEqual(['missing-person implementer off-roster']);
    await addShift(database, TEST, { teamId, personId: implementer.id, startsAt: shanghai('2026-04-11 22:00'), endsAt: shanghai('2026-04-12 02:00') });
    await follow(story);
    expect(await conflictsOn(story, change.id)).toEqual([]);
    const { version } = await database.em.findOneOrFail(PersonEntity, { id: implementer.id });
    await updatePerson(database, TEST, { id: implementer.id, expectedVersion: version, active: false });
    await follow(story);
    expect(await conflictsOn(story, change.id)).toEqual(['missing-person implementer inactive']);
    await updatePerson(database, TEST, { id: implementer.id, expectedVersion: version + 1, active: true });
    await follow(story);
    expect(await conflictsOn(story, change.id)).toEqual([]);
  });
});

describe('CHG-11 asking beforehand', () => {
  test('CHG-11 another window is judged without keeping anything', async () => {
    const shared = await ci('asked');
    await scheduledOn(story, 'There', { ciIds: [shared], ...SAT });
    const here = await scheduledOn(story, 'Here', { ciIds: [shared], from: '2026-03-14 22:00', to: '2026-03-15 02:00' });
    const before = await database.em.count(ChangeConflictEntity, {});
    const found = await conflictsOfWindow(database.em, story.people.owner, { changeId: here.id, from: shanghai(SAT.from), to: shanghai(SAT.to) });
    expect(found.filter(({ kind }) => kind === 'same-ci').map(({ other }) => other?.title)).toEqual(['【一般变更】There']);
    expect(await database.em.count(ChangeConflictEntity, {})).toBe(before);
    await expect(conflictsOfWindow(database.em, story.people.owner, { changeId: here.id, from: shanghai(SAT.to), to: shanghai(SAT.from) })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'to' });
  });

  test('ORG-03 a customer is told neither what others plan nor that a change of theirs is in conflict with it', async () => {
    const shared = await ci('secret');
    const mine = await scheduledOn(story, 'Mine', { ciIds: [shared], ...SAT });
    await scheduledOn(story, 'Theirs', { ciIds: [shared], ...SAT });
    expect(await conflictsOfChange(database.em, story.contact, mine.id)).toEqual([]);
    await expect(conflictsOfWindow(database.em, story.contact, { changeId: mine.id, from: shanghai(SAT.from), to: shanghai(SAT.to) })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('CHG-11 with 5,000 open changes', () => {
  test('CHG-11 the statements do not grow with what is open, and it is judged while somebody waits', async () => {
    const shared = await ci('busy');
    const mine = await scheduledOn(story, 'Among many', { ciIds: [shared], from: '2026-05-09 22:00', to: '2026-05-10 02:00' });
    const statements = async (): Promise<{ count: number; ms: number; found: number }> => {
      const em = database.em;
      let count = 0;
      const execute = em.getConnection().execute.bind(em.getConnection());
      Object.assign(em.getConnection(), { execute: (...args: Parameters<typeof execute>) => { count += 1; return execute(...args); } });
      const started = performance.now();
      const found = await conflictsOf(em, { changeId: mine.id });
      Object.assign(em.getConnection(), { execute });
      return { count, ms: performance.now() - started, found: found.length };
    };
    const few = await statements();
    await copies(mine.id, 5000, shared);
    const many = await statements();
    expect(few.count).toBeGreaterThan(5);
    expect(many.count).toBe(few.count);
    // 50 of them share the CI in the window, the others are elsewhere or at another time.
    expect(many.found - few.found).toBe(50);
    expect(many.ms).toBeLessThan(2000);
  });
});

/** Open changes like one, written plainly: every hundredth on the same CI in the same window, the others a week apart on other CIs. */
async function copies(of: string, count: number, ciId: string): Promise<void> {
  const id = `md5('copy ' || n)::uuid`;
  const em = database.em;
  const tables = [
    ['ticket', 'id', `'id', ${id}, 'number', 'CHG-' || lpad((1000000 + n)::text, 7, '0'), 'title', 'Copy ' || n`],
    ['change', 'ticket_id', `'ticket_id', ${id}, 'implementer_id', null, 'window_start_at', one.window_start_at + case when n % 100 = 0 then interval '0' else ((n % 50 + 1) * 7) * interval '1 day' end, 'window_end_at', one.window_end_at + case when n % 100 = 0 then interval '0' else ((n % 50 + 1) * 7) * interval '1 day' end`],
  ] as const;
  for (const [table, key, differs] of tables) {
    await em.execute(`insert into ${table} select (jsonb_populate_record(one, jsonb_build_object(${differs}))).* from ${table} one, generate_series(1, ${count}) n where one.${key} = ?`, [of]);
  }
  await em.execute(`insert into ticket_ci (id, ticket_id, ci_id, cause) select gen_random_uuid(), ${id}, ?, false from generate_series(1, ${count}) n`, [ciId]);
  await em.execute('analyze change');
}
