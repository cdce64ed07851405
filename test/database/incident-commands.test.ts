import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { sameIncidents } from '../../server/src/features/incident/incident-same.queries.ts';
import { close } from '../../server/src/features/incident/incident-solve.service.ts';
import { assign, linkCi, linkTicket, log, respond, start, take } from '../../server/src/features/incident/incident-work.service.ts';
import { handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { SiteEntity } from '../../server/src/features/customer/customer.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { addCi, DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();
const { database } = story;
const desk = story.people.desk;
const worked = async (): Promise<IncidentInDatabase> => (await acme.incident({ level: 'LV3' })).tell('engineer', take, {});
const plain = async (more = {}) => ({
  customerId: await acme.customerId(), title: 'Mail is down', description: 'Nobody can send.', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV3' as const, ...more,
});

/** Everything that is stored of the incidents and their trail, to see that nothing changed. */
const everything = async (): Promise<string> => {
  const tables = ['ticket', 'incident', 'ticket_span', 'suspension', 'clock_fact', 'clock', 'clock_firing', 'work_log_entry', 'escalation', 'handoff', 'timer', 'event_log', 'idempotency_key'];
  const rows = await Promise.all(tables.map((table) => database.em.execute<{ rows: string }[]>(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${table} t`)));
  return rows.map(([row], index) => `${tables[index]} ${row!.rows}`).join('\n');
};

describe('API-03 versions', () => {
  test('API-03 the last version is taken, a stale one refused with the current one and nothing changed', async () => {
    const told = await worked();
    const { version } = await told.ticket();
    await start(database, story.people.engineer, { id: told.id, expectedVersion: version });
    const before = await everything();
    await expect(start(database, story.people.engineer, { id: told.id, expectedVersion: version })).rejects.toMatchObject({ code: 'STALE_VERSION', field: 'expectedVersion', detail: { version: version + 1 } });
    expect(await everything()).toBe(before);
  });

  test('API-03 a warning that fires meanwhile does not make a person\'s form stale', async () => {
    const told = await worked();
    const { version } = await told.ticket();
    await told.look('2026-03-02 12:00');
    expect(await told.firings('response')).toEqual(['warning-50 @ 2026-03-02 12:00']);
    await respond(database, story.people.engineer, { id: told.id, expectedVersion: version, channel: 'phone', reached: true });
  });

  test('API-03 a refused command leaves nothing, not even what fell due before it', async () => {
    const told = await worked();
    story.at('2026-03-02 14:30');
    const before = await everything();
    await expect(told.tell('colleague', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-03 10:00') })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(told.tell('engineer', suspend, { category: 'awaiting-user' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'expectedEndAt' });
    expect(await everything()).toBe(before);
  });
});

describe('API-03 idempotency', () => {
  test('API-03 the same key with the same body answers with the first record again', async () => {
    const input = await plain({ idempotencyKey: 'intake-0001' });
    const first = await record(database, desk, input);
    const before = await everything();
    expect(await record(database, desk, { ...input })).toBe(first);
    expect(await everything()).toBe(before);
  });

  test('API-03 with another body it is refused; another person\'s same key is another key', async () => {
    const input = await plain({ idempotencyKey: 'intake-0002' });
    const first = await record(database, desk, input);
    await expect(record(database, desk, { ...input, title: 'Web is down' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' });
    expect(await record(database, story.people.engineer, { ...input, title: 'Web is down' })).not.toBe(first);
  });

  test('API-03 a command that was refused keeps no key: mended, it goes through', async () => {
    const told = await worked();
    const { version } = await told.ticket();
    const input = { id: told.id, expectedVersion: version, category: 'awaiting-user', expectedEndAt: shanghai('2026-03-03 10:00'), idempotencyKey: 'suspend-0001' };
    await expect(suspend(database, story.people.engineer, { ...input, expectedEndAt: null })).rejects.toMatchObject({ code: 'MISSING_FIELD' });
    await suspend(database, story.people.engineer, input);
    // The answer of the first comes back, though the version is stale by now.
    await suspend(database, story.people.engineer, input);
    expect(await story.count('suspension', `ticket_id = '${told.id}'`)).toBe(1);
  });

  test('API-03 fifty retries at once have one effect', async () => {
    const input = await plain({ idempotencyKey: 'intake-0050', title: 'Fifty' });
    const ids = await Promise.all(Array.from({ length: 50 }, () => record(database, desk, input)));
    expect([new Set(ids).size, await story.count('ticket', `title = 'Fifty'`)]).toEqual([1, 1]);
    const told = await worked();
    const { version } = await told.ticket();
    const command = { id: told.id, expectedVersion: version, kind: 'note' as const, text: 'Once', customerVisible: false, idempotencyKey: 'note-0050' };
    await Promise.all(Array.from({ length: 50 }, () => log(database, story.people.engineer, command)));
    expect([await story.count('work_log_entry', `ticket_id = '${told.id}'`), (await told.ticket()).version]).toEqual([1, version + 1]);
  });

  test('API-03 a key of 7 or 201 characters is refused, of 8 and 200 taken', async () => {
    for (const [length, code] of [[7, 'OUT_OF_RANGE'], [201, 'OUT_OF_RANGE']] as const) {
      await expect(record(database, desk, await plain({ idempotencyKey: 'k'.repeat(length) }))).rejects.toMatchObject({ code, field: 'idempotencyKey' });
    }
    for (const length of [8, 200]) await record(database, desk, await plain({ idempotencyKey: 'k'.repeat(length) }));
  });
});

describe('SLA-02 INC-07 commands at the same time', () => {
  test('INC-07 of twenty suspends of one version exactly one goes through', async () => {
    const told = await worked();
    const { version } = await told.ticket();
    const input = { id: told.id, expectedVersion: version, category: 'awaiting-user', expectedEndAt: shanghai('2026-03-03 10:00') };
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => suspend(database, story.people.engineer, input)));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []));
    expect([refused.length, new Set(refused)]).toEqual([19, new Set(['STALE_VERSION'])]);
    expect([await story.count('suspension', `ticket_id = '${told.id}'`), (await told.ticket()).version]).toEqual([1, version + 1]);
    expect((await told.events()).filter(({ type }) => type === 'incident.suspended')).toHaveLength(1);
  });

  test('INC-02 twenty people who each read before they write: the moves happen one after the other, none is lost', async () => {
    const told = await worked();
    const before = (await told.ticket()).version;
    const attempts = Array.from({ length: 20 }, async (_, index) => {
      for (;;) {
        try {
          await told.tell('engineer', log, { kind: 'note', text: `note ${index}`, customerVisible: false });
          return;
        } catch (error) {
          if ((error as { code?: string }).code !== 'STALE_VERSION') throw error;
        }
      }
    });
    await Promise.all(attempts);
    expect([await story.count('work_log_entry', `ticket_id = '${told.id}'`), (await told.ticket()).version]).toEqual([20, before + 20]);
  });

  test('D-31 fifty recorded at once have fifty numbers', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, async () => record(database, desk, await plain({ title: 'Numbers' }))));
    const numbers = await database.em.execute<{ number: string }[]>(`select number from ticket where title = 'Numbers'`);
    expect([new Set(ids).size, new Set(numbers.map(({ number }) => number)).size]).toEqual([50, 50]);
  });
});

describe('ORG-03 another customer\'s record does not exist', () => {
  const contact = async (): Promise<Actor> => story.contactOf(await globex.customerId());

  test('ORG-03 neither for a command nor for a link', async () => {
    const told = await worked();
    const { version } = await told.ticket();
    const before = await everything();
    for (const command of [
      async (actor: Actor) => log(database, actor, { id: told.id, expectedVersion: version, kind: 'note', text: 'Hello', customerVisible: true }),
      async (actor: Actor) => log(database, actor, { id: '00000000-0000-7000-8000-000000000000', expectedVersion: 1, kind: 'note', text: 'Hello', customerVisible: true }),
      async (actor: Actor) => resume(database, actor, { id: told.id, expectedVersion: version, workLog: 'x' }),
    ]) await expect(command(await contact())).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'id' });
    await expect(record(database, await contact(), await plain())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await everything()).toBe(before);
  });

  test('ORG-03 nor as a recurrence, a duplicate, a CI or a site of a new record', async () => {
    const told = await worked();
    const ciId = await addCi(story, await acme.customerId(), 'acme-server');
    const siteId = '018f0000-0000-7000-8000-000000000001';
    await database.change(SYSTEM('story'), async ({ em }) => {
      em.create(SiteEntity, { id: siteId, customerId: await acme.customerId(), name: 'Acme HQ', address: null });
    });
    const before = await everything();
    const mine = { ...(await plain()), customerId: await globex.customerId() };
    for (const [field, id] of [['recurrenceOfId', told.id], ['duplicateOfId', told.id], ['ciId', ciId], ['siteId', siteId], ['serviceId', told.id], ['teamId', told.id]] as const) {
      await expect(record(database, desk, { ...mine, [field]: id })).rejects.toMatchObject({ code: 'NOT_FOUND', field });
    }
    expect(await everything()).toBe(before);
    const other = await globex.incident({ level: 'LV3' });
    await expect(other.tell('desk', linkTicket, { otherId: told.id, kind: 'related' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'otherId' });
    await expect(other.tell('desk', linkCi, { ciId, cause: true })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'ciId' });
    await expect(other.tell('desk', close, { closureCode: 'duplicate', linkedTicketId: told.id })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'linkedTicketId' });
    await expect(told.tell('desk', linkTicket, { otherId: told.id, kind: 'related' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('INC-15 same incident', () => {
  test('INC-15 same customer, source, CI and symptom as far as given, still open; oldest first', async () => {
    const customerId = await acme.customerId();
    const ciId = await addCi(story, customerId, 'mail-1');
    const first = await acme.incident({ level: 'LV3', source: 'Zabbix', symptom: 'No mail', ciId });
    story.at('2026-03-02 10:05');
    const second = await acme.incident({ level: 'LV3', source: 'phone', symptom: 'no mail' });
    await globex.incident({ level: 'LV3', symptom: 'No mail' });
    const closed = await acme.incident({ level: 'LV3', symptom: 'No mail' });
    await closed.tell('desk', close, { closureCode: 'false-alarm', reason: 'A test' });
    const found = async (query: object, actor = desk) => (await sameIncidents(database.em, actor, { customerId, ...query })).map(({ id }) => id);
    expect(await found({ symptom: ' NO MAIL ' })).toEqual([first.id, second.id]);
    expect(await found({ symptom: 'No mail', source: 'zabbix' })).toEqual([first.id]);
    expect(await found({ ciId })).toEqual([first.id]);
    expect(await found({ ciId, symptom: 'No mail', source: 'phone' })).toEqual([]);
    expect(await found({ symptom: 'No web' })).toEqual([]);
    expect([await found({}), await found({ symptom: '  ' }), await found({ source: 'Zabbix' })]).toEqual([[], [], []]);
    expect(await found({ symptom: 'No mail' }, story.contactOf(await globex.customerId()))).toEqual([]);
  });

  test('INC-15 of many at most ten are offered', async () => {
    for (let count = 0; count < 12; count += 1) await acme.incident({ level: 'LV4', symptom: 'Printer jam' });
    expect(await sameIncidents(database.em, desk, { customerId: await acme.customerId(), symptom: 'Printer jam' })).toHaveLength(10);
  });
});

describe('INC-03 INC-04 bad input', () => {
  const refused = async (more: object): Promise<[string, string | null]> => {
    try {
      await record(database, desk, await plain(more));
    } catch (error) {
      const { code, field } = error as { code: string; field: string | null };
      return [code, field];
    }
    return ['taken', null];
  };

  test('INC-01 every word is one of the policy\'s', async () => {
    expect([await refused({ category: 'gossip' }), await refused({ technicalClass: 'magic' }), await refused({ channel: 'pigeon' })])
      .toEqual([['INVALID_INPUT', 'category'], ['INVALID_INPUT', 'technicalClass'], ['INVALID_INPUT', 'channel']]);
  });

  test('INC-03 what is missing or too long is named', async () => {
    expect([await refused({ title: ' ' }), await refused({ title: 'x'.repeat(301) }), await refused({ title: 'x'.repeat(300) }), await refused({ description: 'x'.repeat(20_001) }), await refused({ level: null })])
      .toEqual([['MISSING_FIELD', 'title'], ['TOO_LARGE', 'title'], ['taken', null], ['TOO_LARGE', 'description'], ['MISSING_FIELD', 'impact']]);
  });

  test('INC-04 impact and urgency are 1 to 3', async () => {
    expect([await refused({ level: null, impact: 4, urgency: 1 }), await refused({ level: null, impact: 3, urgency: 3 })]).toEqual([['OUT_OF_RANGE', 'impact'], ['taken', null]]);
  });

  test('INC-03 reported in the future, or occurred after it was reported', async () => {
    const now = shanghai('2026-03-02 10:00');
    expect([await refused({ reportedAt: now + 1 }), await refused({ reportedAt: now }), await refused({ occurredAt: now, reportedAt: now - 1 })])
      .toEqual([['OUT_OF_RANGE', 'reportedAt'], ['taken', null], ['OUT_OF_RANGE', 'occurredAt']]);
  });

  test('HND-01 a handoff says why, what was tried and what is asked for, to a team and a person that are there', async () => {
    const told = await worked();
    const full = { toTeamId: story.teams.seniors, reason: 'a', tried: 'b', requestedAction: 'c' };
    for (const field of ['reason', 'tried', 'requestedAction'] as const) await expect(told.tell('engineer', handOver, { ...full, [field]: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field });
    await expect(told.tell('engineer', handOver, { ...full, toTeamId: told.id })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'toTeamId' });
    await expect(told.tell('engineer', handOver, { ...full, toPersonId: story.people.engineer.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'toPersonId' });
    await told.tell('engineer', handOver, full);
    await expect(told.tell('desk', assign, { holderId: story.people.senior.id })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });
});

test('ORG-05 the trail holds after all the refusals and the crowds', async () => {
  expect(await story.auditProblems()).toEqual([]);
});
