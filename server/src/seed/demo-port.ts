import { handOver, acceptHandedOver, regrade } from '../features/incident/incident-lead.service.ts';
import { resume, suspend } from '../features/incident/incident-pause.service.ts';
import { record } from '../features/incident/incident-record.service.ts';
import { accept, close, propose, refuse } from '../features/incident/incident-solve.service.ts';
import { assign, confirm, log, respond, settleOnSite, start } from '../features/incident/incident-work.service.ts';
import type { IncidentMapping } from '../features/import/import-mapping.rules.ts';
import { customerNameOf } from '../features/import/import-cast.service.ts';
import type { StandingIncident, WantedIncident } from '../features/import/import-path.rules.ts';
import type { ReplayCommand } from '../features/import/import-replay.rules.ts';
import type { ReplayedIncident, ReplayPort } from '../features/import/import-replay.service.ts';
import type { HistoryRow } from '../features/import/import-row.rules.ts';
import type { WorldInput } from '../features/import/import-world.service.ts';
import { SYSTEM, type Actor } from '../kernel/actor.ts';
import { assertNever } from '../kernel/assert.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';

export interface DemoPortOptions {
  readonly source: string;
  readonly mapping: IncidentMapping;
  readonly customers: ReadonlyMap<string, string>;
  readonly casting: NonNullable<WorldInput['casting']>;
}

/** Replays the demo within the server's process: the services that the API's mutations call, under the names of its people. */
export class DemoPort implements ReplayPort {
  readonly database: Database;
  private readonly options: DemoPortOptions;

  constructor(database: Database, options: DemoPortOptions) {
    this.database = database;
    this.options = options;
  }

  now(): Promise<Instant> {
    return this.database.now();
  }

  async playedRevisions(): Promise<Map<string, number>> {
    const rows = await this.database.em.execute<{ number: string; revision: number | null }[]>(
      'select external_number as number, external_revision as revision from ticket where external_source = ?', [this.options.source],
    );
    return new Map(rows.map(({ number, revision }) => [number, revision ?? -1]));
  }

  async findOrRecord(row: HistoryRow, want: WantedIncident): Promise<ReplayedIncident> {
    const { source, mapping, customers, casting } = this.options;
    const there = await this.find(row.number);
    if (there) return there;
    const customerId = customers.get(customerNameOf(row, mapping, '') ?? '');
    if (customerId === undefined) throw new Refusal('NOT_FOUND', `No customer for ${row.number}.`, 'customerId');
    const id = await record(this.database, await this.by('陈晓燕'), {
      customerId, ciId: casting.ciOf?.(row, customerId) ?? null, title: casting.titleOf?.(row) ?? row.number, description: `${row.number}（来自导入的日志）`, channel: row.channel, category: mapping.category,
      technicalClass: row.technicalClass, caller: row.cell('caller_id'), symptom: row.cell('u_symptom'), source: row.cell('location'),
      serviceId: casting.serviceOf?.(row) ?? null, impact: row.impact ?? 2, urgency: row.urgency ?? 2, level: row.level, teamId: want.team,
      externalNumber: row.number, externalSource: source,
    });
    return this.read(id);
  }

  async command(incident: ReplayedIncident, command: ReplayCommand): Promise<ReplayedIncident> {
    const { database } = this;
    const actor = await this.by(null, incident.standing.holder);
    const base = { id: incident.id, expectedVersion: incident.version };
    switch (command.name) {
      case 'confirmLevel': await confirm(database, actor, { ...base, ...command.input }); break;
      case 'regradeIncident': await regrade(database, actor, { ...base, ...command.input }); break;
      case 'assignIncident': await assign(database, actor, { ...base, ...command.input }); break;
      case 'requestHandoff': await handOver(database, actor, { ...base, ...command.input }); break;
      case 'acceptHandoff': await acceptHandedOver(database, actor, { ...base, ...command.input }); break;
      case 'recordResponse': await respond(database, actor, { ...base, ...command.input }); break;
      case 'startWork': await start(database, actor, base); break;
      case 'decideOnSite': await settleOnSite(database, actor, { ...base, ...command.input }); break;
      case 'suspendIncident': await suspend(database, actor, { ...base, ...command.input }); break;
      case 'resumeIncident': await resume(database, actor, { ...base, ...command.input }); break;
      case 'proposeSolution': await propose(database, actor, { ...base, ...command.input }); break;
      case 'refuseSolution': await refuse(database, actor, { ...base, ...command.input }); break;
      case 'acceptSolution': await accept(database, actor, { ...base, ...command.input }); break;
      case 'closeIncident': await close(database, actor, { ...base, ...command.input }); break;
      default: assertNever(command);
    }
    return this.read(incident.id);
  }

  /** A row of the log that changes nothing we keep was still somebody's update: a report to the customer. */
  async report(incident: ReplayedIncident): Promise<void> {
    await log(this.database, await this.by(null, incident.standing.holder), {
      id: incident.id, expectedVersion: incident.version, kind: 'progress-report', text: '处理进展已告知用户', customerVisible: true,
    });
  }

  async mark({ number, revision }: HistoryRow): Promise<void> {
    await this.database.em.execute('update ticket set external_revision = greatest(coalesce(external_revision, -1), ?) where external_source = ? and external_number = ?', [revision, this.options.source, number]);
  }

  private async find(number: string): Promise<ReplayedIncident | null> {
    const rows = await this.database.em.execute<{ id: string }[]>('select id from ticket where external_source = ? and external_number = ?', [this.options.source, number]);
    return rows[0] ? this.read(rows[0].id) : null;
  }

  private async read(id: string): Promise<ReplayedIncident> {
    const rows = await this.database.em.execute<(StandingIncident & { version: number })[]>(
      `select t.version, i.state, i.category = 'monitoring' as monitoring, i.level, i.level_confirmed as "levelConfirmed", t.team_id as team,
         t.holder_id as holder, i.started, i.responded_at is not null as responded, i.accepted_at is not null as accepted,
         i.on_site_needed is null and exists (select from clock c where c.ticket_id = t.id and c.kind = 'on-site' and c.outcome = 'none') as "visitOpen",
         (select category from suspension s where s.ticket_id = t.id and s.to_at is null and s.corrected_at is null limit 1) as suspension,
         exists (select from handoff h where h.ticket_id = t.id and h.state = 'waiting') as "handoffWaits"
       from ticket t join incident i on i.ticket_id = t.id where t.id = ?`, [id],
    );
    const row = rows[0];
    if (!row) throw new Refusal('NOT_FOUND', `There is no incident ${id}.`, 'id');
    const { version, ...standing } = row;
    return { id, version, standing };
  }

  private async by(name: string | null, personId: string | null = null): Promise<Actor> {
    const rows = personId === null ? [] : await this.database.em.execute<{ name: string }[]>('select name from person where id = ?', [personId]);
    return { ...SYSTEM('demo'), onBehalfOf: name ?? rows[0]?.name ?? '王海涛' };
  }
}

/** Remembers that a row has been played, also when live rules would not have it. */
export function markPlayed(port: DemoPort, row: HistoryRow): Promise<void> {
  return port.mark(row);
}
