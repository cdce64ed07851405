import { afterAll, describe, expect, test } from 'vitest';
import { FEATURES } from '../../server/src/app/features.ts';
import { startServer } from '../../server/src/app/server.ts';
import { RecordsView } from '../../server/src/features/board/record-feed.service.ts';
import { TICKET_KINDS } from '../../server/src/features/ticket/ticket.rules.ts';
import { readAttachment } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { Refusal } from '../../server/src/kernel/refusal.ts';
import { authorityWorld } from '../support/authority-world.ts';

const { story, actors, acme } = await authorityWorld();
const { database } = story;
const { url } = story.desk.open;
const server = await startServer({ databaseUrl: url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
afterAll(async () => {
  await server.close();
  await story.desk.open.close();
});

const DOWNLOADS = FEATURES.flatMap(({ downloads }) => downloads ?? []);
/** How each is asked for what is Acme's. */
const ASKED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'cmdb-register': { kind: 'ci', format: 'csv', lang: 'en' }, 'ci-status-report': { id: acme['CiStatusReportView'] ?? '', format: 'csv', lang: 'en' },
  'article-file': { id: acme['Attachment'] ?? '' }, metrics: { section: 'changes', format: 'csv' }, 'change-report': { month: '2026-02', format: 'csv' },
  'customer-report': { customer: acme['Customer'] ?? '', period: '2026-03', format: 'csv' }, 'metric-records': { figure: 'incident-count', period: '2026-03', lang: 'en' },
};

/** The file's text, or the code of the refusal. */
async function fetched(actor: Actor | null, name: string, query: Readonly<Record<string, string>>): Promise<string> {
  const download = DOWNLOADS.find((one) => one.name === name);
  try {
    const file = await download!.make({ database, actor, origin: 'test', loaders: new Map(), locale: 'en', nodeKinds: [] }, query);
    if ('content' in file) return Buffer.from(file.content).toString();
    return (await Array.fromAsync(file.pieces)).join('');
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

test('ORG-03 every download is asked for here', () => {
  expect(DOWNLOADS.map(({ name }) => name).toSorted()).toEqual(Object.keys(ASKED).toSorted());
});

describe.each(Object.entries(ASKED))('ORG-03 the download %s', (name, query) => {
  test('ORG-03 nobody is asked to sign in, over HTTP with 401', async () => {
    expect(await fetched(null, name, query)).toBe('UNAUTHENTICATED');
    expect((await fetch(`${server.url}/downloads/${name}?${new URLSearchParams(query)}`)).status).toBe(401);
  });

  test('ORG-03 a customer and whoever works for another customer get nothing of Acme, a screen nothing at all', async () => {
    for (const who of ['stranger', 'limited'] as const) expect(await fetched(actors[who], name, query)).not.toMatch(/Acme/);
    expect(await fetched(actors.screen, name, query)).toMatch(/^(FORBIDDEN|NOT_FOUND)$/);
  });
});

test('ORG-03 who may see it gets it: the register and the status report name Acme', async () => {
  expect(await fetched(actors.staff, 'cmdb-register', ASKED['cmdb-register']!)).toContain('Acme HIDDEN server');
  expect(await fetched(actors.contact, 'cmdb-register', ASKED['cmdb-register']!)).toContain('Acme HIDDEN server');
  expect(await fetched(actors.contact, 'ci-status-report', ASKED['ci-status-report']!)).not.toMatch(/^(FORBIDDEN|NOT_FOUND)$/);
  expect(await fetched(actors.contact, 'customer-report', ASKED['customer-report']!)).toContain('incident-count');
  expect(await fetched(actors.contact, 'metric-records', ASKED['metric-records']!)).toBe('FORBIDDEN');
  expect((await fetched(actors.staff, 'metric-records', ASKED['metric-records']!)).match(/Acme SECRET outage/g)?.length).toBe(3);
});

test('ORG-03 a paper of a change is for those who may read the change', async () => {
  const read = async (actor: Actor): Promise<string> => {
    try {
      return (await readAttachment(database, actor, acme['Attachment'] ?? '')).name;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  };
  expect([await read(actors.contact), await read(actors.stranger), await read(actors.limited), await read(actors.screen)]).toEqual(['Acme SECRET.pdf', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  expect((await fetch(`${server.url}/attachments/${acme['Attachment']}`)).status).toBe(401);
});

const KEYS = { incident: 'Incident', change: 'Change', problem: 'Problem', release: 'Release' } as const;

test.each(TICKET_KINDS)('LIV-05 the stream of a %s is not opened for who may not see it, and does not tell of it', async (kind) => {
  const id = acme[KEYS[kind]] ?? '';
  const opened = (actor: Actor, one: string | null): Promise<RecordsView | string> => RecordsView.of(database, actor, kind, one).catch((error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)));
  const outsider = kind === 'problem' ? 'FORBIDDEN' : 'NOT_FOUND';
  expect([await opened(actors.stranger, id), await opened(actors.limited, id), await opened(actors.screen, id)]).toEqual([outsider, 'NOT_FOUND', 'FORBIDDEN']);
  const happened = { ticketId: id, subjectId: id, subjectKind: kind, customerId: acme['Customer'] ?? '' } as Parameters<RecordsView['concerns']>[0];
  const hears = async (actor: Actor): Promise<boolean> => {
    const view = await opened(actor, null);
    return typeof view !== 'string' && view.concerns(happened);
  };
  expect([await hears(actors.staff), await hears(actors.limited), await hears(actors.stranger)]).toEqual([true, false, false]);
});
