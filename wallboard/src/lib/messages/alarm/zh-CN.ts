/** What the strip of alarms says at the top of the desk, as ICU messages. English must have exactly these keys. */
export const alarmChinese = {
  'strip': '{count} 项告警待确认',
  'list': '待确认告警',
  'take': '确认',
  'takeOf': '确认 {number} 的告警',
  'takenBefore': '{name} 已先确认',
  'more': '另有 {count} 项',
  'kind.BREACHED': '超时',
  'kind.NEW_LV1': '新的严重事件',
  'kind.ESCALATED': '升级',
};

export type AlarmMessageKey = keyof typeof alarmChinese;
