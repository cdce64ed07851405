import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { ClockFactRow } from '../clock/clock.entity.ts';
import type { ClockKind } from '../clock/clock.rules.ts';
import { incidentEvent, type AddedRow, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';

export interface CorrectInput {
  readonly kind: 'suspension' | 'response' | 'resume';
  /** The suspension that was mistaken or wrongly ended; for a response nothing. */
  readonly suspensionId: string | null;
  /** When it really happened; null: it did not happen at all. */
  readonly at: Instant | null;
  readonly reason: string;
}

/**
 * INC-22: a lead corrects a mistaken suspension, resume or response. The first entry stays, marked as withdrawn;
 * a corrected one follows it, and the clocks are judged again from the corrected history.
 */
export function correctEntry(kase: IncidentCase, input: CorrectInput, context: RuleContext): Decision {
  if (input.at !== null && input.at > context.now) throw new Refusal('OUT_OF_RANGE', '"at" must not be in the future.', 'at');
  if (input.at !== null && input.at < kase.incident.reportedAt) throw new Refusal('OUT_OF_RANGE', '"at" must not be before the incident was reported.', 'at');
  const before = factsBehind(kase, input);
  const replacement = before.map((row) => ({ kinds: kindsOf(row, input), at: input.at ?? row.at, body: row.body }));
  const untouched = before.map((row) => ({ kinds: row.kinds.filter((kind) => !kindsOf(row, input).includes(kind)), at: row.at, body: row.body }));
  for (const row of before) {
    row.withdrawnAt = context.now;
    row.withdrawnReason = input.reason;
  }
  const incident = input.kind === 'response' ? { respondedAt: input.at } : {};
  return {
    incident,
    add: input.kind === 'response' ? [] : correctedSpell(kase, input, context),
    clock: [...untouched.filter(({ kinds }) => kinds.length > 0), ...(input.at === null ? [] : replacement)],
    events: [incidentEvent(kase, context, 'incident.corrected', {
      before: { entry: input.kind, at: before[0]?.at ?? null }, after: { at: input.at }, reason: input.reason,
    })],
  };
}

/** A response may have been met by the start of work (D-05), which is not what is corrected. */
function kindsOf(row: ClockFactRow, input: CorrectInput): ClockKind[] {
  return input.kind === 'response' ? ['response'] : row.kinds;
}

/** The facts that the mistaken entry made. Taking back a whole suspension takes back its resume too. */
function factsBehind(kase: IncidentCase, input: CorrectInput): ClockFactRow[] {
  const live = kase.book.facts.filter((row) => row.withdrawnAt === null);
  if (input.kind === 'response') {
    const met = live.filter((row) => row.body.fact === 'met' && row.kinds.includes('response'));
    if (met.length === 0) throw new Refusal('NOT_FOUND', 'No response is recorded.', 'kind');
    return met;
  }
  const spell = spellOf(kase, input);
  const of = (fact: 'paused' | 'resumed', at: Instant | null) => live.filter(({ body, at: begun }) => body.fact === fact && body.reason === spell.category && begun === at);
  const paused = of('paused', spell.fromAt);
  const resumed = of('resumed', spell.toAt);
  if (input.kind === 'resume') return resumed;
  return input.at === null ? [...paused, ...resumed] : paused;
}

function spellOf(kase: IncidentCase, input: CorrectInput): IncidentCase['suspensions'][number] {
  const spell = kase.suspensions.find((row) => row.id === input.suspensionId && row.correctedAt === null);
  if (!spell) throw new Refusal('NOT_FOUND', 'This incident has no such suspension.', 'suspensionId');
  if (input.kind === 'resume' && spell.toAt === null) throw new Refusal('MOVE_NOT_ALLOWED', 'It has not been resumed yet.', 'suspensionId');
  if (input.kind === 'resume' && input.at === null) throw new Refusal('MISSING_FIELD', 'Say when it was really resumed.', 'at');
  if (input.kind === 'suspension' && input.at === null && spell.toAt === null) {
    throw new Refusal('MOVE_NOT_ALLOWED', 'Resume it first; then take the suspension back.', 'suspensionId', { use: 'resumeIncident' });
  }
  const [from, to] = input.kind === 'suspension' ? [input.at ?? spell.fromAt, spell.toAt] : [spell.fromAt, input.at];
  if (to !== null && from > to) throw new Refusal('OUT_OF_RANGE', 'The suspension would end before it begins.', 'at');
  const other = input.at === null ? undefined : kase.suspensions.find((row) => row.id !== spell.id && row.correctedAt === null && from < (row.toAt ?? Infinity) && row.fromAt < (to ?? Infinity));
  if (other) throw new Refusal('OUT_OF_RANGE', `It would run into the suspension that began at ${toIso(other.fromAt)}.`, 'at');
  return spell;
}

/** The mistaken spell stays, marked; a corrected copy follows it unless it never was. */
function correctedSpell(kase: IncidentCase, input: CorrectInput, context: RuleContext): AddedRow[] {
  const spell = spellOf(kase, input);
  const copy = { ...spell, id: context.newId(), ...(input.kind === 'suspension' ? { fromAt: input.at ?? spell.fromAt } : { toAt: input.at }) };
  spell.correctedAt = context.now;
  spell.correctedBy = context.actor.name;
  spell.correctedReason = input.reason;
  return input.at === null ? [] : [{ table: 'suspension', row: copy }];
}
