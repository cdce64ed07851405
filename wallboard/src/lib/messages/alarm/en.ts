import type { AlarmMessageKey } from './zh-CN.ts';

export const alarmEnglish: Readonly<Record<AlarmMessageKey, string>> = {
  'strip': '{count, plural, one {# alarm} other {# alarms}} to acknowledge',
  'list': 'Alarms to acknowledge',
  'take': 'Acknowledge',
  'takeOf': 'Acknowledge the alarms of {number}',
  'takenBefore': 'Acknowledged by {name} already',
  'more': '+ {count} more',
  'kind.BREACHED': 'Breached',
  'kind.NEW_LV1': 'New LV1',
  'kind.ESCALATED': 'Escalated',
};
