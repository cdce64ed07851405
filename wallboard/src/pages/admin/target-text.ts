export type Target = { readonly minutes: number } | { readonly workingDays: number };

const HOUR_MINUTES = 60;

/** A target as it is typed: "30m", "4h", "1d" for the end of the next working day (D-04). */
export function targetText(target: Target | null | undefined): string {
  if (target === null || target === undefined) return '';
  if ('workingDays' in target) return `${target.workingDays}d`;
  return target.minutes % HOUR_MINUTES === 0 ? `${target.minutes / HOUR_MINUTES}h` : `${target.minutes}m`;
}

/** Reads what was typed; null when it is empty, undefined when it is no target. Chinese units are taken too. */
export function readTarget(text: string): Target | null | undefined {
  if (text.trim() === '') return null;
  const found = /^(\d+(?:\.\d+)?)\s*(m|min|分钟|分|h|小时|时|d|工作日|天)?$/i.exec(text.trim());
  if (!found) return undefined;
  const amount = Number(found[1]);
  const unit = (found[2] ?? 'm').toLowerCase();
  if (amount <= 0) return undefined;
  if (['d', '工作日', '天'].includes(unit)) return Number.isInteger(amount) ? { workingDays: amount } : undefined;
  const minutes = ['h', '小时', '时'].includes(unit) ? amount * HOUR_MINUTES : amount;
  return Number.isInteger(minutes) ? { minutes } : undefined;
}
