import type { ClockView, EscalationView } from '../clock/clock.types.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import type { LoggedWork } from '../ticket/ticket-history.service.ts';
import type { Lack } from '../ticket/ticket-action.rules.ts';
import type { Incident, SuspensionView } from './incident.types.ts';

/**
 * What a customer's own people are told of their incident (WBD-12, ORG-03): what was agreed, what is waited for, and whom they may
 * ask. Who among us holds it, how we judge it and what we say to each other is ours.
 */
export function incidentForCustomer(row: Incident): Incident {
  return {
    ...row, team: null, holder: null, source: null, bridge: null, difficulty: 'normal', functionalStep: 0, pingPong: false, onSiteNeeded: null, changeMade: false, conversion: [], callSeconds: null,
  };
}

/** The agreed instants and their arithmetic; who was late, whom we warned and what we expect is ours. Null: a clock of our own. */
export function clockForCustomer(clock: ClockView): ClockView | null {
  if (!AGREED.includes(clock.kind)) return null;
  // Spread would call the getter, which is costly and may not have been asked for.
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(clock), breachHeldBy: { value: null }, firings: { value: [] }, coming: { value: [] }, forecast: { value: null } }) as ClockView;
}

/** The clocks of the level table that the customer was promised (AGR-05). */
const AGREED: readonly string[] = ['response', 'start-of-work', 'on-site', 'resolution', 'progress-report'];

type SuspensionReason = Policies['suspension']['reasons'][number];

/** INC-28's reasons that wait for the customer; policy may say so of others. */
const SEEDED_WAITS: readonly string[] = ['awaiting-user', 'user-busy', 'customer-duty'];

/** Keys of the reasons for which it is the customer's turn. */
export function reasonsOnCustomer(reasons: readonly SuspensionReason[]): string[] {
  return reasons.filter(({ key, onCustomer }) => onCustomer ?? SEEDED_WAITS.includes(key)).map(({ key }) => key);
}

/** What is asked of the customer is told them; why we wait for anybody else, and who corrected whom, is not. */
export function suspensionForCustomer(spell: SuspensionView, onCustomer: readonly string[]): SuspensionView {
  return {
    ...spell, text: onCustomer.includes(spell.category) ? spell.text : null, pastedMail: null, suspendedBy: '', resumedBy: null, flagged: false,
    correctedBy: null, correctedReason: null,
  };
}

/** That an escalation was raised by hand, and whether somebody has taken it; not to whom it went, nor our own thresholds. */
export function escalationsForCustomer(escalations: readonly EscalationView[]): EscalationView[] {
  return escalations.filter(({ manual, step }) => manual && step === 'manual').map((row) => ({ ...row, to: [], warned: [], acknowledgedBy: null, reason: null, forecast: null }));
}

/** Time spent and why an entry came late are kept for us. */
export function entryForCustomer<Entry extends Pick<LoggedWork, 'minutes' | 'lateReason'>>(entry: Entry): Entry {
  return { ...entry, minutes: null, lateReason: null };
}

/** Only what a customer may ever do: what our own actions still lack names our work. */
export function actionsForCustomer<Action extends { readonly lacks: readonly Lack[] }>(actions: readonly Action[]): Action[] {
  return actions.filter(({ lacks }) => !lacks.some(({ code }) => code === 'FORBIDDEN'));
}
