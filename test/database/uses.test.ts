import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { endAgreement } from '../../server/src/features/customer/agreement-end.service.ts';
import { setAgreementLines } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createService } from '../../server/src/features/customer/customer-place.service.ts';
import { updateService } from '../../server/src/features/customer/customer-register.service.ts';
import { usesOfCustomer, usesOfService } from '../../server/src/features/customer/customer-uses.queries.ts';
import { updateCustomer } from '../../server/src/features/customer/customer.service.ts';
import { acceptHandedOver, handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { usesOfTeam } from '../../server/src/features/team/team.queries.ts';
import { addShift, createTeam, updateTeam } from '../../server/src/features/team/team.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { addCi, DeskStory } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

let desk: DeskStory;
let admin: Actor;
beforeAll(async () => {
  desk = await DeskStory.start();
  admin = { ...desk.people.desk, name: '韩冰', grants: [{ role: 'administrator', permissions: permissionsOfRole('administrator'), customerId: null, teamId: null }] };
});
afterAll(() => desk.open.close());

const now = (): number => desk.open.time.current;
const row = async (table: string, where: string): Promise<{ id: string; version: number }> => (await desk.database.em.execute<{ id: string; version: number }[]>(`select id, version from ${table} where ${where}`))[0]!;
const close = async (id: string): Promise<void> => { await desk.database.em.execute('update ticket set closed_at = ?::timestamptz where id = ?', [new Date(now()).toISOString(), id]); };

test('WBD-11 ORG-02 a team with open records, waiting handoffs, turns of duty to come or a service stays; the refusal counts them', async () => {
  const incident = await desk.customer('Team case').agreement().incident({ level: 'LV3' });
  const { number } = await incident.ticket();
  const { seniors } = desk.teams;
  await incident.tell('engineer', handOver, { toTeamId: seniors, reason: 'Too deep', tried: 'Everything', requestedAction: 'Find it' });
  await addShift(desk.database, { ...admin, grants: [{ role: 'x', permissions: new Set(['roster.edit' as const]), customerId: null, teamId: null }] }, { teamId: seniors, personId: desk.people.senior.id, startsAt: now() - 3_600_000, endsAt: now() + 3_600_000 });
  await createService(desk.database, admin, { key: 'deep', name: 'Deep', nameZh: '深', secondLineTeamId: seniors });
  expect(await usesOfTeam(desk.database.em, admin, { id: seniors, now: now() })).toEqual([
    { kind: 'ticket', count: 1, names: [number] }, { kind: 'handoff', count: 1, names: [number] }, { kind: 'shift', count: 1, names: ['senior'] }, { kind: 'service', count: 1, names: ['deep'] },
  ]);
  // Who hands over answers for it until it is taken.
  expect(await usesOfTeam(desk.database.em, admin, { id: desk.teams.engineers, now: now() })).toEqual([{ kind: 'handoff', count: 1, names: [number] }]);
  const dissolve = { id: seniors, expectedVersion: 1, active: false };
  await expect(updateTeam(desk.database, admin, dissolve)).rejects.toMatchObject({
    code: 'MOVE_NOT_ALLOWED', field: 'active', message: expect.stringContaining(`1 open record (${number}), 1 waiting handoff (${number}), 1 shift on the roster (senior), 1 service (deep)`),
  });
  await incident.tell('senior', acceptHandedOver, {});
  expect((await usesOfTeam(desk.database.em, admin, { id: seniors, now: now() })).map(({ kind }) => kind)).toEqual(['ticket', 'shift', 'service']);
  await expect(usesOfTeam(desk.database.em, desk.people.engineer, { id: seniors, now: now() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await close(incident.id);
  const service = await row('service', "key = 'deep'");
  await updateService(desk.database, admin, { id: service.id, expectedVersion: service.version, secondLineTeamId: null });
  // Half-open: at its last instant the turn of duty is over.
  await expect(updateTeam(desk.database, admin, dissolve)).rejects.toMatchObject({ detail: { uses: [{ kind: 'shift', count: 1 }] } });
  desk.at('2026-03-02 11:00');
  expect(now()).toBe(shanghai('2026-03-02 11:00'));
  expect(await updateTeam(desk.database, admin, dissolve)).toMatchObject({ active: false, version: 2 });
});

test('WBD-11 an unused team is dissolved, and what is dissolved can still be renamed', async () => {
  const { id } = await createTeam(desk.database, admin, { key: 'idle', name: 'Idle', nameZh: '闲', line: 1 });
  await updateTeam(desk.database, admin, { id, expectedVersion: 1, active: false });
  expect(await updateTeam(desk.database, admin, { id, expectedVersion: 2, active: false, name: 'Gone' })).toMatchObject({ name: 'Gone', active: false });
});

test('WBD-11 AGR-01 a customer with open records or an agreement that has not ended stays', async () => {
  const story = desk.customer('Acme').agreement();
  const incident = await story.incident();
  const { number } = await incident.ticket();
  const id = await story.customerId();
  const leave = { id, expectedVersion: 1, active: false };
  await expect(updateCustomer(desk.database, admin, leave)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'active', message: expect.stringContaining(`1 open record (${number}), 1 agreement (SA Acme)`) });
  await close(incident.id);
  expect(await usesOfCustomer(desk.database.em, admin, { id, now: now() })).toEqual([{ kind: 'agreement', count: 1, names: ['SA Acme'] }]);
  const agreement = await row('agreement', "number = 'SA Acme'");
  await endAgreement(desk.database, admin, { id: agreement.id, expectedVersion: agreement.version, endsAt: now() + 1000, reason: 'They leave' });
  await expect(updateCustomer(desk.database, admin, leave)).rejects.toMatchObject({ detail: { uses: [{ kind: 'agreement' }] } });
  desk.open.time.current += 1000;
  expect(await updateCustomer(desk.database, admin, leave)).toMatchObject({ active: false });
});

test('WBD-11 AGR-06 a service that an open incident or an agreement names stays; its configuration items are told and hold nothing back', async () => {
  const story = desk.customer('Globex').agreement();
  const ci = await addCi(desk, await story.customerId(), 'mail-01');
  const service = await createService(desk.database, admin, { key: 'mail', name: 'Mail', nameZh: '邮件', ciIds: [ci] });
  const agreement = await row('agreement', "number = 'SA Globex'");
  await setAgreementLines(desk.database, admin, { id: agreement.id, expectedVersion: agreement.version, lines: [{ serviceId: service.id }, { serviceId: service.id, department: 'Sales' }] });
  const incident = await story.incident({ serviceId: service.id });
  const { number } = await incident.ticket();
  expect(await usesOfService(desk.database.em, admin, { id: service.id, now: now() })).toEqual([
    { kind: 'ticket', count: 1, names: [number] }, { kind: 'agreement', count: 1, names: ['SA Globex'] }, { kind: 'ci', count: 1, names: ['mail-01'] },
  ]);
  const away = { id: service.id, expectedVersion: 1, active: false };
  await expect(updateService(desk.database, admin, away)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'active' });
  await close(incident.id);
  await setAgreementLines(desk.database, admin, { id: agreement.id, expectedVersion: agreement.version + 1, lines: [] });
  expect(await updateService(desk.database, admin, away)).toMatchObject({ active: false });
});
