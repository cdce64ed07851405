import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { createFreeze } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import { dayOf } from '../../server/src/features/board/planned-work.rules.ts';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { declare } from '../../server/src/features/incident/incident-major.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import type { BrowserDesk } from './browser-desk.ts';

const TEST = SYSTEM('test');
const LONG = '门诊楼三层东侧护士站与药房之间的接入交换机更换及核心路由策略调整 core routing policy';

/** Everything that can stand on a board at once, each with a name as long as people make them: changes, freezes, major incidents, alarms. */
export async function crowd(desk: BrowserDesk): Promise<void> {
  const { database, customerId } = desk;
  const now = await database.now();
  const day = dayOf(now, 'Asia/Shanghai');
  for (let index = 0; index < 24; index += 1) {
    const id = await raise(database, TEST, {
      customerId, title: `${LONG} ${index}`, description: LONG, category: 'general', type: 'system', ciIds: [], businessSystems: [], departments: [], source: 'own',
    } as Parameters<typeof raise>[2]);
    const state = ['accepted', 'scheduled', 'implementing', 'rolled-back', 'review'][index % 5];
    await database.em.execute(`update change set state = ?, window_start_at = ?::timestamptz, window_end_at = ?::timestamptz where ticket_id = ?`, [
      state, new Date(day.from + index * HOUR - MINUTE).toISOString(), new Date(day.from + (index + 2) * HOUR).toISOString(), id,
    ]);
  }
  for (const name of [`${LONG} 冻结`, '年末封网']) await createFreeze(database, TEST, { name, reason: 'x', startsAt: now - HOUR, endsAt: now + 30 * HOUR });
  for (const title of [LONG, `${LONG} 二`]) {
    const id = await desk.incident({ title, level: 'LV1' });
    await declare(database, TEST, { id, expectedVersion: await versionOf(desk, id), bridge: '400-800-8000' });
    await escalate(database, TEST, { id, expectedVersion: await versionOf(desk, id), step: 'manual', reason: 'x', to: [LONG] });
  }
  await database.change(TEST, async ({ em }) => {
    const board = await em.findOneOrFail(BoardEntity, { id: desk.boardId });
    board.name = 'Network operations centre of the eastern hospitals and clinics';
    board.nameZh = '华东地区医院与社区诊所联合运维监控中心值班大屏';
  });
}

export async function versionOf(desk: BrowserDesk, id: string): Promise<number> {
  const rows = await desk.database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [id]);
  return rows[0]?.version ?? 0;
}
