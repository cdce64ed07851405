import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { createPerson } from '../../server/src/features/access/access-people.service.ts';
import { auditTrail, checkAudit, redactEvent } from '../../server/src/features/audit/audit.service.ts';
import { onServer } from '../support/on-server.ts';
import { openDatabase, type OpenDatabase } from '../support/open-database.ts';

// A database for each test: every one of them spoils it in another way.
let open: OpenDatabase;
const opened: OpenDatabase[] = [];
const ids: string[] = [];
const admin = SYSTEM('test');
const withRole = (role: string, customerId: string | null = null): Actor => ({ ...admin, kind: 'person', name: role, grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }] });

beforeEach(async () => {
  open = await openDatabase();
  opened.push(open);
  ids.length = 0;
  for (const name of ['Li Na', 'Wang Wei', 'Zhao Min']) ids.push((await createPerson(open.database, admin, { name, email: `${name.replace(' ', '.')}@example.com` })).id);
});
afterAll(async () => {
  for (const { close } of opened) await close();
});

const sql = (statement: string) => onServer(open.url, (client) => client.query(statement));
/** What somebody with the run of the machine can do: triggers do not fire for a replica. */
const behindTheBack = (statement: string) =>
  onServer(open.url, async (client) => {
    await client.query("set session_replication_role = 'replica'");
    await client.query(statement);
  });

