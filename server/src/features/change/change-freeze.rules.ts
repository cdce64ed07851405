import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** What a freeze window was made for; safeguard is 重大活动保障期 (SEC-03). */
export const FREEZE_ORIGINS = ['safeguard', 'business-peak', 'customer', 'holiday', 'other'] as const;
export type FreezeOrigin = (typeof FREEZE_ORIGINS)[number];

/** Longer than this is a slip of the keyboard, not a freeze. */
export const LONGEST_FREEZE_DAYS = 366;

/** What of a freeze window decides whom it stops. An empty list of a scope means "any". */
export interface Freeze {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly customerIds: readonly string[];
  readonly serviceIds: readonly string[];
  readonly ciIds: readonly string[];
  readonly allowedCategories: readonly string[];
  readonly cancelledAt: Instant | null;
}

/** A window that somebody wants, and what the work in it touches. */
export interface WantedWindow {
  readonly window: Interval;
  readonly category: string;
  /** The customer of the change and those whose CIs it reaches. */
  readonly customerIds: ReadonlySet<string>;
  /** Services that rest on a CI that it touches or reaches. */
  readonly serviceIds: ReadonlySet<string>;
  /** CIs that it touches, and those that depend on them: a frozen server is not left alone while its storage is rebuilt. */
  readonly ciIds: ReadonlySet<string>;
}

/** Half-open on both sides: a change that begins when the freeze ends is outside, one that ends when it begins as well. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to;
}

/** FRZ-01: does this freeze stop that window? Customers narrow it; services and CIs name what is protected. */
export function stops(freeze: Freeze, wanted: WantedWindow): boolean {
  if (freeze.cancelledAt !== null || freeze.allowedCategories.includes(wanted.category)) return false;
  if (!overlaps({ from: freeze.startsAt, to: freeze.endsAt }, wanted.window)) return false;
  if (freeze.customerIds.length > 0 && !freeze.customerIds.some((id) => wanted.customerIds.has(id))) return false;
  if (freeze.serviceIds.length === 0 && freeze.ciIds.length === 0) return true;
  return freeze.serviceIds.some((id) => wanted.serviceIds.has(id)) || freeze.ciIds.some((id) => wanted.ciIds.has(id));
}

/** A decision that let the change into the freeze for one planned window. */
export interface Override {
  readonly freezeId: string;
  readonly windowStartAt: Instant;
  readonly windowEndAt: Instant;
}

/** It holds for what was decided on: the same window or a shorter one inside it. Moved out of it, the change must ask again. */
export function isOverridden(freezeId: string, window: Interval, overrides: readonly Override[]): boolean {
  return overrides.some((one) => one.freezeId === freezeId && one.windowStartAt <= window.from && window.to <= one.windowEndAt);
}

/** Roles that hold `freeze.override`, as they stand in sentences. */
const WHO_MAY = 'a department manager or the change manager';

/** FRZ-01: which windows, until when, and who may decide otherwise. */
export function freezeRefusal(freezes: readonly Freeze[]): Refusal {
  const named = freezes.map(({ name, startsAt, endsAt, reason }) => `"${name}" (${toIso(startsAt)} to ${toIso(endsAt)}: ${reason})`).join(', ');
  return new Refusal(
    'FREEZE', `The window lies in the freeze ${named}. Choose another window, or have it overridden by ${WHO_MAY}, who did not ask for the change.`, 'windowStartAt',
    { freezes: freezes.map(({ id, name, startsAt, endsAt }) => ({ id, name, startsAt: toIso(startsAt), endsAt: toIso(endsAt) })), permission: 'freeze.override' },
  );
}
