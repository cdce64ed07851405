import type { Instant } from '../../kernel/instant.ts';
import { becameLv1 } from '../incident/incident-alarm.rules.ts';

/** What must reach eyes and ears even when the row has changed again meanwhile (D-29). */
export const HAPPENING_KINDS = [
  'breached', 'escalated', 'new-lv1', 'handed-over', 'handoff-decided', 'warned', 'feedback-arrived', 'progress-missed', 'urged', 'closed',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

/** The facts of an event that a happening is made of. */
export interface HappeningEvent {
  readonly seq: number;
  readonly type: string;
  readonly ticketId: string | null;
  readonly occurredAt: Instant;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly mark: string | null;
}

export interface Happening {
  readonly seq: number;
  readonly kind: HappeningKind;
  readonly at: Instant;
  readonly incidentId: string | null;
  readonly text: string;
}

const KINDS: Readonly<Record<string, { readonly kind: HappeningKind; readonly words: string }>> = {
  'clock.breached': { kind: 'breached', words: 'clock breached' },
  'clock.missed': { kind: 'progress-missed', words: 'progress report missed' },
  'clock.warned': { kind: 'warned', words: 'clock warning' },
  'escalation.raised': { kind: 'escalated', words: 'escalated' },
  'handoff.requested': { kind: 'handed-over', words: 'handed over' },
  'handoff.accepted': { kind: 'handoff-decided', words: 'handoff accepted' },
  'handoff.rejected': { kind: 'handoff-decided', words: 'handoff rejected' },
  'handoff.recalled': { kind: 'handoff-decided', words: 'handoff recalled' },
  'incident.feedbackArrived': { kind: 'feedback-arrived', words: 'customer feedback arrived' },
  'incident.urged': { kind: 'urged', words: 'urged' },
  'incident.closed': { kind: 'closed', words: 'closed' },
};

/** The happening in an event, or null. History of another system rings nowhere (D-25). */
export function happeningOf(event: HappeningEvent): Happening | null {
  if (event.mark !== null) return null;
  const known = KINDS[event.type] ?? (becameLv1(event) ? { kind: 'new-lv1' as const, words: 'is LV1' } : null);
  if (!known) return null;
  const what = [valueOf(event.after, 'clock'), valueOf(event.after, 'step')].filter((word) => word !== null).join(' ');
  const text = [what && `${what}:`, known.words, event.reason && `(${event.reason})`].filter(Boolean).join(' ');
  return { seq: event.seq, kind: known.kind, at: event.occurredAt, incidentId: event.ticketId, text };
}

function valueOf(facts: unknown, name: string): string | null {
  const value: unknown = typeof facts === 'object' && facts !== null ? Reflect.get(facts, name) : null;
  return typeof value === 'string' ? value : null;
}