describe('ORG-05 the audit trail', () => {
  test('ORG-05 it tells who, when, what and from where, page by page', async () => {
    const page = await auditTrail(open.database, withRole('auditor'), { first: 2 });
    expect(page.events.map(({ seq, type, actor }) => [seq, type, actor.name, actor.origin])).toEqual([[1, 'person.created', 'test', 'test'], [2, 'person.created', 'test', 'test']]);
    expect(page.hasNextPage).toBe(true);
    const rest = await auditTrail(open.database, withRole('auditor'), { first: 2, after: 2 });
    expect([rest.events.map(({ payload }) => payload.after), rest.hasNextPage]).toEqual([
      [{ name: 'Zhao Min', email: 'zhao.min@example.com', phone: null, locale: 'zh-CN', customerId: null, active: true }], false,
    ]);
    const one = await auditTrail(open.database, withRole('auditor'), { subjectId: ids[1] ?? '' });
    expect(one.events.map(({ seq }) => seq)).toEqual([2]);
    expect(one.events[0]?.recordedAt).toBe(open.time.current);
  });

  test('ORG-05 an engineer may not read it, an auditor may not redact it, and a page has at most 100 entries', async () => {
    await expect(auditTrail(open.database, withRole('engineer'), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(redactEvent(open.database, withRole('auditor'), { seq: 1, reason: 'asked for' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(auditTrail(open.database, withRole('auditor'), { first: 101 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
  });

  test('ORG-05 UPDATE, DELETE and TRUNCATE are refused', async () => {
    await expect(sql(`update event_log set type = 'x' where seq = 1`)).rejects.toThrow('append-only');
    await expect(sql(`update event_log set payload = '{}' where seq = 1`)).rejects.toThrow('append-only');
    await expect(sql('delete from event_log where seq = 1')).rejects.toThrow('append-only');
    await expect(sql('truncate event_log')).rejects.toThrow('append-only');
    expect(await checkAudit(open.database)).toMatchObject({ events: 3, findings: [] });
  });

  test.each([
    ['a changed payload', `update event_log set payload = '{"after": {"name": "Nobody"}}' where seq = 2`, { seq: 2, problem: 'payload changed' }],
    ['a changed actor', `update event_log set actor = actor || '{"name": "Nobody"}' where seq = 2`, { seq: 2, problem: 'chain broken' }],
    ['a changed time', `update event_log set occurred_at = occurred_at - interval '1 hour' where seq = 2`, { seq: 2, problem: 'chain broken' }],
    ['another customer', `update event_log set customer_id = gen_random_uuid() where seq = 2`, { seq: 2, problem: 'chain broken' }],
    ['another team', `update event_log set team_ids = '["x"]' where seq = 2`, { seq: 2, problem: 'chain broken' }],
    ['a removed event', 'delete from event_log where seq = 2', { seq: 2, problem: 'missing' }],
    ['a removed tail', 'delete from event_log where seq = 3', { seq: 4, problem: 'tail missing' }],
    ['an entry behind the head', `insert into event_log select 4, type, subject_kind, subject_id, ticket_id, customer_id, team_ids, actor, occurred_at, recorded_at, payload, redacted, payload_digest,
      event_digest(digest, 4, type, subject_kind, subject_id::text, ticket_id::text, customer_id::text, team_ids, actor, occurred_at, recorded_at, payload_digest) from event_log where seq = 3`, { seq: 4, problem: 'added behind the head' }],
    ['a last entry written anew', `update event_log set type = 'person.left', digest = event_digest((select digest from event_log where seq = 2), seq, 'person.left', subject_kind, subject_id::text, ticket_id::text,
      customer_id::text, team_ids, actor, occurred_at, recorded_at, payload_digest) where seq = 3`, { seq: 3, problem: 'differs from the head' }],
    ['a secret redaction', `update event_log set payload = '{"redacted": "hush"}', redacted = true where seq = 2`, { seq: 2, problem: 'redacted without an entry' }],
  ])('ORG-05 %s, made in the database by a superuser, is found', async (_, statement, finding) => {
    await behindTheBack(statement);
    const { findings } = await checkAudit(open.database);
    expect(findings[0]?.problem).toBe(finding.problem);
    if (finding.problem !== 'tail missing') expect(findings[0]?.seq).toBe(finding.seq);
  });

  test('ORG-05 a redaction erases the payload, keeps the chain whole, and is an entry itself', async () => {
    await redactEvent(open.database, withRole('administrator'), { seq: 2, reason: 'Asked for by the person' });
    const { events } = await auditTrail(open.database, withRole('auditor'), {});
    expect(events.map(({ seq, type, redacted }) => [seq, type, redacted])).toEqual([
      [1, 'person.created', false], [2, 'person.created', true], [3, 'person.created', false], [4, 'event.redacted', false],
    ]);
    expect(events[1]?.payload).toEqual({ redacted: 'Asked for by the person' });
    expect(await checkAudit(open.database)).toMatchObject({ events: 4, findings: [] });
    await behindTheBack(`update event_log set payload = '{"redacted": "Nothing was asked"}' where seq = 2`);
    expect((await checkAudit(open.database)).findings).toEqual([{ seq: 2, problem: 'redacted without an entry' }]);
    await expect(redactEvent(open.database, withRole('administrator'), { seq: 2, reason: 'again' })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await expect(redactEvent(open.database, withRole('administrator'), { seq: 9, reason: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(redactEvent(open.database, withRole('administrator'), { seq: 1, reason: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD' });
  });

  test('ORG-05 a tail cut off and a chain written anew, the head with them, are found by a head that was kept elsewhere', async () => {
    const { head } = await checkAudit(open.database);
    expect(head.seq).toBe(3);
    expect((await checkAudit(open.database, [head])).findings).toEqual([]);
    await behindTheBack(`delete from event_log where seq = 3; update event_log_head set seq = 2, digest = (select digest from event_log where seq = 2)`);
    expect((await checkAudit(open.database)).findings).toEqual([]);
    expect((await checkAudit(open.database, [head])).findings).toEqual([{ seq: 3, problem: `tail missing: a kept head of ${head.at} is at 3` }]);
    await createPerson(open.database, admin, { name: 'Sun Li', email: 'sun.li@example.com' });
    expect((await checkAudit(open.database, [head])).findings).toEqual([{ seq: 3, from: 1, problem: `changed: differs from the kept head of ${head.at}` }]);
  });

  test('ORG-05 what is committed while the trail is checked is no fault of it', async () => {
    let writing = true;
    const writers = Array.from({ length: 3 }, async (_, writer) => {
      for (let turn = 0; writing; turn += 1) await createPerson(open.database, admin, { name: 'Sun Li', email: `sun.${writer}.${turn}@example.com` });
    });
    for (let look = 0; look < 60; look += 1) expect((await checkAudit(open.database)).findings).toEqual([]);
    writing = false;
    await Promise.all(writers);
  });
});
