import { escalate, handOver } from '../features/incident/incident-lead.service.ts';
import { feedback } from '../features/incident/incident-pause.service.ts';
import { urge } from '../features/incident/incident-work.service.ts';
import { SYSTEM, type Actor } from '../kernel/actor.ts';
import type { Database } from '../platform/db/database.ts';
import type { DemoWorld } from './demo-world.ts';
import { DEMO_PEOPLE } from './people.ts';

interface OpenIncident {
  readonly id: string;
  readonly version: number;
  readonly level: string;
  readonly state: string;
  readonly teamId: string | null;
  readonly team: string;
}

/** Whom a team of the demo usually hands on to. */
const NEXT_TEAM: Readonly<Record<string, string>> = {
  desk: 'engineers', duty: 'network', engineers: 'senior-engineers', network: 'senior-engineers', server: 'vendor', application: 'database', database: 'application', 'senior-engineers': 'technical-managers',
};

/**
 * What a log of another system cannot hold: handoffs that wait, escalations that nobody has acknowledged yet, customers who
 * urged or answered. Done through the services, now, by the demo's people.
 */
export async function liveDemoTouches(database: Database, world: DemoWorld): Promise<void> {
  const open = await openIncidents(database);
  const command = ({ id, version }: OpenIncident) => ({ id, expectedVersion: version });
  const handed = every(open.filter(({ state, team }) => state === 'in-progress' && NEXT_TEAM[team] !== undefined), 6);
  for (const incident of handed) {
    await handOver(database, by('duty'), {
      ...command(incident), toTeamId: world.teams.get(NEXT_TEAM[incident.team] ?? '') ?? '', reason: '超出本组处理范围，需要协助', tried: '已重启相关服务并检查日志，问题依旧', requestedAction: '请排查根因并恢复业务',
    });
  }
  const urgent = open.filter((incident) => (incident.level === 'LV1' || incident.level === 'LV2') && incident.state === 'in-progress' && !handed.includes(incident));
  for (const incident of urgent.slice(0, 2)) {
    await escalate(database, by('service-manager'), { ...command(incident), step: 'manual', reason: '客户管理层关注，请部门经理协调资源', to: ['department-manager'] });
  }
  await leaveUnacknowledged(database);
  const suspended = open.filter(({ state }) => state === 'suspended');
  for (const incident of every(suspended, 2)) {
    await feedback(database, by('desk'), { ...command(incident), text: '用户来电：已按要求完成操作，问题仍在', channel: 'phone' });
  }
  const waiting = open.filter(({ state }) => state === 'awaiting-assignment');
  for (const incident of every(waiting, 2)) await urge(database, by('desk'), { ...command(incident), text: '用户再次来电催办' });
}

/** Escalations of the import count as acknowledged: history is nobody's to take. On the demo's board the latest ones wait. */
async function leaveUnacknowledged(database: Database): Promise<void> {
  await database.em.execute(
    `update escalation set acknowledged_by = null, acknowledged_at = null where id in (
       select e.id from escalation e join ticket t on t.id = e.ticket_id
       where t.closed_at is null and e.mark = 'imported' and e.fired_at > clock_timestamp() - interval '4 days' order by e.fired_at desc, e.id limit 4)`,
  );
}

/** So many of them, spread over the list. */
function every<Row>(rows: readonly Row[], wanted: number): Row[] {
  const step = Math.max(1, Math.floor(rows.length / wanted));
  return rows.filter((_, index) => index % step === 0).slice(0, wanted);
}

/** The demo acts with every right, under the name of one of its people. */
function by(key: string): Actor {
  const name = DEMO_PEOPLE.find((person) => person.key === key)?.name ?? key;
  return { ...SYSTEM('demo'), onBehalfOf: name };
}

async function openIncidents(database: Database): Promise<OpenIncident[]> {
  return database.em.execute<OpenIncident[]>(
    `select t.id, t.version, i.level, i.state, t.team_id as "teamId", coalesce(m.key, '') as team
     from ticket t join incident i on i.ticket_id = t.id left join team m on m.id = t.team_id
     where t.closed_at is null order by t.opened_at desc, t.id limit 500`,
  );
}
