import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';

/** A cable between two known items. */
export interface PortLineFacts {
  readonly cable: string;
  readonly aCiId: string;
  readonly aPort: string;
  readonly bCiId: string;
  readonly bPort: string;
  readonly cableType: string | null;
  readonly status: string;
}

/** Writes lines of the port connection table; a line between the same two ports is brought up to date. The relation is written by the caller. */
export async function savePortConnections(em: Em, lines: readonly PortLineFacts[]): Promise<void> {
  const once = new Map(lines.map((line) => [[line.aCiId, line.aPort, line.bCiId, line.bPort].join(' '), line]));
  const rows = [...once.values()].map(({ cable, aCiId, aPort, bCiId, bPort, cableType, status }) => ({
    id: newId(), cable, a_ci_id: aCiId, a_port: aPort, b_ci_id: bCiId, b_port: bPort, cable_type: cableType, status,
  }));
  await em.execute(
    `insert into port_connection (id, cable, a_ci_id, a_port, b_ci_id, b_port, cable_type, status)
     select id, cable, a_ci_id, a_port, b_ci_id, b_port, cable_type, status from jsonb_populate_recordset(null::port_connection, ?::jsonb)
     on conflict (a_ci_id, a_port, b_ci_id, b_port) do update set cable = excluded.cable, cable_type = excluded.cable_type, status = excluded.status`,
    [JSON.stringify(rows)],
  );
}
