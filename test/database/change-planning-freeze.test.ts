import { afterAll, describe, expect, test } from 'vitest';
import { cancelFreeze, createFreeze, updateFreeze, type FreezeInput } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { overrideFreeze } from '../../server/src/features/change/change-freeze-override.service.ts';
import { conflictsOfChange, listFreezes, overridesOfChange } from '../../server/src/features/change/change-planning.queries.ts';
import { FreezeWindowEntity } from '../../server/src/features/change/change-planning.entity.ts';
import { changeCalendar } from '../../server/src/features/change/change-calendar.queries.ts';
import { consent } from '../../server/src/features/change/change-approve.service.ts';
import { start } from '../../server/src/features/change/change-implement.service.ts';
import { sendTasks } from '../../server/src/features/change/change-task.service.ts';
import { reschedule, schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { createService } from '../../server/src/features/customer/customer-place.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { ChangeStory, type ChangeInDatabase } from '../support/change-story.ts';
import { addCi } from '../support/desk-story.ts';
import { conflictsOn, dependsOn, follow, scheduledOn } from '../support/planning-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
const { database, customerId, people } = story;
const TEST = SYSTEM('test');
const window = (from: string, to: string) => ({ windowStartAt: shanghai(from), windowEndAt: shanghai(to) });
const ci = (name: string): Promise<string> => addCi(story.desk, customerId, name);
let months = 3;

/** Each test has a month of its own, so that freezes of one do not stop changes of another. */
function month() {
  months += 1;
  const number = months;
  const day = (text: string): string => `${2026 + Math.floor((number - 1) / 12)}-${String(((number - 1) % 12) + 1).padStart(2, '0')}-${text}`;
  return {
    day,
    freeze: (more: Partial<FreezeInput> = {}, by: Actor = people.manager) => createFreeze(database, by, {
      name: `Freeze ${number}`, reason: 'Year end', startsAt: shanghai(day('10 00:00')), endsAt: shanghai(day('20 00:00')), allowedCategories: ['emergency'], ...more,
    }),
  };
}
const ready = async (ciId: string, title = 'Frozen'): Promise<ChangeInDatabase> => (await story.inApproval('general', { title, ciIds: [ciId] })).approveAll('general');
const versionOf = async (id: string): Promise<number> => (await database.em.findOneOrFail(FreezeWindowEntity, { id })).version;
const kinds = async (id: string): Promise<string[]> => (await conflictsOn(story, id)).filter((one) => one.startsWith('freeze'));

describe('FRZ-01 scheduling', () => {
  test('FRZ-01 inside it is refused and says which window and who may override; at its edges it is free', async () => {
    const { day, freeze } = month();
    const id = await freeze();
    const change = await ready(story.ciId);
    const refused = await change.refusal('owner', schedule, window(day('09 23:00'), day('10 00:01')));
    expect(refused).toBe(`FREEZE: The window lies in the freeze "Freeze 4" (2026-04-09T16:00:00Z to 2026-04-19T16:00:00Z: Year end). Choose another window, or have it overridden by a department manager or the change manager, who did not ask for the change.`);
    await expect(change.tell('owner', schedule, window(day('19 23:59'), day('20 02:00')))).rejects.toMatchObject({ code: 'FREEZE', field: 'windowStartAt', detail: { freezes: [{ id }], permission: 'freeze.override' } });
    expect(await change.state()).toBe('approval');
    await change.tell('owner', schedule, window(day('09 22:00'), day('10 00:00')));
    await change.tell('owner', reschedule, window(day('20 00:00'), day('20 02:00')));
    expect(await change.refusal('owner', reschedule, window(day('19 22:00'), day('20 02:00')))).toContain('FREEZE');
    expect((await change.facts()).windowStartAt).toBe(shanghai(day('20 00:00')));
  });

  test('FRZ-01 two freezes are both named', async () => {
    const { day, freeze } = month();
    await freeze({ name: 'First' });
    await freeze({ name: 'Second' });
    const refused = await (await ready(story.ciId)).refusal('owner', schedule, window(day('12 22:00'), day('13 02:00')));
    expect([refused.includes('"First"'), refused.includes('"Second"')]).toEqual([true, true]);
  });

  test('FRZ-01 scoped to a CI it also holds what that rests on; scoped to a service what the service rests on; others go on', async () => {
    const { day, freeze } = month();
    const [frozen, below, other, serving] = [await ci('frozen'), await ci('below'), await ci('other'), await ci('serving')];
    await dependsOn(story, frozen, below);
    const service = await createService(database, TEST, { key: 'erp', name: 'ERP', nameZh: 'ERP', ciIds: [serving] });
    await freeze({ ciIds: [frozen], serviceIds: [service.id] });
    const at = window(day('12 22:00'), day('13 02:00'));
    const answers = [];
    for (const ciId of [frozen, below, serving, other]) answers.push((await (await ready(ciId)).refusal('owner', schedule, at)).slice(0, 6));
    expect(answers).toEqual(['FREEZE', 'FREEZE', 'FREEZE', 'not re']);
  });

  test('FRZ-01 scoped to another customer it does not concern this one', async () => {
    const { day, freeze } = month();
    await freeze({ customerIds: [await story.desk.customer('Elsewhere').agreement().customerId()] });
    expect(await (await ready(story.ciId)).refusal('owner', schedule, window(day('12 22:00'), day('13 02:00')))).toBe('not refused');
  });
});

describe('FRZ-01 overriding', () => {
  test('FRZ-01 a department manager decides, with a reason on record; it holds for that window only', async () => {
    const { day, freeze } = month();
    const freezeId = await freeze();
    const change = await ready(story.ciId);
    const at = window(day('12 22:00'), day('13 02:00'));
    await change.tell('departmentManager', overrideFreeze, { freezeId, reason: 'The relay fails every night', ...at });
    await change.tell('owner', schedule, at);
    expect(await change.state()).toBe('scheduled');
    expect(await kinds(change.id)).toEqual([]);
    expect(await overridesOfChange(database.em, people.owner, change.id)).toMatchObject([{ freeze: { id: freezeId }, reason: 'The relay fails every night', decidedBy: 'departmentManager', windowStartAt: at.windowStartAt }]);
    expect(await change.refusal('owner', reschedule, window(day('12 21:59'), day('13 02:00')))).toContain('FREEZE');
    const decisions = await database.em.execute<{ kind: string; subject: string }[]>('select kind, subject from change_decision where ticket_id = ?', [change.id]);
    expect(decisions).toEqual([{ kind: 'freeze-override', subject: 'Freeze 8' }]);
    expect((await change.events()).some((event) => event.startsWith('change.freezeOverridden'))).toBe(true);
  });

  test('FRZ-01 not by who asked for it, owns it or carries it out, nor by who may not; not without a reason; not where nothing is frozen', async () => {
    const { day, freeze } = month();
    const freezeId = await freeze();
    const change = await ready(story.ciId);
    const at = window(day('12 22:00'), day('13 02:00'));
    expect(await change.refusal('owner', overrideFreeze, { freezeId, reason: 'x', ...at })).toContain('FORBIDDEN');
    await database.em.execute('update change set requester_id = ? where ticket_id = ?', [people.manager.id, change.id]);
    expect(await change.refusal('manager', overrideFreeze, { freezeId, reason: 'x', ...at })).toContain('Nobody lets their own change into a freeze');
    expect(await change.refusal('departmentManager', overrideFreeze, { freezeId, reason: ' ', ...at })).toContain('MISSING_FIELD');
    expect(await change.refusal('departmentManager', overrideFreeze, { freezeId, reason: 'x', ...window(day('20 00:00'), day('20 02:00')) })).toContain('does not stop');
    expect(await change.refusal('departmentManager', overrideFreeze, { freezeId, reason: 'x' })).toContain('MISSING_FIELD');
    const { version } = await change.ticket();
    await expect(overrideFreeze(database, people.departmentManager, { id: change.id, expectedVersion: version - 1, freezeId, reason: 'x', ...at })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    expect(await database.em.execute('select 1 from freeze_override where change_id = ?', [change.id])).toEqual([]);
  });
});

describe('CHG-11 FRZ-01 a freeze that comes later', () => {
  test('CHG-11 opened over a scheduled change it is a conflict of it; moved away or called off it is cleared', async () => {
    const { day, freeze } = month();
    const inside = await scheduledOn(story, 'Inside', { ciIds: [await ci('inside')], from: day('12 22:00'), to: day('13 02:00') });
    const outside = await scheduledOn(story, 'Outside', { ciIds: [await ci('outside')], from: day('20 00:00'), to: day('20 02:00') });
    const id = await freeze({ name: 'Late' });
    expect([await kinds(inside.id), await kinds(outside.id)]).toEqual([['freeze Late'], []]);
    await updateFreeze(database, people.manager, { id, expectedVersion: 1, startsAt: shanghai(day('13 02:00')), endsAt: shanghai(day('20 00:01')) });
    expect([await kinds(inside.id), await kinds(outside.id)]).toEqual([[], ['freeze Late']]);
    await cancelFreeze(database, people.manager, { id, expectedVersion: 2, reason: 'Called off' });
    expect(await kinds(outside.id)).toEqual([]);
    await follow(story);
    const rows = await database.em.execute<{ type: string }[]>(`select type from event_log where ticket_id = ? and payload::text like ? order by seq`, [outside.id, `%${id}%`]);
    expect(rows.map(({ type }) => type)).toEqual(['change.conflictFound', 'change.conflictCleared']);
  });

  test('CHG-11 by CI, by what the CI rests on, by service and by customer the two ways of judging agree', async () => {
    const { day, freeze } = month();
    const [top, bottom, shop, aside] = [await ci('top'), await ci('bottom'), await ci('shop'), await ci('aside')];
    await dependsOn(story, top, bottom);
    const service = await createService(database, TEST, { key: 'shop', name: 'Shop', nameZh: 'Shop', ciIds: [shop] });
    const at = { from: day('12 22:00'), to: day('13 02:00') };
    const changes = [];
    for (const [title, ciId] of [['Top', top], ['Bottom', bottom], ['Shop', shop], ['Aside', aside]] as const) changes.push(await scheduledOn(story, title, { ciIds: [ciId], ...at }));
    await freeze({ name: 'Scoped', ciIds: [top], serviceIds: [service.id], customerIds: [customerId] });
    const stored = [];
    for (const change of changes) stored.push(await kinds(change.id));
    expect(stored).toEqual([['freeze Scoped'], ['freeze Scoped'], ['freeze Scoped'], []]);
    // Judged one by one, as a moved change is, nothing comes or goes.
    for (const change of changes) await change.tell('owner', reschedule, window(at.from, at.to)).catch(() => undefined);
    await follow(story);
    const again = [];
    for (const change of changes) again.push(await kinds(change.id));
    expect(again).toEqual(stored);
  });
});

describe('FRZ-01 starting', () => {
  test('FRZ-01 a scheduled change does not start in a freeze that was opened later, unless it is overridden; an allowed category does', async () => {
    const { day, freeze } = month();
    const at = window(day('12 22:00'), day('13 02:00'));
    const change = await scheduledOn(story, 'Caught', { ciIds: [await ci('caught')], from: day('12 22:00'), to: day('13 02:00') });
    await change.tell('owner', sendTasks, {});
    const freezeId = await freeze();
    story.at(day('12 22:30'));
    expect(await change.refusal('implementer', start, {})).toContain('FREEZE');
    await change.tell('departmentManager', overrideFreeze, { freezeId, reason: 'Agreed with the customer', ...at });
    await change.tell('implementer', start, {});
    expect(await change.state()).toBe('implementing');
    story.at('2026-03-02 10:00');
  });

  test('FRZ-01 an emergency, never scheduled, starts where its category is allowed and not where it is not', async () => {
    const { day, freeze } = month();
    story.at(day('12 22:30'));
    const freezeId = await freeze({ allowedCategories: [] });
    const change = await story.accepted('emergency', { title: 'At once', ciIds: [await ci('at-once')] });
    await change.tell('director', consent, { approved: true });
    expect(await change.refusal('implementer', start, {})).toContain('FREEZE');
    await updateFreeze(database, people.manager, { id: freezeId, expectedVersion: 1, allowedCategories: ['emergency'] });
    await change.tell('implementer', start, {});
    expect(await change.state()).toBe('implementing');
    story.at('2026-03-02 10:00');
  });
});

describe('FRZ-01 keeping them', () => {
  test('API-03 an edit names its version; the same key twice is one freeze', async () => {
    const { day, freeze } = month();
    const input = { name: 'Once', reason: 'x', startsAt: shanghai(day('25 00:00')), endsAt: shanghai(day('26 00:00')), idempotencyKey: 'freeze-0001' };
    const id = await freeze(input);
    expect(await freeze(input)).toBe(id);
    await updateFreeze(database, people.manager, { id, expectedVersion: 1, name: 'Renamed' });
    await expect(updateFreeze(database, people.manager, { id, expectedVersion: 1, name: 'Again' })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    expect(await versionOf(id)).toBe(2);
    expect((await listFreezes(database.em, people.manager, { ids: [id] })).map(({ name, allowedCategories }) => ({ name, allowedCategories }))).toEqual([{ name: 'Renamed', allowedCategories: ['emergency'] }]);
    await cancelFreeze(database, people.manager, { id, expectedVersion: 2, reason: 'No' });
    await expect(updateFreeze(database, people.manager, { id, expectedVersion: 3, name: 'Too late' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  test('API-02 what is wrong is named by field and nothing is kept', async () => {
    const { day, freeze } = month();
    const before = await database.em.count(FreezeWindowEntity, {});
    const start = shanghai(day('10 00:00'));
    await expect(freeze({ endsAt: start })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'endsAt' });
    await expect(freeze({ endsAt: start + 366 * 86_400_000 + 1 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'endsAt' });
    await expect(freeze({ name: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'name' });
    await expect(freeze({ allowedCategories: ['urgent'] })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'allowedCategories' });
    await expect(freeze({ origin: 'whim' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'origin' });
    await expect(freeze({ ciIds: [customerId] })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'ciIds' });
    await expect(freeze({}, people.owner)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await database.em.count(FreezeWindowEntity, {})).toBe(before);
    await freeze({ endsAt: start + 366 * 86_400_000, customerIds: [await story.desk.customer('Long').agreement().customerId()] });
  });

  test('ORG-03 who has the right for one customer freezes that customer only', async () => {
    const { freeze } = month();
    const other = await story.desk.customer('Other one').agreement().customerId();
    const limited: Actor = { ...people.manager, grants: [{ role: 'change-manager', permissions: permissionsOfRole('change-manager'), customerId: other, teamId: null }] };
    await expect(freeze({}, limited)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(freeze({ customerIds: [customerId] }, limited)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await freeze({ customerIds: [other] }, limited);
  });

  test('ORG-03 a customer sees the freezes that hold their changes, not whom else they hold', async () => {
    const { day, freeze } = month();
    const other = await story.desk.customer('Unseen').agreement().customerId();
    await freeze({ name: 'Both', customerIds: [customerId, other] });
    await freeze({ name: 'Theirs', customerIds: [other] });
    const seen = await changeCalendar(database.em, story.contact, { from: shanghai(day('09 00:00')), to: shanghai(day('21 00:00')), customerId: null });
    expect(seen.freezes.filter(({ name }) => name === 'Both' || name === 'Theirs').map(({ name, scope }) => ({ name, customers: scope.customers.length }))).toEqual([{ name: 'Both', customers: 0 }]);
    expect([seen.meetings, (await conflictsOfChange(database.em, story.contact, customerId)).length]).toEqual([[], 0]);
  });
});
