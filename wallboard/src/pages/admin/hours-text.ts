export type Hours = readonly (readonly [string, string])[];

const SPAN = /^(\d{1,2}:\d\d)\s*[-–~至]\s*(\d{1,2}:\d\d)$/;

/** Opening hours as they are typed: "09:00-12:00, 13:00-18:00"; nothing is closed. */
export const hoursText = (hours: Hours): string => hours.map(([from, to]) => `${from}-${to}`).join(', ');

/** Reads what was typed; undefined when it is no list of hours. Whether the hours make sense is the server's word. */
export function readHours(text: string): Hours | undefined {
  const parts = text.split(/[,，;；]/).map((part) => part.trim()).filter((part) => part !== '');
  const read = parts.map((part) => SPAN.exec(part));
  if (read.some((found) => found === null)) return undefined;
  return read.map((found) => [(found?.[1] ?? '').padStart(5, '0'), (found?.[2] ?? '').padStart(5, '0')] as const);
}
