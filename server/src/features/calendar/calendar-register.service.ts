import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { CalendarEntity, type Calendar } from './calendar.entity.ts';
import { usersOfCalendar } from './calendar.queries.ts';

export interface CalendarChange {
  readonly id: string;
  readonly expectedVersion: number;
  readonly name?: string | null;
  readonly nameZh?: string | null;
  /** False: out of use. Clocks that were judged by it keep it. */
  readonly active?: boolean | null;
}

/** Changes what is beside the hours; those have versions of their own (`editCalendar`). Needs `calendar.edit`. */
export async function updateCalendar(database: Database, actor: Actor, input: CalendarChange): Promise<Calendar> {
  requirePermission(actor, 'calendar.edit');
  return database.change(actor, async (change) => {
    const { em, emit, now } = change;
    const calendar = await em.findOne(CalendarEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!calendar) throw new Refusal('NOT_FOUND', `There is no calendar "${input.id}".`, 'id');
    requireVersion(calendar, input.expectedVersion, 'calendar');
    const before = shown(calendar);
    if (input.active === false && calendar.active) await requireUnused(change, calendar);
    calendar.name = input.name ? requiredText(input.name, 'name') : calendar.name;
    calendar.nameZh = input.nameZh ? requiredText(input.nameZh, 'nameZh') : calendar.nameZh;
    calendar.active = input.active ?? calendar.active;
    emit({ type: 'calendar.renamed', subjectKind: 'calendar', subjectId: calendar.id, occurredAt: await now(), before, after: shown(calendar) });
    return calendar;
  });
}

async function requireUnused({ em, now }: Change, { id, key, name }: Calendar): Promise<void> {
  const users = await usersOfCalendar(em, { id, key, at: toIso(await now()) });
  if (users.length > 0) throw new Refusal('MOVE_NOT_ALLOWED', `"${name}" is still used by ${users.join(', ')}: give these another calendar first.`, 'active');
}

const shown = ({ name, nameZh, active }: Calendar) => ({ name, nameZh, active });
