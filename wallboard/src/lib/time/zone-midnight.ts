/** The last midnight of that zone; on a day with a change of clocks it may be an hour off, which axes and lists of today bear. */
export function zoneMidnight(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(at);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Math.floor(at / 1000) * 1000 - ((value('hour') * 60 + value('minute')) * 60 + value('second')) * 1000;
}
