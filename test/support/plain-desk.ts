import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import type { Change, Database } from '../../server/src/platform/db/database.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { CalendarEntity, CalendarVersionEntity } from '../../server/src/features/calendar/calendar.entity.ts';
import { ClockEntity } from '../../server/src/features/clock/clock.entity.ts';
import { CustomerEntity } from '../../server/src/features/customer/customer.entity.ts';
import { IncidentEntity } from '../../server/src/features/incident/incident.entity.ts';
import { TeamEntity } from '../../server/src/features/team/team.entity.ts';
import { TicketEntity } from '../../server/src/features/ticket/ticket.entity.ts';

/** The least that a live view needs: rows written plainly, so that tests of the feed do not lean on the rules of incidents. */
export class PlainDesk {
  readonly database: Database;
  readonly calendarId = newId();
  readonly customers = { acme: newId(), bolt: newId() };
  readonly teams = { net: newId(), desk: newId() };
  readonly boards = { all: newId(), acme: newId(), net: newId() };
  private numbers = 0;

  private constructor(database: Database) {
    this.database = database;
  }

  static async open(database: Database, rowLimit = 12): Promise<PlainDesk> {
    const desk = new PlainDesk(database);
    await database.change(SYSTEM('test'), async ({ em, now }) => {
      const createdAt = await now();
      em.create(CalendarEntity, { id: desk.calendarId, key: `24x7-${desk.calendarId}`, name: 'Always', nameZh: '全天', version: 1 });
      em.create(CalendarVersionEntity, { id: newId(), calendarId: desk.calendarId, version: 1, validFrom: null, source: '24x7', reason: null, createdBy: null, createdAt });
      for (const [name, id] of Object.entries(desk.customers)) {
        em.create(CustomerEntity, { id, name, fullName: name, timeZone: 'Asia/Shanghai', importance: 'normal', active: true, createdAt, version: 1 });
      }
      for (const [key, id] of Object.entries(desk.teams)) em.create(TeamEntity, { id, key: `plain-${key}`, name: key, nameZh: key, line: 1, purpose: 'other', leadId: null, active: true, version: 1 });
      const board = { nameZh: '看板', timeZone: 'Asia/Shanghai', rowLimit, customerIds: [] as string[], teamIds: [] as string[], position: 0 };
      em.create(BoardEntity, { ...board, id: desk.boards.all, name: 'All' });
      em.create(BoardEntity, { ...board, id: desk.boards.acme, name: 'Acme', customerIds: [desk.customers.acme] });
      em.create(BoardEntity, { ...board, id: desk.boards.net, name: 'Net', teamIds: [desk.teams.net] });
    });
    return desk;
  }

  /** A token's plain text; by default one that may read everything. */
  async token(limits: { kind?: 'integrator' | 'screen'; scopes?: string[]; customerId?: string; boardId?: string } = {}): Promise<{ id: string; plain: string }> {
    const { kind = 'integrator', scopes = ['board.read', 'incident.read', 'customer.read'], customerId = null, boardId = null } = limits;
    const made = await createToken(this.database, SYSTEM('test'), { name: `token ${newId()}`, kind, scopes: kind === 'screen' ? null : scopes, customerId, boardId });
    return { id: made.token.id, plain: made.plain };
  }

  async open(facts: Partial<IncidentFacts> = {}): Promise<string> {
    const id = newId();
    await this.change(async (change) => this.add(change, id, facts));
    return id;
  }

  /** Adds within an open change; for loads and for transactions that are to be rolled back. */
  async add(change: Change, id: string, facts: Partial<IncidentFacts> = {}): Promise<void> {
    const { em } = change;
    const now = await change.now();
    const { level = 'LV3', customer = 'acme', team = 'net', dueInMs = 4 * HOUR, title = 'Printer on fire', state = 'in-progress' } = facts;
    em.create(TicketEntity, {
      id, kind: 'incident', number: `T-${id.slice(-8)}-${++this.numbers}`, title, customerId: this.customers[customer], teamId: this.teams[team], holderId: null, openedAt: now,
      closedAt: null, lastEventAt: now, externalNumber: null, externalSource: null, externalRevision: null, major: false, urgeCount: 0, lastUrgedAt: null, version: 1,
    });
    await em.flush();
    em.create(IncidentEntity, { ...INCIDENT, ticketId: id, state, level, highestLevel: level, reportedAt: now });
    em.create(ClockEntity, {
      id: newId(), ticketId: id, kind: 'resolution', subjectId: id, state: 'running', outcome: 'none', startAt: now, dueAt: now + dueInMs, targetMs: 4 * HOUR, remainingMs: null,
      breachedAt: null, announcedAt: null, breachTeamId: null, breachHolderId: null, metAt: null, misses: 0, calendarRef: this.calendarId, calendarVersion: 1, policy: 'test',
      candidates: [], nextAt: null,
    });
    this.tell(change, id, 'incident.recorded', { level }, now, customer, team);
  }

  /** Changes the title, and so the version. */
  async retitle(id: string, title: string): Promise<void> {
    await this.change(async (change) => {
      await change.em.execute('update ticket set title = ?, version = version + 1 where id = ?', [title, id]);
      this.tell(change, id, 'incident.logged', { title }, await change.now());
    });
  }

  async breach(id: string): Promise<void> {
    await this.change(async (change) => {
      await change.em.execute('update clock set breached_at = due_at where ticket_id = ?', [id]);
      this.tell(change, id, 'clock.breached', { clock: 'resolution', step: 'breach' }, await change.now());
    });
  }

  async close(id: string): Promise<void> {
    await this.change(async (change) => {
      await change.em.execute('update ticket set closed_at = clock_timestamp(), version = version + 1 where id = ?', [id]);
      await change.em.execute(`update incident set state = 'closed' where ticket_id = ?`, [id]);
      await change.em.execute(`update clock set state = 'stopped', outcome = 'met' where ticket_id = ?`, [id]);
      this.tell(change, id, 'incident.closed', {}, await change.now());
    });
  }

  private change(work: (change: Change) => Promise<void>): Promise<void> {
    return this.database.change(SYSTEM('test'), work);
  }

  private tell(change: Change, id: string, type: string, after: object, at: number, customer: keyof PlainDesk['customers'] = 'acme', team: keyof PlainDesk['teams'] = 'net'): void {
    change.emit({ type, subjectKind: 'incident', subjectId: id, ticketId: id, occurredAt: at, customerId: this.customers[customer], teamIds: [this.teams[team]], after });
  }
}

export interface IncidentFacts {
  readonly level: 'LV1' | 'LV2' | 'LV3' | 'LV4';
  readonly customer: 'acme' | 'bolt';
  readonly team: 'net' | 'desk';
  readonly dueInMs: number;
  readonly title: string;
  readonly state: 'awaiting-assignment' | 'in-progress';
}

const INCIDENT = {
  started: false, description: 'It burns.', category: 'other', technicalClass: 'hardware', channel: 'phone', source: null, symptom: null, caller: null, callerPhone: null,
  department: null, siteId: null, serviceId: null, agreementId: null, agreementLineId: null, impact: null, urgency: null, proposedLevel: null, levelConfirmed: true,
  difficulty: 'normal', occurredAt: null, firstContactEngineerId: null, firstContactServiceManagerId: null, respondedAt: null, onSiteNeeded: null, feedbackArrivedAt: null,
  acceptedAt: null, confirmationAttempts: 0, lastConfirmationAttemptAt: null, solution: null, causeClass: null, closureCode: null, pingPong: false, handoffCount: 0, functionalStep: 0, changeMade: false, majorAt: null, bridge: null,
} as const;
