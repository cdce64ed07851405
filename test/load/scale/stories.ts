import { createToken } from '../../../server/src/features/access/access-token.service.ts';
import { acceptHandedOver, handOver } from '../../../server/src/features/incident/incident-lead.service.ts';
import { suspend } from '../../../server/src/features/incident/incident-pause.service.ts';
import { accept, close, propose } from '../../../server/src/features/incident/incident-solve.service.ts';
import { log, respond, start, take } from '../../../server/src/features/incident/incident-work.service.ts';
import { SYSTEM } from '../../../server/src/kernel/actor.ts';
import { HOUR, MINUTE } from '../../../server/src/kernel/instant.ts';
import { ENTITIES } from '../../../server/src/app/entities.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { SetTime } from '../../../server/src/platform/time/time-source.ts';
import { DeskStory, type IncidentInDatabase, type PersonKey } from '../../support/desk-story.ts';
import { shanghai } from '../../support/story-world.ts';

/** Incidents as the services leave them, of which the filling makes many; and a token that reads everything. */
export interface Stories {
  readonly closed: readonly string[];
  readonly open: readonly string[];
  readonly token: string;
}

const CUSTOMERS = 8;
const MORNING = shanghai('2026-03-02 10:00');

/** Of each customer two closed and three open incidents, told by the services on an empty, migrated database. */
export async function tellStories(url: string): Promise<Stories> {
  const orm = await createOrm(url, ENTITIES, 2);
  const time = new SetTime(MORNING);
  const story = await DeskStory.on({ url, database: new Database(orm, time), time, close: () => orm.close(true) });
  const closed: string[] = [];
  const open: string[] = [];
  for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
    const books = story.customer(`Customer ${customer}`).agreement();
    for (const work of [soonSolved, handedOver, untouched, late, waiting]) {
      story.open.time.current = MORNING;
      const incident = await work(story, await books.incident(work === soonSolved || work === handedOver ? { level: 'LV3' } : { level: 'LV1' }));
      (work === soonSolved || work === handedOver ? closed : open).push(incident.id);
    }
  }
  const { plain: token } = await createToken(story.database, SYSTEM('bench'), {
    name: 'scale', kind: 'integrator', scopes: ['board.read', 'incident.read', 'customer.read', 'metrics.read', 'report.read'], customerId: null, boardId: null,
  });
  await orm.close(true);
  return { closed, open, token };
}

async function soonSolved(story: DeskStory, incident: IncidentInDatabase): Promise<IncidentInDatabase> {
  later(story, 10 * MINUTE);
  await incident.tell('engineer', respond, { channel: 'phone', reached: true });
  await incident.tell('engineer', take, {});
  return solve(story, incident, 'engineer');
}

async function handedOver(story: DeskStory, incident: IncidentInDatabase): Promise<IncidentInDatabase> {
  later(story, 10 * MINUTE);
  await incident.tell('engineer', respond, { channel: 'phone', reached: true });
  await incident.tell('engineer', take, {});
  await incident.tell('engineer', log, { kind: 'note', text: 'The mail server does not answer; its disk is full.', customerVisible: false });
  await incident.tell('engineer', handOver, { toTeamId: story.teams.seniors, reason: 'The fault lies deeper', tried: 'A restart', requestedAction: 'Look at the storage' });
  await incident.tell('senior', acceptHandedOver, {});
  return solve(story, incident, 'senior');
}

async function solve(story: DeskStory, incident: IncidentInDatabase, by: PersonKey): Promise<IncidentInDatabase> {
  later(story, HOUR);
  await incident.tell(by, log, { kind: 'note', text: 'Removed old logs, the queue is empty again.', customerVisible: true, minutes: 20 });
  // A cause that is traced to a CI would ask for that CI.
  await incident.tell(by, propose, { solution: 'Freed the disk and set an alarm on it.', causeClass: 'operation' });
  await incident.tell('desk', accept, {});
  return incident.tell('desk', close, { closureCode: 'successful' });
}

/** Reported and called back, with nobody at work since; the next report of progress is due next. */
async function untouched(story: DeskStory, incident: IncidentInDatabase): Promise<IncidentInDatabase> {
  later(story, 5 * MINUTE);
  await incident.tell('technicalManager', respond, { channel: 'phone', reached: true });
  return fired(story, incident, 5 * HOUR);
}

/** Worked at for hours; the breach of its resolution is next. */
async function late(story: DeskStory, incident: IncidentInDatabase): Promise<IncidentInDatabase> {
  await working(story, incident);
  return fired(story, incident, 8 * HOUR);
}

/** Everything before that has fired. */
async function fired(story: DeskStory, incident: IncidentInDatabase, until: number): Promise<IncidentInDatabase> {
  for (let at = MORNING + 10 * MINUTE; at < MORNING + until; at += 10 * MINUTE) {
    story.open.time.current = at;
    await incident.look();
  }
  return incident;
}

async function waiting(story: DeskStory, incident: IncidentInDatabase): Promise<IncidentInDatabase> {
  await working(story, incident);
  return incident.tell('technicalManager', suspend, { category: 'awaiting-user', expectedEndAt: MORNING + 6 * HOUR });
}

async function working(story: DeskStory, incident: IncidentInDatabase): Promise<void> {
  later(story, 5 * MINUTE);
  await incident.tell('technicalManager', start, {});
  await incident.tell('technicalManager', respond, { channel: 'phone', reached: true });
  await incident.tell('technicalManager', log, { kind: 'note', text: 'The mail server does not answer.', customerVisible: true, minutes: 5 });
}

function later(story: DeskStory, span: number): void {
  story.open.time.current += span;
}
