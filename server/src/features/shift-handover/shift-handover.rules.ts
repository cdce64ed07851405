import { HOUR, MINUTE, type Instant } from '../../kernel/instant.ts';

export const SHIFT_HANDOVER_STATES = ['drafting', 'signed', 'questioned', 'taken-over'] as const;
export type ShiftHandoverState = (typeof SHIFT_HANDOVER_STATES)[number];

export const SHIFT_HANDOVER_SECTIONS = ['escalations', 'incidents', 'handoffs', 'suspended', 'changes'] as const;
export type ShiftHandoverSection = (typeof SHIFT_HANDOVER_SECTIONS)[number];

export const SHIFT_HANDOVER_ACTIONS = ['complete', 'redraw', 'sign', 'sendBack', 'takeOver'] as const;
export type ShiftHandoverAction = (typeof SHIFT_HANDOVER_ACTIONS)[number];

/** From which states each action is possible, whose it is, and where it leads. */
export const MOVES: Readonly<Record<ShiftHandoverAction, { readonly from: readonly ShiftHandoverState[]; readonly side: 'leaving' | 'coming'; readonly to: ShiftHandoverState | null }>> = {
  complete: { from: ['drafting', 'questioned'], side: 'leaving', to: null },
  redraw: { from: ['drafting', 'questioned'], side: 'leaving', to: null },
  sign: { from: ['drafting', 'questioned'], side: 'leaving', to: 'signed' },
  sendBack: { from: ['signed'], side: 'coming', to: 'questioned' },
  takeOver: { from: ['signed'], side: 'coming', to: 'taken-over' },
};

/** Drawn up by the system so long before the shift ends. */
export const DRAWN_BEFORE = 45 * MINUTE;
/** A shift that ended longer ago is not handed over any more. */
export const DRAWN_UNTIL = 12 * HOUR;

/** A shift of the roster, half-open. */
export interface Shift {
  readonly personId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly leader: boolean;
}

/** Who hands over to whom at the end of a shift, by the roster as it is now: a swapped shift changes it. */
export interface Sides {
  readonly leaving: readonly string[];
  readonly coming: readonly string[];
  readonly leadId: string | null;
}

/**
 * The leaders of the shift that ends, and of the one that then runs; two leaders are both. A shift without a leader is led by
 * whoever is on it; where nobody is on the roster the team's lead stands in.
 */
export function sidesAt(shifts: readonly Shift[], endsAt: Instant, leadId: string | null): Sides {
  const led = (of: readonly Shift[]): string[] => {
    const leaders = of.filter(({ leader }) => leader);
    return [...new Set((leaders.length > 0 ? leaders : of).map(({ personId }) => personId))];
  };
  const leaving = led(shifts.filter((shift) => shift.endsAt === endsAt));
  const coming = led(shifts.filter((shift) => shift.startsAt <= endsAt && endsAt < shift.endsAt));
  const lead = leadId === null ? [] : [leadId];
  return { leaving: leaving.length > 0 ? leaving : lead, coming: coming.length > 0 ? coming : lead, leadId };
}

/** The shift that is to be handed over now: the leaders' that ends next, or that ended last within twelve hours; null: none. */
export function shiftToHandOver(shifts: readonly Shift[], now: Instant): { readonly startsAt: Instant; readonly endsAt: Instant } | null {
  const near = shifts.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt + DRAWN_UNTIL);
  const leading = near.some(({ leader }) => leader) ? near.filter(({ leader }) => leader) : near;
  const running = leading.filter(({ endsAt }) => now < endsAt).toSorted((a, b) => a.endsAt - b.endsAt)[0];
  const ended = leading.filter(({ endsAt }) => endsAt <= now).toSorted((a, b) => b.endsAt - a.endsAt)[0];
  const shift = running ?? ended;
  return shift ? { startsAt: shift.startsAt, endsAt: shift.endsAt } : null;
}

/** Whoever leads on hands nothing over. */
export function isHandedOver({ leaving, coming }: Sides): boolean {
  return leaving.length > 0 && !leaving.some((id) => coming.includes(id));
}

/** Why an action is not possible; null: it is. The same answer lists the actions and guards the command. */
export function obstacle(
  action: ShiftHandoverAction, handover: { readonly state: ShiftHandoverState; readonly signedById: string | null }, sides: Sides, personId: string,
): 'state' | 'leaving' | 'coming' | 'own' | null {
  const { from, side } = MOVES[action];
  const allowed = side === 'leaving' ? sides.leaving : [...sides.coming, ...(sides.leadId === null ? [] : [sides.leadId])];
  if (!allowed.includes(personId)) return side;
  if (!from.includes(handover.state)) return 'state';
  // Two pairs of eyes: nobody takes over from oneself.
  return side === 'coming' && handover.signedById === personId ? 'own' : null;
}

/** Past the end of its shift and not taken over. */
export function isOverdue({ state, endsAt }: { readonly state: ShiftHandoverState; readonly endsAt: Instant }, now: Instant): boolean {
  return state !== 'taken-over' && endsAt <= now;
}
