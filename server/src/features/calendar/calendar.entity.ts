import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import type { CalendarSource } from './calendar.rules.ts';

export const CalendarEntity = defineEntity({
  name: 'Calendar',
  tableName: 'calendar',
  properties: { id: id(), key: p.text().unique(), name: p.text(), nameZh: p.text(), version: p.integer().default(1), active: p.boolean().default(true) },
});
export type Calendar = InferEntity<typeof CalendarEntity>;

/** A calendar's hours from `validFrom` on (null: always); never edited, only followed by the next version (SLA-13, D-22). */
export const CalendarVersionEntity = defineEntity({
  name: 'CalendarVersion',
  tableName: 'calendar_version',
  properties: {
    id: id(),
    calendarId: reference(CalendarEntity, 'calendar_id'),
    version: p.integer(),
    validFrom: instant().strictNullable(),
    source: p.json<CalendarSource>(),
    reason: p.text().strictNullable(),
    createdBy: p.text().strictNullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['calendarId', 'version'] }],
});
export type CalendarVersionRow = InferEntity<typeof CalendarVersionEntity>;
