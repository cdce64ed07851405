import { log } from '../features/incident/incident-work.service.ts';
import { NOTICES_CONSUMER } from '../features/notification/notice.consumer.ts';
import { completeHandover, drawUpHandover, signHandover, takeHandoverOver } from '../features/shift-handover/shift-handover.service.ts';
import { SYSTEM, type Actor } from '../kernel/actor.ts';
import { DAY, MINUTE, toIso, type Instant } from '../kernel/instant.ts';
import type { Database } from '../platform/db/database.ts';
import { consumeOnce } from '../platform/jobs/consumer-worker.ts';
import type { DemoStage } from './demo-stage.ts';
import { DEMO_PEOPLE } from './people.ts';

const NOTES = ['已与客户电话沟通，夜间继续观察', '厂商答复明早到场，请提前安排门禁', '恢复后请补写解决方案'];

/** The last two handovers of the 7×24 team: one signed and taken over, one that waits for the leader who is on call now (ORG-06). */
export async function makeDemoHandovers(stage: DemoStage): Promise<void> {
  const teamId = stage.world.teams.get('duty') ?? '';
  const shifts = await stage.database.em.execute<{ leaderId: string; endsAt: Instant }[]>(
    `select person_id as "leaderId", (extract(epoch from ends_at) * 1000)::float8 as "endsAt" from roster_shift where team_id = ? and leader and ends_at <= ?::timestamptz order by ends_at desc limit 2`,
    [teamId, toIso(stage.now)],
  );
  const [last, before] = shifts.map((shift) => ({ ...shift, leader: leaderOf(stage, shift.leaderId) }));
  if (!last || !before) return;
  await stage.play(async () => {
    await handOver(stage, { teamId, ...before });
    await takeHandoverOver(stage.at(before.endsAt + 4 * MINUTE).database, last.leader, await standing(stage, teamId, before.endsAt));
  });
  await stage.play(() => handOver(stage, { teamId, ...last }));
}

function leaderOf(stage: DemoStage, personId: string): Actor {
  const key = DEMO_PEOPLE.find((person) => stage.world.people.get(person.key) === personId)?.key ?? 'duty';
  return stage.by(key);
}

async function handOver(stage: DemoStage, { teamId, endsAt, leader }: { readonly teamId: string; readonly endsAt: Instant; readonly leader: Actor }): Promise<void> {
  const id = await drawUpHandover(stage.at(endsAt - 40 * MINUTE).database, SYSTEM('shift-handover'), teamId);
  const lines = await stage.database.em.execute<{ id: string }[]>('select id from shift_handover_line where handover_id = ? order by position limit ?', [id, NOTES.length]);
  const { database } = stage.at(endsAt - 12 * MINUTE);
  await completeHandover(database, leader, {
    ...(await standing(stage, teamId, endsAt)), notes: '本班整体平稳。机房空调 2 号机告警已复位，请每两小时巡视一次。', lines: lines.map((line, index) => ({ id: line.id, note: NOTES[index] ?? null })),
  });
  await signHandover(stage.at(endsAt - 5 * MINUTE).database, leader, await standing(stage, teamId, endsAt));
}

async function standing({ database }: DemoStage, teamId: string, endsAt: Instant): Promise<{ id: string; expectedVersion: number }> {
  const rows = await database.em.execute<{ id: string; expectedVersion: number }[]>('select id, version as "expectedVersion" from shift_handover where team_id = ? and ends_at = ?::timestamptz', [teamId, toIso(endsAt)]);
  return rows[0]!;
}

/** Somebody is mentioned; then everybody is told what the demo's events say to them, and has read what is older than a day. */
export async function makeDemoNotices(database: Database): Promise<void> {
  const open = await database.em.execute<{ id: string; expectedVersion: number; team: string }[]>(
    `select t.id, t.version as "expectedVersion", m.key as team from ticket t join incident i on i.ticket_id = t.id join team m on m.id = t.team_id
     where t.closed_at is null and i.state = 'in-progress' and m.key in ('network', 'server', 'application', 'database', 'engineers', 'duty') order by t.opened_at desc, t.id limit 12`,
  );
  const desk: Actor = { ...SYSTEM('demo'), onBehalfOf: nameOf('desk') };
  for (const { team, ...incident } of open) await log(database, desk, { ...incident, kind: 'note', text: `@${nameOf(team)} 用户补充：仅三楼受影响，请优先查看接入交换机`, customerVisible: false, minutes: 3 });
  while (await consumeOnce(database, NOTICES_CONSUMER)) { /* until everybody is told */ }
  const yesterday = toIso((await database.now()) - DAY);
  await database.em.execute('update notice set read_at = last_at where read_at is null and last_at < ?::timestamptz', [yesterday]);
}

function nameOf(key: string): string {
  return DEMO_PEOPLE.find((person) => person.key === key)?.name ?? key;
}
