import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { Draw } from '../../support/process-model-draw.ts';
import type { Heard, Written } from './feed-order.ts';
import { VisiblePrefix } from './visible-prefix.ts';

interface Volume {
  readonly writers: number;
  readonly rows: number;
  readonly mostDelayMs: number;
}

/**
 * The feed that must not be: numbers come from a sequence when a row is written, commits come when they come, and the reader asks for
 * "id > last". What it was told and what the writers were promised, for the same checker.
 */
export async function naiveFeed(url: string, volume: Volume): Promise<{ written: Written[]; heard: Heard[]; seen: readonly string[] }> {
  const clients = await Promise.all(Array.from({ length: volume.writers + 1 }, () => connected(url)));
  const [reader, ...writers] = clients;
  try {
    await reader!.query('create table naive_outbox (id bigserial primary key, mark text not null, place int not null)');
    const prefix = await VisiblePrefix.watch(url, { table: 'naive_outbox', numbers: 'id', from: 0 });
    const all: Written[] = [];
    const writing = Promise.all(writers.map((client, number) => write(client, { all, number, volume }))).then(() => 'over');
    const heard = await follow(reader!, writing);
    await prefix.end();
    return { written: all, heard, seen: prefix.findings };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function write(client: Client, { all, number, volume }: { all: Written[]; number: number; volume: Volume }): Promise<void> {
  const draw = new Draw(number);
  for (let turn = 0; turn < volume.rows / volume.writers; turn += 1) {
    const mark = `${number}-${turn}`;
    await client.query('begin');
    const readyAt = performance.now();
    await client.query('insert into naive_outbox (mark, place) values ($1, 0)', [mark]);
    await wait(draw.next() * volume.mostDelayMs);
    await client.query('commit');
    all.push({ mark, rows: 1, readyAt, acknowledgedAt: performance.now() });
  }
}

async function follow(reader: Client, writing: Promise<string>): Promise<Heard[]> {
  const heard: Heard[] = [];
  let last = 0;
  for (let over = false; ;) {
    const { rows } = await reader.query<{ id: number; mark: string; row: number }>('select id::float8 as id, mark, place as row from naive_outbox where id > $1 order by id', [last]);
    heard.push(...rows.map(({ mark, row }) => ({ mark, row })));
    last = rows.at(-1)?.id ?? last;
    if (over) return heard;
    over = (await Promise.race([writing, wait(2, 'writing')])) === 'over';
  }
}
