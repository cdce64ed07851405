import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suspend, resume } from '../../server/src/features/incident/incident-pause.service.ts';
import { rateIncident } from '../../server/src/features/incident/incident-satisfaction.service.ts';
import { accept, close, propose } from '../../server/src/features/incident/incident-solve.service.ts';
import { respond, take } from '../../server/src/features/incident/incident-work.service.ts';
import { customerReport, issueCustomerReport, noteCustomerReport } from '../../server/src/features/metrics/customer-report.service.ts';
import { exportCustomerReport } from '../../server/src/features/metrics/metric-export.service.ts';
import { metricsPage } from '../../server/src/features/metrics/metric-page.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import type { RequestContext } from '../../server/src/platform/graphql/context.ts';
import { DeskStory } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start('2026-03-02 10:00');
afterAll(() => story.open.close());
const { database } = story.open;
const system = SYSTEM('test');
let customerId = '';
let contact: Actor;
let stranger: Actor;

/** Three incidents of March on the VIP tier (1 h, 2 h): two kept, one late in both; ratings 5 and 3. */
beforeAll(async () => {
  const acme = story.customer('Acme').agreement('vip');
  customerId = await acme.customerId();
  contact = story.contactOf(customerId);
  stranger = story.contactOf(await story.customer('Borealis').agreement().customerId());
  for (const [index, { answered, solved, score }] of [{ answered: '10:30', solved: '11:30', score: 5 }, { answered: '10:30', solved: '11:30', score: null }, { answered: '11:30', solved: '15:30', score: 3 }].entries()) {
    story.at(`2026-03-0${index + 2} 10:00`);
    const told = await acme.incident({ level: 'LV3', title: `Case ${index + 1}` });
    story.at(`2026-03-0${index + 2} ${answered}`);
    await told.tell('engineer', take, {});
    await told.tell('engineer', respond, { channel: 'phone', reached: true });
    if (index === 2) {
      await told.tell('engineer', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-05 18:00') });
      story.at(`2026-03-0${index + 2} 11:45`);
      await told.tell('engineer', resume, { workLog: 'They called.' });
    }
    story.at(`2026-03-0${index + 2} ${solved}`);
    await told.tell('engineer', propose, { solution: 'Done.', causeClass: 'operation' });
    await told.tell(contact, accept, {});
    await told.tell('desk', close, { closureCode: 'successful' });
    if (score !== null) await rateIncident(database, contact, { id: (await told.ticket()).id, score });
  }
}, 60_000);

const figure = (page: Awaited<ReturnType<typeof customerReport>>, key: string) => page.figures.find((one) => one.key === key)?.values.find(({ part }) => part === null);

describe('WBD-12 SLM-06 the service report of a customer', () => {
  test('MET-03 D-39 says what the metrics page says of that customer, and the targets that the agreement promises', async () => {
    const report = await customerReport(database, contact, { customerId, period: '2026-03' });
    const page = await metricsPage(database, system, 'incidents', { period: '2026-03', periods: 1, customerId });
    for (const key of ['incident-count', 'incident-response', 'incident-resolution', 'incident-satisfaction', 'incident-unrated', 'incident-pending-share']) {
      const { numerator, denominator, value } = page.figures.find(({ definition }) => definition.key === key)!.overall.values[0]!;
      expect(figure(report, key)).toMatchObject({ numerator, denominator, value });
    }
    expect(report.tier).toBe('vip');
    expect(figure(report, 'incident-response')).toMatchObject({ numerator: 2, denominator: 3, value: 66.67, target: { kind: 'within', fromPercent: 100, toPercent: 100 }, met: false });
    expect(figure(report, 'incident-satisfaction')).toMatchObject({ numerator: 1, denominator: 2, value: 50, target: { kind: 'above', percent: 95 }, met: false });
    expect(figure(report, 'incident-unrated')).toMatchObject({ value: 1 });
  });

  test('SLM-06 lists each missed promise with when it was due, when it was met, and what is known of why', async () => {
    const { missed, missedTotal } = await customerReport(database, contact, { customerId, period: '2026-03' });
    expect(missedTotal).toBe(2);
    expect(missed.map(({ title, clock, dueAt, metAt, pendingMinutes, pendingReasons, cause }) => ({ title, clock, dueAt, metAt, pendingMinutes, pendingReasons, cause }))).toEqual([
      { title: 'Case 3', clock: 'response', dueAt: shanghai('2026-03-04 11:00'), metAt: shanghai('2026-03-04 11:30'), pendingMinutes: 15, pendingReasons: ['awaiting-user'], cause: 'operation' },
      { title: 'Case 3', clock: 'resolution', dueAt: shanghai('2026-03-04 13:15'), metAt: shanghai('2026-03-04 15:30'), pendingMinutes: 15, pendingReasons: ['awaiting-user'], cause: 'operation' },
    ]);
  });

  test('MET-03 a period without anything to divide by says so', async () => {
    const empty = await customerReport(database, stranger, { customerId: stranger.customerId ?? '', period: '2026-03' });
    expect(figure(empty, 'incident-response')).toMatchObject({ value: null, reason: 'NOTHING_TO_DIVIDE_BY', target: null });
    expect([empty.tier, empty.missed]).toEqual([null, []]);
  });

  test('ORG-03 is not there for another customer, and not for who may not read figures', async () => {
    await expect(customerReport(database, stranger, { customerId, period: '2026-03' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'customerId' });
    await expect(customerReport(database, story.people.engineer, { customerId, period: '2026-03' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('SLM-06 is issued once, when the period is over, by who may; it reads the same ever after', async () => {
    const input = { customerId, period: '2026-03', remark: 'Steady.' };
    story.at('2026-03-31 23:59');
    await expect(issueCustomerReport(database, story.people.serviceManager, input)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'period' });
    story.at('2026-04-01 00:00');
    for (const who of [contact, story.people.desk]) await expect(issueCustomerReport(database, who, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const before = await customerReport(database, contact, { customerId, period: '2026-03' });
    await issueCustomerReport(database, story.people.serviceManager, input);
    await expect(issueCustomerReport(database, story.people.serviceManager, input)).rejects.toMatchObject({ code: 'ALREADY_DONE', field: 'period' });
    const unrated = await database.em.execute<{ id: string }[]>(`select t.id from ticket t where t.customer_id = ? and not exists (select from satisfaction s where s.ticket_id = t.id)`, [customerId]);
    await database.em.execute(`insert into satisfaction (ticket_id, score, answered_at, answered_by) values (?, 1, '2026-03-20T00:00:00Z', 'late')`, [unrated[0]?.id]);
    const after = await customerReport(database, contact, { customerId, period: '2026-03' });
    expect(after.figures).toEqual(before.figures);
    expect(after.issued).toMatchObject({ remark: 'Steady.', unaltered: true, notes: [] });
    await database.em.execute(`update customer_report set remark = 'Splendid.' where customer_id = ?`, [customerId]);
    expect((await customerReport(database, contact, { customerId, period: '2026-03' })).issued?.unaltered).toBe(false);
  });

  test('SLM-06 a customer disputes beside the report; only the provider corrects', async () => {
    const note = { customerId, period: '2026-03', text: 'Case 3 waited for your vendor.' };
    await expect(noteCustomerReport(database, contact, { ...note, kind: 'correction' })).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'kind' });
    await expect(noteCustomerReport(database, stranger, { ...note, kind: 'dispute' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await noteCustomerReport(database, contact, { ...note, kind: 'dispute' });
    await noteCustomerReport(database, story.people.serviceManager, { ...note, kind: 'correction', text: 'We look into it.' });
    expect((await customerReport(database, contact, { customerId, period: '2026-03' })).issued?.notes.map(({ kind }) => kind)).toEqual(['dispute', 'correction']);
    expect(await story.auditProblems()).toEqual([]);
  });

  test('W17 SLM-06 the files hold the very numbers of the report', async () => {
    const context = { database, actor: contact, locale: 'en' } as unknown as RequestContext;
    const report = await customerReport(database, contact, { customerId, period: '2026-03' });
    const wanted = report.figures.flatMap(({ key, values }) => values.map(({ part, numerator, denominator, value }) => `${key}|${part ?? ''}|${numerator}|${denominator ?? ''}|${value ?? ''}`));
    const file = await exportCustomerReport(context, { customer: customerId, period: '2026-03', format: 'xlsx' });
    const [sheet] = await readXlsxFile(Buffer.from(file.content as Uint8Array));
    const rows = sheet!.data;
    expect(rows.slice(1, 1 + wanted.length).map((row) => `${row[13]}|${row[14] ?? ''}|${row[3]}|${row[4] ?? ''}|${row[5] ?? ''}`)).toEqual(wanted);
    expect(rows.at(-1)?.slice(0, 4)).toEqual([report.missed[1]?.number, 'Case 3', 'LV3', expect.any(String)]);
    await expect(exportCustomerReport({ ...context, actor: stranger } as RequestContext, { customer: customerId, period: '2026-03' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
