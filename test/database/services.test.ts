import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { calendarsFor } from '../../server/src/features/calendar/calendar.service.ts';
import { CiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { createAgreement, setAgreementLines } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createService } from '../../server/src/features/customer/customer-place.service.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { TicketEntity } from '../../server/src/features/ticket/ticket.entity.ts';
import { findServices } from '../../server/src/features/customer/customer.queries.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { createTeam } from '../../server/src/features/team/team.service.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase();
afterAll(close);

const actor = SYSTEM('test');
const DAY = 86_400_000;
const ids = { customer: '', agreement: '', firstLine: '', general: '', mail: '', erp: '', ci: newId() };

beforeAll(async () => {
  await seedPolicy(database);
  ids.firstLine = (await createTeam(database, actor, { key: 'mail-first', name: 'Mail first line', nameZh: '邮件一线', line: 1 })).id;
  ids.general = (await createTeam(database, actor, { key: 'engineers', name: 'Engineers', nameZh: '工程师组', line: 1, purpose: 'engineers' })).id;
  const em = database.em;
  em.persist(em.create(CiEntity, { id: ids.ci, externalId: null, class: 'device', name: 'mail-01', status: 'active', customerId: null, ownerName: null, site: null, attributes: {}, createdAt: time.current, updatedAt: time.current, version: 1 }));
  await em.flush();
  ids.mail = (await createService(database, actor, { key: 'mail', name: 'Mail', nameZh: '邮件', firstLineTeamId: ids.firstLine, ciIds: [ids.ci] })).id;
  ids.erp = (await createService(database, actor, { key: 'erp', name: 'ERP', nameZh: 'ERP' })).id;
  ids.customer = (await createCustomer(database, actor, { name: 'Acme', fullName: 'Acme Ltd', timeZone: 'Asia/Shanghai' })).id;
  const calendarId = (await calendarsFor(database, database.em)).idByKey['5x8']!;
  ids.agreement = (await createAgreement(database, actor, { customerId: ids.customer, number: 'A-1', name: 'Mail only', calendarId, startsAt: time.current - DAY, endsAt: time.current + DAY })).id;
  await setAgreementLines(database, actor, { id: ids.agreement, expectedVersion: 1, lines: [{ serviceId: ids.mail }] });
});

const report = { title: 'down', description: 'it is down', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV3' as const };

test('AGR-06 the catalogue names what a service depends on and who supports it; a customer sees what an agreement covers', async () => {
  const whole = await findServices(database.em, actor, { customerId: null, now: time.current });
  expect(whole.map(({ key }) => key)).toEqual(['erp', 'mail']);
  const covered = await findServices(database.em, actor, { customerId: ids.customer, now: time.current });
  expect(covered).toMatchObject([{ key: 'mail', ciIds: [ids.ci], firstLineTeamId: ids.firstLine }]);
  expect(await findServices(database.em, actor, { customerId: ids.customer, now: time.current + DAY })).toEqual([]);
});

test('AGR-06 INC-05 an LV3 incident goes to the first line of its service, one without a service to the engineers', async () => {
  const teamOf = async (more: object) => {
    const id = await record(database, actor, { ...report, customerId: ids.customer, ...more });
    return (await database.em.findOneOrFail(TicketEntity, { id })).teamId;
  };
  expect(await teamOf({ serviceId: ids.mail })).toBe(ids.firstLine);
  expect(await teamOf({})).toBe(ids.general);
});

test('AGR-06 INC-23 a service that no agreement covers is refused by name of the field, or sent to its own process', async () => {
  const uncovered = { ...report, customerId: ids.customer, serviceId: ids.erp };
  await expect(record(database, actor, uncovered)).rejects.toMatchObject({ code: 'NO_AGREEMENT', field: 'serviceId' });
  const id = await record(database, actor, { ...uncovered, sendElsewhere: { process: 'request-outside-contract', reason: 'not in the contract' } });
  expect((await database.em.findOneOrFail(TicketEntity, { id })).closedAt).not.toBeNull();
});
