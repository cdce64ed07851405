// @vitest-environment node
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { knock } from './knock.ts';

const endings: (() => unknown)[] = [];
afterEach(() => endings.splice(0).forEach((end) => end()));

async function server(answer: RequestListener): Promise<string> {
  const http = createServer(answer);
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  endings.push(() => http.close(), () => http.closeAllConnections());
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
}

/** Knocks until it is answered; tells how many requests it took. */
async function until(answer: (turn: number) => RequestListener): Promise<{ readonly turns: number; readonly path: string | undefined }> {
  let turns = 0;
  let path: string | undefined;
  const url = await server((request, response) => {
    path = request.url;
    turns += 1;
    void answer(turns)(request, response);
  });
  await new Promise<void>((answered) => endings.push(knock(url, answered)));
  return { turns, path };
}

test('WBD-02 a server that is there is found by its first knock, which asks for its health', async () => {
  expect(await until(() => (_request, response) => void response.end('{}'))).toEqual({ turns: 1, path: '/healthz' });
});

test('WBD-02 a knock that nobody answers is overtaken by the next', async () => {
  const silent: RequestListener = () => {};
  expect(await until((turn) => (turn < 3 ? silent : (_request, response) => void response.end('{}')))).toMatchObject({ turns: 3 });
});

test('WBD-02 what a proxy says for a server that is gone is no answer', async () => {
  expect(await until((turn) => (_request, response) => void response.writeHead(turn < 2 ? 502 : 404).end())).toMatchObject({ turns: 2 });
});

test('WBD-02 a knock that is stopped asks no more and never answers', async () => {
  const waiting: (() => unknown)[] = [];
  const asked = Promise.withResolvers<void>();
  const url = await server((_request, response) => {
    waiting.push(() => response.end('{}'));
    asked.resolve();
  });
  let answered = 0;
  const stop = knock(url, () => { answered += 1; });
  await asked.promise;
  stop();
  waiting.forEach((answer) => answer());
  const later = await fetch(url.replace(/^ws/, 'http'), { signal: AbortSignal.timeout(1200) }).catch(() => 'silent');
  expect([answered, waiting.length, later]).toEqual([0, 2, 'silent']);
});
