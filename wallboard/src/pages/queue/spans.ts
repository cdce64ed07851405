/** Minutes of each unit, the largest first; with the words by which people write them. */
const UNITS = [
  { sign: 'w', minutes: 10_080, words: ['w', '周'] }, { sign: 'd', minutes: 1440, words: ['d', '天', '日'] },
  { sign: 'h', minutes: 60, words: ['h', '小时', '时'] }, { sign: 'm', minutes: 1, words: ['m', 'min', '分', '分钟', ''] },
] as const;
/** Ten years, as the server has it. */
const MOST_MINUTES = 5_256_000;

/** "90", "90m", "2h", "3d", "1w", "2小时" as minutes; null for what is no span. */
export function minutesOf(text: string): number | null {
  const [, figure = '', word = ''] = /^(\d{1,7})\s*(\D*)$/u.exec(text.trim().toLowerCase()) ?? [];
  const unit = figure === '' ? undefined : UNITS.find(({ words }) => (words as readonly string[]).includes(word));
  const minutes = unit === undefined ? 0 : Number(figure) * unit.minutes;
  return minutes >= 1 && minutes <= MOST_MINUTES ? minutes : null;
}

/** The shortest exact spelling: 120 is "2h", 90 is "90m". */
export function shortSpan(minutes: number): string {
  const unit = UNITS.find((one) => minutes % one.minutes === 0);
  return `${minutes / (unit?.minutes ?? 1)}${unit?.sign ?? 'm'}`;
}
