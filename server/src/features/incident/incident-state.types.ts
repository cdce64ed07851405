import { registerEnumType } from 'type-graphql';
import type { IncidentState as State } from './incident-states.rules.ts';

export const IncidentState = {
  AWAITING_ASSIGNMENT: 'awaiting-assignment', IN_PROGRESS: 'in-progress', SUSPENDED: 'suspended', AWAITING_FEEDBACK: 'awaiting-feedback', CLOSED: 'closed',
} as const satisfies Record<string, State>;
registerEnumType(IncidentState, { name: 'IncidentState', description: 'State 事件状态: 待分配, 解决中, 挂起, 待反馈, 已关闭 (INC-02).' });
