import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { attachChild, declare } from '../../server/src/features/incident/incident-major.service.ts';
import { raiseChangeFor } from '../../server/src/features/incident/incident-change.service.ts';
import { convert, noteChange } from '../../server/src/features/incident/incident-problem.service.ts';
import { suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { accept, attachDuplicate, close, propose } from '../../server/src/features/incident/incident-solve.service.ts';
import { assign, take } from '../../server/src/features/incident/incident-work.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import type { Level } from '../../server/src/features/service-level/service-level.rules.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();
const incidentManager: Actor = { ...story.people.serviceManager, id: story.people.slaOwner.id, name: 'incidentManager', grants: [{ role: 'incident-manager', permissions: permissionsOfRole('incident-manager'), customerId: null, teamId: null }] };

interface Problem {
  readonly id: string;
  readonly number: string;
  readonly severity: string;
  readonly closed: boolean;
}

const problemsOf = (incidentId: string): Promise<Problem[]> => story.database.em.execute<Problem[]>(
  `select t.id, t.number, p.severity, t.closed_at is not null as closed from ticket_link l join ticket t on t.id = l.from_id join problem p on p.ticket_id = t.id
   where l.to_id = ? and l.kind = 'problem-of' order by t.number`, [incidentId],
);

const solved = async (level: Level): Promise<IncidentInDatabase> => {
  const told = await acme.incident({ level });
  // An LV1 lies with the technical manager at once (INC-05).
  if (level !== 'LV1') await told.tell('lead', assign, { holderId: story.people[level === 'LV2' ? 'senior' : 'engineer'].id });
  await told.tell('technicalManager', propose, { solution: 'Restarted it.', causeClass: 'operation' });
  return told.tell('desk', accept, {});
};

async function solvedMajor(): Promise<IncidentInDatabase> {
  const major = await acme.incident({ level: 'LV1' });
  await major.tell(incidentManager, declare, { bridge: 'room 5' });
  await major.tell('technicalManager', propose, { solution: 'Switched the line.', causeClass: 'operation' });
  return major.tell('desk', accept, {});
}

describe('INC-11 closing makes a problem, in the same transaction', () => {
  test('INC-11 with a workaround: one problem, linked, of the incident\'s customer and severity', async () => {
    const told = await solved('LV3');
    expect(await problemsOf(told.id)).toEqual([]);
    await told.tell('desk', close, { closureCode: 'workaround' });
    expect((await problemsOf(told.id)).map(({ severity, closed }) => [severity, closed])).toEqual([['L3', false]]);
  });

  test('INC-11 an LV2 successfully closed makes one, an LV3 does not', async () => {
    const [lv2, lv3] = [await solved('LV2'), await solved('LV3')];
    await lv2.tell('desk', close, { closureCode: 'successful' });
    await lv3.tell('desk', close, { closureCode: 'successful' });
    expect([(await problemsOf(lv2.id)).length, (await problemsOf(lv3.id)).length]).toEqual([1, 0]);
  });

  test('INC-11 a refused closing makes none', async () => {
    const told = await acme.incident({ level: 'LV2' });
    const before = await story.count('problem');
    await expect(told.tell('desk', close, { closureCode: 'workaround' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    expect(await story.count('problem')).toBe(before);
  });

  test('D-42 both triggers at once make one problem', async () => {
    const told = await solved('LV1');
    await told.tell('desk', close, { closureCode: 'workaround' });
    expect((await problemsOf(told.id)).map(({ severity }) => severity)).toEqual(['L1']);
  });
});

describe('INC-12 D-42 converting a late incident', () => {
  test('D-42 the second manager\'s word makes the problem; closing with a workaround later reuses it', async () => {
    const told = await (await acme.incident({ level: 'LV3' })).tell('engineer', take, {});
    await told.look('2026-03-13 10:01');
    await told.tell('serviceManager', convert, { reason: 'It takes too long.' });
    expect(await problemsOf(told.id)).toEqual([]);
    await told.tell('technicalManager', convert, { reason: 'The cause is not known.' });
    const [problem] = await problemsOf(told.id);
    expect([(await told.facts()).state, (await told.clock('resolution')).breachedAt]).toEqual(['in-progress', shanghai('2026-03-13 10:00')]);
    await told.tell('engineer', propose, { solution: 'Use the other printer.', causeClass: 'operation' });
    await told.tell('desk', accept, {});
    await told.tell('desk', close, { closureCode: 'workaround' });
    expect(await problemsOf(told.id)).toEqual([problem]);
  });
});

describe('CHG-06 INC-14 an incident that waits for its emergency change does not close by another door', () => {
  test('CHG-06 INC-14 neither as a duplicate', async () => {
    const [first, second] = [await acme.incident({ level: 'LV2' }), await acme.incident({ level: 'LV2' })];
    await second.tell('serviceManager', raiseChangeFor, { title: 'Restart', description: 'Restart the relay.', type: 'system' });
    await expect(second.tell('desk', attachDuplicate, { duplicateOfId: first.id })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'changeId' });
    expect((await second.facts()).state).not.toBe('closed');
  });

  test('INC-14 nor while what was changed is not recorded', async () => {
    const [first, second] = [await acme.incident({ level: 'LV3' }), await acme.incident({ level: 'LV3' })];
    await second.tell('engineer', noteChange, { text: 'Set the relay anew.' });
    await expect(second.tell('desk', attachDuplicate, { duplicateOfId: first.id })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'changeId' });
  });

  test('CHG-06 INC-16 nor with its major incident: it stays, and its boards are told', async () => {
    const major = await solvedMajor();
    const child = await acme.incident({ level: 'LV2' });
    await child.tell('serviceManager', raiseChangeFor, { title: 'Restart', description: 'Restart the relay.', type: 'system' });
    await child.tell('desk', attachChild, { majorId: major.id });
    await major.tell('desk', close, { closureCode: 'successful' });
    expect([(await major.facts()).state, (await child.facts()).state, (await child.events()).at(-1)!.type]).toEqual(['closed', 'awaiting-assignment', 'incident.majorClosed']);
  });
});

describe('INC-16 a major incident and its children', () => {
  test('INC-16 children close with it, as left out of attainment; one that is suspended stays and its boards are told', async () => {
    const major = await solvedMajor();
    const [waiting, working, suspended] = [await acme.incident({ level: 'LV3' }), await globex.incident({ level: 'LV3' }), await acme.incident({ level: 'LV3' })];
    await suspended.tell('engineer', take, {});
    await suspended.tell('engineer', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-03 10:00') });
    for (const child of [waiting, working, suspended]) await child.tell('desk', attachChild, { majorId: major.id });
    await major.tell('desk', close, { closureCode: 'successful' });
    const states = await Promise.all([waiting, working, suspended].map(async (child) => [(await child.facts()).state, (await child.facts()).closureCode]));
    expect(states).toEqual([['closed', 'with-major'], ['closed', 'with-major'], ['suspended', null]]);
    expect((await suspended.events()).at(-1)!.type).toBe('incident.majorClosed');
    expect([(await waiting.clock('resolution')).outcome, await waiting.timerDue()]).toEqual(['cancelled', null]);
  });

  test('INC-16 only an open major incident takes children', async () => {
    const plain = await acme.incident({ level: 'LV1' });
    const child = await acme.incident({ level: 'LV3' });
    await expect(child.tell('desk', attachChild, { majorId: plain.id })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'majorId' });
    const over = await solvedMajor();
    await over.tell('desk', close, { closureCode: 'successful' });
    await expect(child.tell('desk', attachChild, { majorId: over.id })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'majorId' });
  });
});

describe('INC-23 INC-14 changes', () => {
  const changesFor = (id: string): Promise<{ number: string; category: string; state: string; source: string }[]> => story.database.em.execute(
    `select t.number, c.category, c.state, c.source from ticket_link l join ticket t on t.id = l.from_id join change c on c.ticket_id = t.id where l.to_id = ? and l.kind = 'change-for' order by t.number`, [id],
  );

  test('INC-23 a change request at intake is a linked change in the same step', async () => {
    const told = await acme.incident({ level: 'LV4', sendElsewhere: { process: 'change-request', reason: 'They want another printer.' } });
    expect([(await told.facts()).closureCode, (await changesFor(told.id)).map(({ category, source, state }) => [category, source, state])]).toEqual(['other-process', [['general', 'customer', 'draft']]]);
    const complaint = await acme.incident({ level: 'LV4', sendElsewhere: { process: 'complaint', reason: 'They are not content.' } });
    expect(await changesFor(complaint.id)).toEqual([]);
  });

  test('INC-14 for an LV2 it is an emergency change, by somebody who may raise one; another category is refused', async () => {
    const told = await acme.incident({ level: 'LV2' });
    const ask = { title: 'Swap the card', description: 'The card is broken.', type: 'system' };
    await expect(told.tell('serviceManager', raiseChangeFor, { ...ask, category: 'general' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'category' });
    await expect(told.tell('engineer', raiseChangeFor, ask)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await told.tell('serviceManager', raiseChangeFor, ask);
    expect((await changesFor(told.id)).map(({ category, source }) => [category, source])).toEqual([['emergency', 'incident']]);
    const lv3 = await acme.incident({ level: 'LV3' });
    await lv3.tell('engineer', raiseChangeFor, ask);
    expect((await changesFor(lv3.id)).map(({ category }) => category)).toEqual(['general']);
  });

  test('INC-14 noted as made, the incident closes only once a change records it and owes nothing', async () => {
    const told = await solved('LV3');
    await told.tell('engineer', noteChange, { text: 'Swapped the card.' });
    await expect(told.tell('desk', close, { closureCode: 'successful' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'changeId' });
    await told.tell('engineer', raiseChangeFor, { title: 'Swap the card', description: 'The card was broken.', type: 'system' });
    await told.tell('desk', close, { closureCode: 'successful' });
    expect((await told.facts()).state).toBe('closed');
  });
});

test('ORG-05 the trail of all of this is whole', async () => {
  expect(await story.auditProblems()).toEqual([]);
});
