import { ENTITIES } from '../../../server/src/app/entities.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { ListenCarrier } from '../../../server/src/platform/live/listen-carrier.ts';
import { WakeUp } from '../../../server/src/platform/live/wake-up.ts';
import type { Started } from './started.ts';

/** A database to write to, which wakes the servers after each commit as a server of ours does, and reads nothing itself. */
export async function openForWriting(started: Started, databaseUrl: string, connections = 8): Promise<Database> {
  const orm = started.ends(await createOrm(databaseUrl, ENTITIES, connections), (opened) => opened.close(true));
  const database = new Database(orm);
  const wakeUp = started.ends(new WakeUp(new ListenCarrier(databaseUrl)), (opened) => opened.close());
  await wakeUp.start(() => undefined);
  database.onCommit(() => wakeUp.send());
  return database;
}
