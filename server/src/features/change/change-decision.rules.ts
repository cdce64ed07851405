import type { Instant } from '../../kernel/instant.ts';
import { recordEvent, type RecordContext, type RecordDecision } from '../ticket/ticket-record.rules.ts';
import { nextState } from '../ticket/ticket-action.rules.ts';
import { CHANGE_PROCESS } from './change-actions.rules.ts';
import type { ChangeCase } from './change-case.rules.ts';
import type { ChangeRow } from './change.entity.ts';
import { type ChangeMove, type DecisionKind, isEnded } from './change-states.rules.ts';

/** What a rule of changes decides: state and fields, rows, and one event that says so. */
export type ChangeDecided = RecordDecision<ChangeRow>;

interface Step {
  readonly event: string;
  readonly fields?: Partial<ChangeRow>;
  readonly after?: object;
  readonly reason?: string | null;
  readonly at?: Instant;
  readonly rows?: Pick<ChangeDecided, 'add' | 'patches'>;
}

/** Makes a move of the table; entering an end closes the ticket. */
export function move(kase: ChangeCase, context: RecordContext, name: ChangeMove, step: Step): ChangeDecided {
  const state = nextState(CHANGE_PROCESS, kase, name);
  return {
    ...step.rows,
    record: { ...step.fields, state },
    ...(isEnded(state) ? { ticket: { closedAt: context.now } } : {}),
    events: [changeEvent(kase, context, step, { before: { state: kase.record.state }, after: { state, ...step.after } })],
  };
}

/** Does something without a move. */
export function note(kase: ChangeCase, context: RecordContext, step: Step): ChangeDecided {
  return { ...step.rows, ...(step.fields ? { record: step.fields } : {}), events: [changeEvent(kase, context, step, step.after ? { after: step.after } : {})] };
}

function changeEvent(kase: ChangeCase, context: RecordContext, { event, reason, at }: Step, rest: { before?: unknown; after?: unknown }): ChangeDecided['events'][number] {
  return { ...recordEvent(kase, context, event, { ...rest, reason: reason ?? null }), ...(at === undefined ? {} : { occurredAt: at }) };
}

/** A recorded exception, as a row (FRZ-01, REL-09, CHG-03, CHG-08). */
export function decisionRow(kase: ChangeCase, { newId, now, actor }: RecordContext, facts: { readonly kind: DecisionKind; readonly subject: string | null; readonly reason: string }) {
  return {
    table: 'decision',
    row: { id: newId(), ticketId: kase.ticket.id, ...facts, decidedAt: now, decidedBy: actor.name, deciderId: actor.kind === 'person' ? actor.id : null },
  } as const;
}
