import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { closeCase, dropCase, enterNumber, noteUpdate, openVendorCase, VENDOR_CASE_CONSUMER } from '../../server/src/features/vendor/vendor-case.service.ts';
import { addVendor, changeVendor } from '../../server/src/features/vendor/vendor.service.ts';
import { vendorCases } from '../../server/src/features/vendor/vendor.queries.ts';
import { VendorCaseEntity, type VendorCase } from '../../server/src/features/vendor/vendor.entity.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { Level } from '../../server/src/features/service-level/service-level.rules.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const { database } = story;
const acme = story.customer('Acme').agreement();
const { serviceManager, engineer } = story.people;
const departmentManager: Actor = { ...serviceManager, name: 'departmentManager', grants: [{ role: 'department-manager', permissions: permissionsOfRole('department-manager'), customerId: null, teamId: null }] };
const vendorId = await addVendor(database, departmentManager, { name: 'Huawei', products: ['Switch', 'Storage'], contact: 'Ms Li' });

const catchUp = async (): Promise<void> => {
  while (await consumeOnce(database, VENDOR_CASE_CONSUMER)) { /* until it has caught up */ }
};
const casesOf = (incident: IncidentInDatabase): Promise<VendorCase[]> => database.em.find(VendorCaseEntity, { ticketId: incident.id }, { orderBy: { openedAt: 'asc' } });
const facts = (more = {}) => ({ vendorId, product: 'Switch', caseNumber: newId(), ...more });

async function owed(): Promise<{ incident: IncidentInDatabase; row: VendorCase }> {
  const incident = await (await acme.incident({ level: 'LV1' })).look('2026-03-02 18:01');
  await catchUp();
  const [row] = await casesOf(incident);
  return { incident, row: row! };
}

