import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { isLevel, type Policies } from '../service-level/service-level.rules.ts';
import { unless, type Moves, type Process } from '../ticket/ticket-action.rules.ts';
import type { VendorCase } from './vendor.entity.ts';

/** `number-owed`: demanded, but the vendor's number has not been entered (VND-05). `dropped`: not needed any more, with the reason. */
export const VENDOR_CASE_STATES = ['number-owed', 'open', 'closed', 'dropped'] as const;
export type VendorCaseState = (typeof VENDOR_CASE_STATES)[number];

export const VENDOR_CASE_ACTIONS = ['enterVendorCaseNumber', 'updateVendorCase', 'closeVendorCase', 'dropVendorCase'] as const;
export type VendorCaseAction = (typeof VENDOR_CASE_ACTIONS)[number];
export type VendorCaseMove = 'enter-number' | 'close' | 'drop';

export const VENDOR_CASE_MOVES: Moves<VendorCaseState, VendorCaseMove> = {
  'number-owed': { 'enter-number': 'open', drop: 'dropped' }, open: { close: 'closed' }, closed: {}, dropped: {},
};

/** A case with what its rules look at. */
export interface VendorKase {
  readonly record: VendorCase;
  /** Whether the incident or problem that it is for is still open; null: for none. */
  readonly ticketOpen: boolean | null;
}

const byEditor = ({ record }: VendorKase, actor: Actor): string | null => unless(may(actor, 'vendor.edit', { customerId: record.customerId }), 'somebody who keeps vendor cases');

export const VENDOR_CASE_PROCESS: Process<VendorKase, VendorCaseState, VendorCaseMove, VendorCaseAction> = {
  noun: 'vendor case', stateOf: ({ record }) => record.state, isClosed: ({ record }) => record.state === 'closed' || record.state === 'dropped', moves: VENDOR_CASE_MOVES,
  actions: {
    enterVendorCaseNumber: { move: 'enter-number', who: byEditor },
    updateVendorCase: { needsOpen: true, who: byEditor },
    closeVendorCase: { move: 'close', who: byEditor },
    dropVendorCase: {
      move: 'drop', who: byEditor,
      // VND-05: it stays until the number is entered; only when nobody needs it any more does it go without one.
      when: ({ ticketOpen }) => (ticketOpen === true ? 'Its record is still open: enter the number of the vendor\'s case.' : null),
    },
  },
};

/** VND-05: whether that step of that level demands a vendor case. */
export function demandsVendorCase(policies: Pick<Policies, 'level-table'>, level: string, step: string): boolean {
  if (!isLevel(level)) return false;
  const row = policies['level-table'].levels[level];
  if (step === 'escalation-1') return row.escalation1.vendorCase === true;
  return step === 'escalation-2' && row.escalation2.vendorCase === true;
}

/** When the vendor is to report next: not in the past. */
export function checkNextUpdate(nextUpdateAt: Instant | null, now: Instant): Instant | null {
  if (nextUpdateAt !== null && nextUpdateAt <= now) throw new Refusal('OUT_OF_RANGE', `"nextUpdateAt" must be after now, ${new Date(now).toISOString()}.`, 'nextUpdateAt');
  return nextUpdateAt;
}
