import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { ATTACHMENT_LIMITS } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const incident = await desk.open({ customer: 'acme' });
const writer = (await desk.token({ scopes: ['incident.read', 'incident.comment'] })).plain;
const reader = (await desk.token({ scopes: ['incident.read'] })).plain;
const stranger = (await desk.token({ scopes: ['incident.read', 'incident.comment'], customerId: desk.customers.bolt })).plain;

afterAll(async () => {
  await server.close();
  await database.drop();
});

async function send(token: string | null, body: Uint8Array<ArrayBuffer> | string, name = '机房 照片.png', id = incident): Promise<{ status: number; body: { id?: string; errors?: { extensions: { code: string; field: string } }[] } }> {
  const response = await fetch(`${server.url}/attachments?incident=${id}&name=${encodeURIComponent(name)}`, {
    method: 'POST', body, headers: { 'content-type': 'image/png', ...(token && { authorization: `Bearer ${token}` }) },
  });
  return { status: response.status, body: (await response.json()) as never };
}

const refusal = async (answer: ReturnType<typeof send>) => {
  const { status, body } = await answer;
  return [status, body.errors?.[0]?.extensions.code, body.errors?.[0]?.extensions.field];
};

test('INC-03 a photo is kept, listed with its digest, and comes back byte for byte as a download', async () => {
  const bytes = new Uint8Array([137, 80, 78, 71, 0, 255, 1]);
  const { status, body } = await send(writer, bytes);
  expect(status).toBe(201);
  const response = await fetch(`${server.url}/attachments/${body.id}`, { headers: { authorization: `Bearer ${reader}` } });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('机房 照片.png')}`);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  const rows = await server.database.em.execute<object[]>(`select type, payload->'after'->>'name' as name from event_log where ticket_id = ? and type = 'incident.fileAttached'`, [incident]);
  expect(rows).toEqual([{ type: 'incident.fileAttached', name: '机房 照片.png' }]);
});

test('ORG-03 who may not write is refused, who may not see learns nothing, who is nobody signs in first', async () => {
  const { body } = await send(writer, 'log');
  const read = async (token: string) => (await fetch(`${server.url}/attachments/${body.id}`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect([await refusal(send(reader, 'x')), await refusal(send(stranger, 'x')), (await refusal(send(null, 'x'))).slice(0, 2), await read(stranger), await read(reader)])
    .toEqual([[403, 'FORBIDDEN', null], [404, 'NOT_FOUND', 'ticketId'], [401, 'UNAUTHENTICATED'], 404, 200]);
});

test('API-02 an empty file, one too large, one without a name and a foreign id are named; the largest one is taken', async () => {
  const largest = new Uint8Array(ATTACHMENT_LIMITS.bytes);
  expect((await send(writer, largest)).status).toBe(201);
  expect((await send(writer, new Uint8Array(ATTACHMENT_LIMITS.bytes + 1))).status).toBe(413);
  expect([await refusal(send(writer, '')), await refusal(send(writer, 'x', ' ')), await refusal(send(writer, 'x', 'a.txt', 'INC-1'))])
    .toEqual([[400, 'MISSING_FIELD', 'content'], [400, 'MISSING_FIELD', 'name'], [400, 'INVALID_INPUT', 'incident']]);
});
