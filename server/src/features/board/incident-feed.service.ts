import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { statement } from '../../platform/db/statement.ts';
import type { Frame, LiveView, Reading, Step, ViewFamily } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';

interface IncidentState {
  readonly version: number;
  /** Grows with every event of the record, also with those that leave its version alone. */
  readonly lastSeq: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const INCIDENTS: ViewFamily = {
  evaluateAll: (reading, views) => readAll(reading, views.map(({ ticketId }) => ticketId!)),
};

/** One incident: only that it changed; the page then asks for what it shows, with its own rights (D-30). */
export class IncidentView implements LiveView<IncidentState> {
  readonly key: string;
  readonly ticketId: string;
  readonly family = INCIDENTS;

  private constructor(id: string) {
    this.ticketId = id;
    this.key = `incident ${id}`;
  }

  /** @throws Refusal NOT_FOUND also for a record that the actor may not see (ORG-03) */
  static async of(database: Database, actor: Actor, id: string): Promise<IncidentView> {
    requirePermission(actor, 'incident.read');
    const row = UUID.test(id) ? await readTicket(database.em, id) : null;
    if (!row || !may(actor, 'incident.read', { customerId: row.customerId, teamId: row.teamId })) {
      throw new Refusal('NOT_FOUND', `There is no incident "${id.slice(0, 60)}" that you may see.`, 'id');
    }
    return new IncidentView(id);
  }

  concerns({ ticketId }: LoggedEvent): boolean {
    return ticketId === this.ticketId;
  }

  changesByTime(): boolean {
    return false;
  }

  async evaluate(reading: Reading): Promise<IncidentState> {
    const states = await readAll(reading, [this.ticketId]);
    return states[0]!;
  }

  snapshot({ version }: IncidentState, frame: Frame): object {
    return { __typename: 'IncidentSnapshot', ...frame, incidentVersion: version };
  }

  delta(_before: IncidentState, { version }: IncidentState, step: Step): object | null {
    return step.events.length === 0 ? null : changed(version, step);
  }

  resume({ version }: IncidentState, _touched: ReadonlySet<string>, step: Step): object {
    return changed(version, step);
  }

  heartbeat(_before: IncidentState, _after: IncidentState, frame: Frame): object {
    return { __typename: 'IncidentHeartbeat', ...frame };
  }
}

async function readAll({ em, seq }: Reading, ids: readonly string[]): Promise<IncidentState[]> {
  const rows = await statement<{ id: string; version: number }>(em, 'select id, version from ticket where id = any(?::uuid[])', [`{${ids.join(',')}}`]);
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return ids.map((id) => ({ version: versions.get(id) ?? 0, lastSeq: seq }));
}

function changed(version: number, { fromSeq, toSeq, asOf }: Step): object {
  return { __typename: 'IncidentChanged', fromSeq, toSeq, asOf, incidentVersion: version };
}

async function readTicket(em: Em, id: string): Promise<{ version: number; customerId: string; teamId: string | null } | null> {
  const rows = await em.execute<{ version: number; customerId: string; teamId: string | null }[]>(
    'select version, customer_id as "customerId", team_id as "teamId" from ticket where id = ?', [id],
  );
  return rows[0] ?? null;
}
