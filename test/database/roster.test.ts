import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { createPerson } from '../../server/src/features/access/access-people.service.ts';
import { onCallNow, onDutyNow } from '../../server/src/features/team/team.queries.ts';
import { addShift, addTeamMember, createTeam, removeShift, removeTeamMember, updateTeam } from '../../server/src/features/team/team.service.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, close } = await openDatabase();
afterAll(close);

const admin = SYSTEM('test');
const at = (local: string) => Date.parse(`2026-03-02T${local}+08:00`);
const limitedTo = (role: string, teamId: string | null): Actor => ({ ...admin, kind: 'person', name: role, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId }] });
let duty: string;
let desk: string;
let li: string;
let wang: string;

beforeAll(async () => {
  duty = (await createTeam(database, admin, { key: 'duty', name: '7×24 team', nameZh: '7×24 值班组', line: 1, purpose: 'duty' })).id;
  desk = (await createTeam(database, admin, { key: 'desk', name: 'Desk', nameZh: '服务台', line: 1, purpose: 'desk' })).id;
  li = (await createPerson(database, admin, { name: 'Li Na', email: 'li@example.com', phone: '021-1' })).id;
  wang = (await createPerson(database, admin, { name: 'Wang Wei', email: 'wang@example.com' })).id;
  for (const personId of [li, wang]) await addTeamMember(database, admin, { teamId: duty, personId });
  await addShift(database, admin, { teamId: duty, personId: li, startsAt: at('08:00:00'), endsAt: at('20:00:00'), leader: true });
  await addShift(database, admin, { teamId: duty, personId: wang, startsAt: at('08:00:00'), endsAt: at('12:00:00') });
});

describe('ORG-02 who is on call', () => {
  const names = async (local: string) => (await onCallNow(database.em, at(local))).map(({ person }) => person);

  test('ORG-02 a shift begins at its first instant and is over at its end, the leader comes first', async () => {
    expect(await names('07:59:59.999')).toEqual([]);
    expect(await names('08:00:00')).toEqual(['Li Na', 'Wang Wei']);
    expect(await names('11:59:59.999')).toEqual(['Li Na', 'Wang Wei']);
    expect(await names('12:00:00')).toEqual(['Li Na']);
    expect(await names('20:00:00')).toEqual([]);
    expect((await onCallNow(database.em, at('09:00:00')))[0]).toEqual({
      teamId: duty, team: '7×24 team', teamZh: '7×24 值班组', personId: li, person: 'Li Na', phone: '021-1', leader: true, until: at('20:00:00'),
    });
  });

  test('D-13 only the person on call in the 7×24 team acts as desk', async () => {
    expect([await onDutyNow(database.em, li, at('19:59:59')), await onDutyNow(database.em, li, at('20:00:00')), await onDutyNow(database.em, newId(), at('09:00:00'))]).toEqual([true, false, false]);
  });

  test('ORG-02 shifts that touch are fine, shifts that overlap are not', async () => {
    const night = { teamId: duty, personId: li, endsAt: at('23:00:00') };
    await expect(addShift(database, admin, { ...night, startsAt: at('19:59:59') })).rejects.toMatchObject({ code: 'NOT_UNIQUE' });
    const shift = await addShift(database, admin, { ...night, startsAt: at('20:00:00') });
    expect(await names('20:00:00')).toEqual(['Li Na']);
    await removeShift(database, admin, shift.id);
    expect(await names('20:00:00')).toEqual([]);
    await expect(removeShift(database, admin, shift.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(addShift(database, admin, { ...night, startsAt: at('23:00:00') })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
    await expect(addShift(database, admin, { ...night, teamId: desk, startsAt: at('21:00:00') })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'personId' });
  });

  test('ORG-03 a roster grant holds for its team only, an engineer has none', async () => {
    const shift = (teamId: string) => ({ teamId, personId: wang, startsAt: at('13:00:00'), endsAt: at('14:00:00') });
    await expect(addShift(database, limitedTo('service-manager', desk), shift(duty))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(addShift(database, limitedTo('engineer', null), shift(duty))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const added = await addShift(database, limitedTo('service-manager', duty), shift(duty));
    await expect(removeShift(database, limitedTo('service-manager', desk), added.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await removeShift(database, limitedTo('service-manager', duty), added.id)).id).toBe(added.id);
  });
});

describe('ORG-02 teams', () => {
  test('ORG-02 a team is changed on the version that was read, its key is unique, its line 1 to 3', async () => {
    expect(await updateTeam(database, admin, { id: desk, expectedVersion: 1, leadId: li })).toMatchObject({ leadId: li, version: 2, name: 'Desk' });
    await expect(updateTeam(database, admin, { id: desk, expectedVersion: 1, leadId: wang })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await expect(createTeam(database, admin, { key: 'desk', name: 'x', nameZh: 'x', line: 1 })).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'key' });
    for (const line of [0, 4]) await expect(createTeam(database, admin, { key: `line${line}`, name: 'x', nameZh: 'x', line })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
    await expect(updateTeam(database, limitedTo('engineer', null), { id: desk, expectedVersion: 2 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('ORG-02 nobody joins twice, and a customer\'s contact not at all', async () => {
    await expect(addTeamMember(database, admin, { teamId: duty, personId: li })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    const contact = await createPerson(database, admin, { name: 'Contact', email: 'contact@example.com', customerId: newId() });
    await expect(addTeamMember(database, admin, { teamId: duty, personId: contact.id })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await addTeamMember(database, admin, { teamId: desk, personId: li });
    await removeTeamMember(database, admin, { teamId: desk, personId: li });
    await expect(removeTeamMember(database, admin, { teamId: desk, personId: li })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
