import type { DeskMessageKey } from '../messages/desk/zh-CN.ts';
import type { Translate } from '../messages/translator.ts';

/** "4 h", "2 h 30 min", "45 s": a span as people say it; seconds only under a minute. */
export function spanText(t: Translate<DeskMessageKey>, seconds: number): string {
  const sign = seconds < 0 ? '−' : '';
  const total = Math.abs(Math.round(seconds));
  if (total < 60) return sign + t('span.seconds', { seconds: total });
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  if (hours === 0) return sign + t('span.minutes', { minutes });
  return sign + (minutes === 0 ? t('span.hours', { hours }) : t('span.hoursMinutes', { hours, minutes }));
}