describe('VND-05 demanded by an escalation', () => {
  test.each<[Level, string, string[]]>([
    // A step fires after its instant (D-08). Step 2 of an LV1 is a bridge call, and step 1 of an LV2 the technical manager: neither demands a case.
    ['LV1', '2026-03-02 18:00', []], ['LV1', '2026-03-02 18:01', ['escalation-1']], ['LV1', '2026-03-02 22:01', ['escalation-1']],
    ['LV2', '2026-03-03 22:00', []], ['LV2', '2026-03-03 22:01', ['escalation-2']], ['LV3', '2026-03-30 22:00', []],
  ])('VND-05 %s at %s: owed for %j', async (level, at, steps) => {
    const incident = await (await acme.incident({ level })).look(at);
    await catchUp();
    await catchUp();
    const rows = await casesOf(incident);
    const escalations = await incident.escalations();
    expect(rows.map(({ escalationId, state, caseNumber }) => [escalations.find(({ id }) => id === escalationId)?.step, state, caseNumber])).toEqual(steps.map((step) => [step, 'number-owed', null]));
  });

  test('VND-05 a step raised early demands it too, and the threshold later does not demand it again; one raised by hand demands none', async () => {
    const incident = await acme.incident({ level: 'LV1' });
    await incident.tell('engineer', escalate, { step: 'manual', reason: 'Urgent', to: [] });
    await incident.tell('engineer', escalate, { step: 'escalation-1', reason: 'It will be late', to: [] });
    await incident.look('2026-03-02 19:00');
    await catchUp();
    expect(await casesOf(incident)).toHaveLength(1);
    expect((await incident.events()).filter(({ type }) => type === 'vendorCase.demanded')).toHaveLength(1);
  });

  test('VND-05 it stays owed until the number is entered, first in the list, and cannot be closed or dropped meanwhile', async () => {
    const { row } = await owed();
    const command = { id: row.id, expectedVersion: 1 };
    expect((await vendorCases(database.em, serviceManager, { states: ['number-owed', 'open'], ticketId: null, first: 100 }))[0]!.state).toBe('number-owed');
    await expect(closeCase(database, serviceManager, { ...command, result: 'Done' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', detail: { allowed: ['enter-number', 'drop'] } });
    await expect(dropCase(database, serviceManager, { ...command, reason: 'Not needed' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', message: expect.stringContaining('still open') });
    await expect(enterNumber(database, engineer, { ...command, ...facts() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(enterNumber(database, serviceManager, { ...command, ...facts({ caseNumber: ' ' }) })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'caseNumber' });
    await enterNumber(database, serviceManager, { ...command, ...facts({ caseNumber: 'SR-1', nextUpdateAt: shanghai('2026-03-03 09:00') }) });
    expect(await database.em.findOneOrFail(VendorCaseEntity, { id: row.id })).toMatchObject({ state: 'open', caseNumber: 'SR-1', numberEnteredBy: 'serviceManager', numberEnteredAt: shanghai('2026-03-02 18:01'), version: 2 });
    await expect(enterNumber(database, serviceManager, { id: row.id, expectedVersion: 2, ...facts() })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('VND-05 once the incident is closed, an owed case may go with a reason', async () => {
    const { incident, row } = await owed();
    await database.em.execute('update ticket set closed_at = now() where id = ?', [incident.id]);
    await expect(dropCase(database, serviceManager, { id: row.id, expectedVersion: 1, reason: '' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await dropCase(database, serviceManager, { id: row.id, expectedVersion: 1, reason: 'Solved before the vendor was asked' });
    expect((await database.em.findOneOrFail(VendorCaseEntity, { id: row.id })).state).toBe('dropped');
  });

  test('VND-05 of twenty who enter a number at once one goes through', async () => {
    const { row } = await owed();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => enterNumber(database, serviceManager, { id: row.id, expectedVersion: 1, ...facts() })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await database.em.findOneOrFail(VendorCaseEntity, { id: row.id })).version).toBe(2);
  });
});

describe('VND-05 by hand', () => {
  test('VND-05 opened for an open incident, noted, closed with a result; each is in the incident\'s history', async () => {
    const incident = await acme.incident();
    const id = await openVendorCase(database, serviceManager, { ticketId: incident.id, ...facts() });
    await noteUpdate(database, serviceManager, { id, expectedVersion: 1, text: 'They look into it', nextUpdateAt: shanghai('2026-03-02 12:00') });
    await expect(noteUpdate(database, serviceManager, { id, expectedVersion: 2, text: 'x', nextUpdateAt: shanghai('2026-03-02 10:00') })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'nextUpdateAt' });
    await expect(closeCase(database, serviceManager, { id, expectedVersion: 1, result: 'Patched' })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await closeCase(database, serviceManager, { id, expectedVersion: 2, result: 'Patched' });
    await expect(noteUpdate(database, serviceManager, { id, expectedVersion: 3, text: 'x' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    expect((await incident.events()).map(({ type }) => type).filter((type) => type.startsWith('vendorCase'))).toEqual(['vendorCase.opened', 'vendorCase.updated', 'vendorCase.closed']);
  });

  test('VND-05 a product that the vendor has not, a number taken twice, a closed record and a foreign one are refused', async () => {
    const incident = await acme.incident();
    await expect(openVendorCase(database, serviceManager, { ticketId: incident.id, ...facts({ product: 'Mainframe' }) })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'product', message: expect.stringContaining('Switch, Storage') });
    await openVendorCase(database, serviceManager, { ticketId: incident.id, ...facts({ caseNumber: 'SR-77' }) });
    await expect(openVendorCase(database, serviceManager, { ticketId: incident.id, ...facts({ caseNumber: 'SR-77' }) })).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'caseNumber' });
    await expect(openVendorCase(database, serviceManager, { ticketId: newId(), ...facts() })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'ticketId' });
    await expect(openVendorCase(database, engineer, { ticketId: incident.id, ...facts() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await database.em.execute('update ticket set closed_at = now() where id = ?', [incident.id]);
    await expect(openVendorCase(database, serviceManager, { ticketId: incident.id, ...facts() })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'ticketId' });
    await expect(vendorCases(database.em, story.contactOf(await acme.customerId()), { states: ['open'], ticketId: null, first: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('VND-05 the register: names are unique, a vendor that is not active gets no new cases', async () => {
    await expect(addVendor(database, departmentManager, { name: 'Huawei', products: ['X'] })).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'name' });
    await expect(addVendor(database, departmentManager, { name: 'Nobody', products: [] })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'products' });
    const id = await addVendor(database, departmentManager, { name: 'Dell', products: ['Server'] });
    await changeVendor(database, departmentManager, { id, expectedVersion: 1, name: 'Dell', products: ['Server', 'Array'], active: false });
    await expect(changeVendor(database, departmentManager, { id, expectedVersion: 1, name: 'Dell', products: ['Server'], active: true })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    const incident = await acme.incident();
    await expect(openVendorCase(database, serviceManager, { ticketId: incident.id, vendorId: id, product: 'Server', caseNumber: '1' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'vendorId' });
  });
});
