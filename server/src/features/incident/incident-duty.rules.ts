import { planDeskDuty } from '../clock/clock-plan.rules.ts';
import type { NewClockFact } from '../clock/clock-book.rules.ts';
import type { ClockRow } from '../clock/clock.entity.ts';
import { isDeskDuty, type ClockPlan, type DeskDuty } from '../clock/clock.rules.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { incidentEvent, logRow, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';

/** The duty of that kind that the desk still owes; null when it owes none (SLA-08). */
export function openDuty({ book }: IncidentCase, duty: DeskDuty): ClockRow | null {
  return book.clocks.find(({ kind, outcome }) => kind === duty && outcome === 'none') ?? null;
}

/** D-46: the desk dispatches from the intake saved, not from the report. History that is read in owes nothing. */
export function oweDispatch(kase: IncidentCase, context: RuleContext): NewClockFact[] {
  if (context.mark !== null) return [];
  return [{ kinds: ['desk-dispatch'], at: context.now, body: { fact: 'started', plan: dutyPlan(kase, 'desk-dispatch', context) } }];
}

/** SLA-08, D-46: it has left the intake's hands: another team or a person has it. From then on its execution is to be confirmed. */
export function followDispatch(kase: IncidentCase, before: { teamId: string | null; holderId: string | null }, context: RuleContext): NewClockFact[] {
  const { teamId, holderId, closedAt } = kase.ticket;
  const duty = openDuty(kase, 'desk-dispatch');
  const moved = (teamId !== before.teamId && teamId !== null) || (holderId !== before.holderId && holderId !== null);
  if (!duty || !moved || closedAt !== null) return [];
  const at = Math.max(context.at, duty.startAt);
  return [
    { kinds: ['desk-dispatch'], at, body: { fact: 'met' } },
    { kinds: ['desk-confirm'], at, body: { fact: 'started', plan: dutyPlan(kase, 'desk-confirm', context) } },
  ];
}

/** Ends what is owed of these kinds; never before it began, however late the entry (INC-19). */
export function endDuties(kase: IncidentCase, duties: readonly DeskDuty[], how: 'met' | 'cancelled', context: RuleContext): NewClockFact[] {
  return duties.flatMap((duty) => {
    const row = openDuty(kase, duty);
    return row ? [{ kinds: [duty], subjectId: row.subjectId, at: Math.max(context.at, row.startAt), body: { fact: how } }] : [];
  });
}

/** SLA-13: what is owed follows the policy in force. */
export function replanDuties({ book, terms: { deskCalendarRef } }: DutyCase, context: DutyContext): NewClockFact[] {
  if (deskCalendarRef === undefined) return [];
  return book.clocks.flatMap(({ kind, subjectId, outcome }) => (isDeskDuty(kind) && outcome === 'none'
    ? [{ kinds: [kind], subjectId, at: context.at, body: { fact: 'replanned' as const, plan: dutyPlan({ terms: { deskCalendarRef } }, kind, context), mode: 'retroactive' as const } }] : []));
}

interface DutyCase {
  readonly book: IncidentCase['book'];
  readonly terms: Partial<Pick<IncidentCase['terms'], 'deskCalendarRef'>>;
}
type DutyContext = Pick<RuleContext, 'at' | 'policies' | 'versions'>;

function dutyPlan({ terms }: { readonly terms: Pick<IncidentCase['terms'], 'deskCalendarRef'> }, duty: DeskDuty, { policies: { desk }, versions }: DutyContext): ClockPlan {
  const minutes = {
    'desk-dispatch': desk.dispatchMinutes, 'desk-confirm': desk.confirmMinutes, 'desk-redispatch': desk.redispatchMinutes, 'desk-abnormal': desk.abnormalMinutes,
  }[duty];
  return planDeskDuty(minutes, terms.deskCalendarRef, `desk v${versions.desk} ${terms.deskCalendarRef}`);
}

/** SLA-08: the desk has heard that the engineer executes. */
export function confirmExecution(kase: IncidentCase, note: string, context: RuleContext): Decision {
  return {
    clock: endDuties(kase, ['desk-confirm'], 'met', context),
    add: [logRow(kase, context, { kind: 'call', text: note, customerVisible: false })],
    events: [incidentEvent(kase, context, 'deskDuty.executionConfirmed', { after: { note } })],
  };
}

export const VISIT_FAULTS = ['delayed', 'missed'] as const;
export type VisitFault = (typeof VISIT_FAULTS)[number];

/** SLA-08: a visit is or was not in time: the user is to be contacted and the visit dispatched again. */
export function noticeVisitDelay(kase: IncidentCase, input: { fault: VisitFault; text: string }, context: RuleContext): Decision {
  if (!VISIT_FAULTS.includes(input.fault)) throw new Refusal('INVALID_INPUT', `"fault" must be one of ${VISIT_FAULTS.join(', ')}, got "${input.fault}".`, 'fault');
  return {
    ...begin(kase, 'desk-redispatch', context),
    add: [logRow(kase, context, { kind: 'visit', text: input.text, customerVisible: false })],
    events: [incidentEvent(kase, context, 'deskDuty.visitDelayNoticed', { after: { fault: input.fault, text: input.text } })],
  };
}

/** SLA-08: the user was contacted and the visit dispatched again, both; what was said to the user is theirs to read. */
export function redispatchVisit(kase: IncidentCase, input: { contact: string; dispatch: string }, context: RuleContext): Decision {
  return {
    clock: endDuties(kase, ['desk-redispatch'], 'met', context),
    add: [logRow(kase, context, { kind: 'call', text: input.contact, customerVisible: true }), logRow(kase, context, { kind: 'visit', text: input.dispatch, customerVisible: false })],
    events: [incidentEvent(kase, context, 'deskDuty.visitRedispatched', { after: input })],
  };
}

/** SLA-08: an engineer notices something abnormal that the project manager must know. */
export function noticeAbnormalEvent(kase: IncidentCase, text: string, context: RuleContext): Decision {
  return {
    ...begin(kase, 'desk-abnormal', context),
    add: [logRow(kase, context, { kind: 'note', text, customerVisible: false })],
    events: [incidentEvent(kase, context, 'deskDuty.abnormalNoticed', { after: { text } })],
  };
}

/** SLA-08: the desk has passed it to the agreement's project manager. */
export function passAbnormalEvent(kase: IncidentCase, text: string, context: RuleContext): Decision {
  const to = kase.terms.people['project-manager'] ?? null;
  return {
    clock: endDuties(kase, ['desk-abnormal'], 'met', context),
    add: [logRow(kase, context, { kind: 'note', text, customerVisible: false })],
    events: [incidentEvent(kase, context, 'deskDuty.abnormalPassed', { after: { text, to: to?.id ?? null, name: to?.name ?? null } })],
  };
}

/** Each notice is a duty of its own. */
function begin(kase: IncidentCase, duty: 'desk-redispatch' | 'desk-abnormal', context: RuleContext): Pick<Decision, 'clock'> {
  return { clock: [{ kinds: [duty], subjectId: context.newId(), at: context.at, body: { fact: 'started', plan: dutyPlan(kase, duty, context) } }] };
}
