import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { cloneId, cloneIncidents } from '../harness/cloned-incidents.ts';

/** Each incident is suspended and resumed so often: a history that only grows would be nobody's. */
const CYCLES = 3;

/** An incident in work, and where its writer is with it. */
export interface Place {
  readonly id: string;
  readonly clockIds: readonly string[];
  version: number;
  suspended: boolean;
  spanSeq: number;
  factSeq: number;
  spanId: string;
  suspensionId: string;
  commands: number;
}

export interface PlacePool {
  /** The next incident for a command; throws when all have been used. */
  take(): Place;
  giveBack(place: Place): void;
}

let numbers = 0;

/** Clones of an incident in work, fresh for a round. */
export async function placePool(client: Client, templateId: string, size: number): Promise<PlacePool> {
  const from = numbers;
  numbers += size;
  // Those of the round before are over: a board is of incidents in work.
  await client.query(`update ticket set closed_at = now() where closed_at is null and number like '%-%-%'`);
  await client.query(`update incident set state = 'closed' where state <> 'closed' and ticket_id in (select id from ticket where closed_at is not null)`);
  await client.query(`update clock set state = 'stopped' where state <> 'stopped' and ticket_id in (select id from ticket where closed_at is not null)`);
  await cloneIncidents(client, { templateId, from, to: numbers - 1, shiftMs: '0' });
  await client.query('analyze');
  const { rows } = await client.query<Omit<Place, 'suspended' | 'suspensionId' | 'commands'>>(
    `select t.id, t.version, (select array_agg(c.id order by c.kind, c.id) from clock c where c.ticket_id = t.id) as "clockIds",
       s.seq as "spanSeq", s.id as "spanId", (select max(f.seq) from clock_fact f where f.ticket_id = t.id) as "factSeq"
     from generate_series($1::int, $2::int) n join ticket t on t.id = ${cloneId(templateId, 'n')} join ticket_span s on s.ticket_id = t.id and s.to_at is null`, [from, numbers - 1],
  );
  const free = rows.map((row): Place => ({ ...row, suspended: false, suspensionId: randomUUID(), commands: 0 }));
  return {
    take: () => {
      const place = free.pop();
      if (!place) throw new Error('All incidents of this round have been used; give it more.');
      return place;
    },
    giveBack: (place) => {
      if (place.commands < 2 * CYCLES) free.push(place);
    },
  };
}
