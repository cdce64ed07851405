import { acceptHandedOver, handOver, recall, rejectHandedOver } from '../../../server/src/features/incident/incident-lead.service.ts';
import { resume, suspend } from '../../../server/src/features/incident/incident-pause.service.ts';
import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { close, propose, refuse } from '../../../server/src/features/incident/incident-solve.service.ts';
import { assign, log, start } from '../../../server/src/features/incident/incident-work.service.ts';
import { SYSTEM, type Actor } from '../../../server/src/kernel/actor.ts';
import { HOUR } from '../../../server/src/kernel/instant.ts';
import { Refusal } from '../../../server/src/kernel/refusal.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import type { Draw } from '../../support/process-model-draw.ts';
import { MODEL, type Deed, type ModelState, type Operation } from './incident-model.ts';

export interface Office {
  readonly customerId: string;
  readonly personId: string;
  /** Between which incidents are handed. */
  readonly teamIds: readonly [string, string];
}

/** An incident as somebody last read it. */
interface Read extends ModelState {
  readonly version: number;
  readonly teamId: string | null;
}

const DEEDS: Readonly<Record<Deed, number>> = {
  assign: 6, start: 3, suspend: 10, resume: 12, propose: 4, refuse: 6, close: 1, handOver: 6, acceptHandoff: 8, rejectHandoff: 4, recallHandoff: 2, log: 4,
};
const ALL = Object.keys(DEEDS) as Deed[];
/** Without looking whether it is possible. */
const WILD = 0.1;
/** By what the client read for an earlier operation. */
const FROM_MEMORY = 0.15;

/** Incidents that many clients work on at once; one that was closed makes room for another. */
export class Desk {
  readonly operations: Operation[] = [];
  readonly faults: string[] = [];
  readonly tickets: string[] = [];
  private readonly places: string[] = [];
  private readonly office: Office;

  constructor(office: Office) {
    this.office = office;
  }

  async open(database: Database, count: number): Promise<void> {
    for (let place = 0; place < count; place += 1) await this.fill(database, place);
  }

  /** One operation of one client; what it read stays in its memory. */
  async operate(database: Database, draw: Draw, { name, memory }: { name: string; memory: Map<string, Read> }): Promise<void> {
    const place = draw.whole(0, this.places.length - 1);
    const id = this.places[place]!;
    const known = memory.get(id);
    const read = known && draw.chance(FROM_MEMORY) ? known : await readIncident(database, id);
    memory.set(id, read);
    const deed = draw.weighted(draw.chance(WILD) ? ALL : ALL.filter((one) => MODEL[one](read) !== null), (one) => DEEDS[one]);
    const askedAt = performance.now();
    const answer = await this.answerOf(this.give(database, deed, { by: SYSTEM(name), id, read, draw }), deed);
    this.operations.push({ ticketId: id, deed, version: read.version, askedAt, answeredAt: performance.now(), answer });
    if (deed === 'close' && answer === 'ok') await this.fill(database, place);
  }

  private async fill(database: Database, place: number): Promise<void> {
    const { customerId } = this.office;
    const id = await record(database, SYSTEM('desk'), { customerId, title: 'Mail is down', description: 'Nobody can send.', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV3' });
    this.tickets.push(id);
    this.places[place] = id;
  }

  private async answerOf(work: Promise<string>, deed: Deed): Promise<string> {
    try {
      await work;
      return 'ok';
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      this.faults.push(`${deed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return 'fault';
    }
  }

  private give(database: Database, deed: Deed, { by, id, read, draw }: { by: Actor; id: string; read: Read; draw: Draw }): Promise<string> {
    const { personId, teamIds } = this.office;
    const at = { id, expectedVersion: read.version };
    const reason = `Because ${draw.whole(1, 999)}`;
    switch (deed) {
      case 'assign': return assign(database, by, { ...at, teamId: read.teamId ?? teamIds[0], holderId: personId });
      case 'start': return start(database, by, at);
      case 'suspend': return suspend(database, by, { ...at, category: 'other', text: reason, expectedEndAt: Date.now() + HOUR });
      case 'resume': return resume(database, by, { ...at, workLog: reason });
      case 'propose': return propose(database, by, { ...at, solution: reason, causeClass: 'configuration' });
      case 'refuse': return refuse(database, by, { ...at, reason });
      case 'close': return close(database, by, { ...at, closureCode: 'withdrawn', reason });
      case 'handOver': return handOver(database, by, { ...at, toTeamId: read.teamId === teamIds[0] ? teamIds[1] : teamIds[0], reason, tried: reason, requestedAction: reason });
      case 'acceptHandoff': return acceptHandedOver(database, by, at);
      case 'rejectHandoff': return rejectHandedOver(database, by, { ...at, reason });
      case 'recallHandoff': return recall(database, by, { ...at, reason });
      case 'log': return log(database, by, { ...at, text: reason, kind: 'note', customerVisible: false });
    }
  }
}

async function readIncident(database: Database, id: string): Promise<Read> {
  const [read] = await database.em.execute<Read[]>(`${READ} where t.id = ?`, [id]);
  return read!;
}

/** What the model knows of an incident, as the database has it. */
export const READ = `select t.id, t.version, t.team_id as "teamId", i.state, exists (select from handoff h where h.ticket_id = t.id and h.state = 'waiting') as "handoffWaits"
  from ticket t join incident i on i.ticket_id = t.id`;
