import { registerEnumType } from 'type-graphql';
import type { Level } from './service-level.rules.ts';

/** The GraphQL enum of the levels; its values are those of the rules. */
export const IncidentLevel = { LV1: 'LV1', LV2: 'LV2', LV3: 'LV3', LV4: 'LV4' } as const satisfies Record<Level, Level>;
registerEnumType(IncidentLevel, { name: 'IncidentLevel', description: 'Level 故障等级: LV1 严重, LV2 高, LV3 中, LV4 低.' });
