import { CalendarEntity } from '../features/calendar/calendar.entity.ts';
import { createCalendar } from '../features/calendar/calendar.service.ts';
import { seededCalendars } from '../features/calendar/holidays.rules.ts';
import { PolicyVersionEntity } from '../features/service-level/service-level.entity.ts';
import { createPolicy } from '../features/service-level/service-level.service.ts';
import { POLICY_KEYS } from '../features/service-level/service-level.rules.ts';
import { SYSTEM } from '../kernel/actor.ts';
import type { Database } from '../platform/db/database.ts';
import { seedKnowledge } from './knowledge-tree.ts';
import { SEEDED_POLICIES } from './policy-documents.ts';

const NAMES = {
  '24x7': { name: '7×24', nameZh: '7×24 小时' },
  '5x8': { name: '5×8 Shanghai', nameZh: '5×8 工作时间（上海）' },
} as const;

/** Calendars and policy of a new installation. What is already there is left as it is, edits included: safe to run on every start. */
export async function seedPolicy(database: Database): Promise<void> {
  const actor = SYSTEM('seed');
  const calendars = seededCalendars();
  for (const key of ['24x7', '5x8'] as const) {
    if (await database.em.findOne(CalendarEntity, { key })) continue;
    await createCalendar(database, actor, { key, ...NAMES[key], source: calendars[key] });
  }
  for (const key of POLICY_KEYS) {
    if (await database.em.findOne(PolicyVersionEntity, { key })) continue;
    await createPolicy(database, actor, { key, body: SEEDED_POLICIES[key] });
  }
  await seedKnowledge(database);
}
