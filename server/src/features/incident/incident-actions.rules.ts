import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { lacksOf as lacksOfAction, lack, listActions, unless, type ActionRule, type AvailableAction, type Lack, type Process } from '../ticket/ticket-action.rules.ts';
import {
  isCustomer, isFirstContact, isHolder, isIncidentManager, isLead, isMember, isServiceManager, leadsTeam, mayHere, mayWork, openSuspension,
  waitingHandoff, waitingRequest, type IncidentCase,
} from './incident-case.rules.ts';
import type { DeskDuty } from '../clock/clock.rules.ts';
import { openDuty } from './incident-duty.rules.ts';
import { isTechnicalManager, whyNotConverted } from './incident-problem.rules.ts';
import { INCIDENT_MOVES, moveIncident, type IncidentMove, type IncidentState } from './incident-states.rules.ts';

/** Everything a person may do with an incident, by the name of its mutation. */
export const INCIDENT_ACTIONS = [
  'confirmLevel', 'assignIncident', 'takeIncident', 'startWork', 'recordResponse', 'recordArrival', 'decideOnSite', 'suspendIncident',
  'resumeIncident', 'recordCustomerFeedback', 'proposeSolution', 'recordConfirmationAttempt', 'acceptSolution', 'refuseSolution',
  'closeIncident', 'regradeIncident', 'decideRegrade', 'addWorkLog', 'urgeIncident', 'answerUrge', 'requestHandoff', 'acceptHandoff',
  'rejectHandoff', 'recallHandoff', 'raiseEscalation', 'acknowledgeEscalation', 'linkTicket', 'linkCi', 'attachDuplicate', 'correctEntry',
  'declareMajorIncident', 'changeBridge', 'attachToMajorIncident', 'convertToProblem', 'noteChangeMade', 'raiseChangeForIncident',
  'confirmExecution', 'noticeVisitDelay', 'redispatchVisit', 'noticeAbnormalEvent', 'passAbnormalEvent',
] as const;
export type IncidentAction = (typeof INCIDENT_ACTIONS)[number];

type Rule = ActionRule<IncidentCase, IncidentMove>;

/** The person on call acts as desk by the roster, not by a right to close (D-13). */
const desk = (kase: IncidentCase, actor: Actor): boolean => actor.kind === 'system' || (kase.terms.actsAsDesk && may(actor, 'incident.work', { customerId: kase.ticket.customerId }));
const worker = (kase: IncidentCase, actor: Actor): boolean => mayWork(kase, actor);
const ownsOrLeads = (kase: IncidentCase, actor: Actor): boolean => (isHolder(kase, actor) && mayWork(kase, actor)) || isLead(kase, actor);

/** D-48, HND-07: who may suspend and resume, also while another team holds the ticket. */
const mayPause = (kase: IncidentCase, actor: Actor): string | null =>
  unless(
    isHolder(kase, actor) || leadsTeam(kase, actor) || isServiceManager(kase, actor) || isFirstContact(kase, actor) || isIncidentManager(kase, actor),
    'the assignee, the lead of the holding team, the service manager, the first contact or the incident manager',
  );

const anyWorker: Rule['who'] = (kase, actor) => unless(worker(kase, actor), 'a person with "incident.work" for this customer and team');
const customerOrDesk: Rule['who'] = (kase, actor) =>
  unless((isCustomer(kase, actor) && mayHere(kase, actor, 'incident.confirm')) || desk(kase, actor), 'the customer, or the desk on their behalf');
const anyReader: Rule['who'] = (kase, actor) => unless(mayHere(kase, actor, 'incident.comment'), 'a person with "incident.comment"');

const noHandoff = (kase: IncidentCase): string | null => (waitingHandoff(kase) ? 'A handoff already waits for acceptance.' : null);
const handoffWaits = (kase: IncidentCase): string | null => (waitingHandoff(kase) ? null : 'No handoff waits for acceptance.');

const receives: Rule['who'] = (kase, actor) => {
  const handoff = waitingHandoff(kase);
  const member = handoff !== null && actor.teamIds.includes(handoff.toTeamId);
  return unless(actor.kind === 'system' || member || isLead(kase, actor), 'a member of the receiving team');
};

const deskOnly: Rule['who'] = (kase, actor) => unless(desk(kase, actor), 'the service desk');
/** SLA-08: the desk owes it now, or does not. */
const owed = (duty: DeskDuty, message: string): Rule['when'] => (kase) => (openDuty(kase, duty) ? null : message);
const notOwed = (duty: DeskDuty, message: string): Rule['when'] => (kase) => (openDuty(kase, duty) ? message : null);

const RULES: Readonly<Record<IncidentAction, Rule>> = {
  confirmLevel: {
    needsOpen: true, who: anyWorker, when: (kase) => (kase.incident.levelConfirmed ? 'The level is confirmed already; use a re-grade.' : null),
  },
  assignIncident: { move: 'assign', when: noHandoff, who: (kase, actor) => unless(mayHere(kase, actor, 'incident.assign') || isLead(kase, actor), 'the desk or the lead of the holding team') },
  takeIncident: { move: 'assign', who: (kase, actor) => unless(actor.kind !== 'token' && ((isMember(kase, actor) && worker(kase, actor)) || desk(kase, actor)), 'a member of the holding team'), when: noHandoff },
  startWork: { move: 'startWork', who: (kase, actor) => unless(ownsOrLeads(kase, actor), 'the assignee or the lead of the holding team'), when: (kase) => (kase.incident.started ? 'Work has started already.' : null) },
  recordResponse: { needsOpen: true, who: anyWorker },
  recordArrival: { needsOpen: true, who: anyWorker },
  decideOnSite: { needsOpen: true, who: (kase, actor) => unless(desk(kase, actor) || actor.id === kase.terms.people['technical-manager']?.id || isLead(kase, actor), 'the desk or the technical manager') },
  suspendIncident: { move: 'suspend', who: mayPause },
  resumeIncident: { move: 'resume', who: mayPause },
  recordCustomerFeedback: { needsOpen: true, who: (kase, actor) => unless(isCustomer(kase, actor) || worker(kase, actor), 'the customer, or whoever took their call') },
  proposeSolution: { move: 'proposeSolution', who: (kase, actor) => unless(ownsOrLeads(kase, actor), 'the assignee or the lead of the holding team'), when: noHandoff },
  recordConfirmationAttempt: { who: (kase, actor) => unless(desk(kase, actor), 'the service desk'), when: (kase) => (kase.incident.state === 'awaiting-feedback' ? null : 'Only while the customer\'s word is awaited.') },
  acceptSolution: { move: 'acceptSolution', who: customerOrDesk },
  refuseSolution: { move: 'refuseSolution', who: customerOrDesk },
  closeIncident: { move: 'close', who: mayClose, when: noHandoff, needs: blockersOf },
  regradeIncident: { needsOpen: true, who: anyWorker, when: (kase) => (waitingRequest(kase) ? 'A re-grading already waits for the lead.' : null) },
  decideRegrade: { needsOpen: true, who: (kase, actor) => unless(isLead(kase, actor), 'the lead of the holding team'), when: (kase) => (waitingRequest(kase) ? null : 'No re-grading waits for a decision.') },
  addWorkLog: { who: anyReader },
  urgeIncident: { needsOpen: true, who: (kase, actor) => unless(desk(kase, actor) || isFirstContact(kase, actor) || isServiceManager(kase, actor) || isCustomer(kase, actor), 'the desk, the first contact or the customer') },
  answerUrge: { needsOpen: true, who: anyWorker, when: (kase) => (kase.ticket.urgeCount > 0 ? null : 'Nobody has urged it.') },
  requestHandoff: { move: 'handOver', who: (kase, actor) => unless(worker(kase, actor), 'a person who works on it'), when: noHandoff },
  acceptHandoff: { needsOpen: true, who: receives, when: handoffWaits },
  rejectHandoff: { needsOpen: true, who: receives, when: handoffWaits },
  recallHandoff: { needsOpen: true, when: handoffWaits, who: (kase, actor) => unless(actor.kind === 'system' || isFirstContact(kase, actor) || isServiceManager(kase, actor) || actor.id === waitingHandoff(kase)?.fromPersonId, 'the first contact, the service manager or the sender') },
  raiseEscalation: { needsOpen: true, who: (kase, actor) => unless(isCustomer(kase, actor) || mayHere(kase, actor, 'escalation.raise'), 'the customer or a team member') },
  acknowledgeEscalation: { who: (kase, actor) => unless(mayHere(kase, actor, 'escalation.acknowledge'), 'a person with "escalation.acknowledge"'), when: (kase) => (kase.escalations.some((row) => row.acknowledgedAt === null) ? null : 'No escalation waits to be acknowledged.') },
  linkTicket: { who: anyWorker },
  linkCi: { needsOpen: true, who: anyWorker },
  attachDuplicate: { move: 'close', who: anyWorker, when: noHandoff, needs: blockersOf },
  declareMajorIncident: { needsOpen: true, who: leadsMajor, when: ({ ticket, incident }) => (ticket.major ? 'It is a major incident already.' : incident.level === 'LV1' && incident.levelConfirmed ? null : 'Only a confirmed LV1 is declared major.') },
  changeBridge: { needsOpen: true, who: leadsMajor, when: ({ ticket }) => (ticket.major ? null : 'It is no major incident.') },
  attachToMajorIncident: { needsOpen: true, who: anyWorker, when: ({ ticket }) => (ticket.major ? 'A major incident belongs to no other.' : null) },
  convertToProblem: { needsOpen: true, when: whyNotConverted, who: (kase, actor) => unless(actor.kind !== 'token' && (isServiceManager(kase, actor) || isTechnicalManager(kase, actor)), 'the service manager and the technical manager') },
  noteChangeMade: { needsOpen: true, who: anyWorker, when: ({ incident }) => (incident.changeMade ? 'It is noted already.' : null) },
  raiseChangeForIncident: { needsOpen: true, who: (kase, actor) => unless(mayHere(kase, actor, 'change.raise') || mayHere(kase, actor, 'change.raiseEmergency'), 'a person with "change.raise"') },
  confirmExecution: { needsOpen: true, who: deskOnly, when: owed('desk-confirm', 'No dispatch waits for its execution to be confirmed.') },
  noticeVisitDelay: { needsOpen: true, who: anyWorker, when: notOwed('desk-redispatch', 'A delayed visit waits already for the user to be contacted.') },
  redispatchVisit: { needsOpen: true, who: deskOnly, when: owed('desk-redispatch', 'No delayed or missed visit was noticed.') },
  noticeAbnormalEvent: { needsOpen: true, who: anyWorker, when: notOwed('desk-abnormal', 'An abnormal event waits already to be passed on.') },
  passAbnormalEvent: { needsOpen: true, who: deskOnly, when: owed('desk-abnormal', 'No abnormal event was noticed.') },
  correctEntry: { who: (kase, actor) => unless(isLead(kase, actor), 'the lead of the holding team'), needsOpen: true },
};

/** INC-16: who leads a major incident. */
function leadsMajor(kase: IncidentCase, actor: Actor): string | null {
  return unless(isLead(kase, actor) || isIncidentManager(kase, actor), 'the incident manager or a lead');
}

/** INC-14, CHG-06: what other processes still owe before it may close, by whatever door. */
export function blockersOf({ incident, related }: IncidentCase): readonly Lack[] {
  const unrecorded = incident.changeMade && related.changes === 0
    ? [lack('MISSING_FIELD', 'Something was changed while handling: record it as a change first.', 'changeId')] : [];
  return [...unrecorded, ...related.blockers];
}

/** INC-09: user-reported incidents are closed by the desk only; monitoring ones by their handler. */
function mayClose(kase: IncidentCase, actor: Actor): string | null {
  if (kase.incident.category === 'monitoring') return unless(ownsOrLeads(kase, actor) || desk(kase, actor), 'the handler');
  return unless(desk(kase, actor), 'the service desk');
}

const PROCESS: Process<IncidentCase, IncidentState, IncidentMove, IncidentAction> = {
  noun: 'incident', stateOf: ({ incident }) => incident.state, isClosed: ({ incident }) => incident.state === 'closed', moves: INCIDENT_MOVES, actions: RULES,
};

/** What the action still lacks for this actor; empty when it is possible now. The same function guards the command. */
export function lacksOf(action: IncidentAction, kase: IncidentCase, actor: Actor): Lack[] {
  return lacksOfAction(PROCESS, action, kase, actor);
}

/** Refuses the command unless {@link lacksOf} finds nothing; a forbidden move names the moves that are allowed. */
export function guard(action: IncidentAction, kase: IncidentCase, actor: Actor): void {
  const rule = RULES[action];
  const lacks = lacksOf(action, kase, actor);
  const forbidden = lacks.find((lack) => lack.code === 'FORBIDDEN');
  if (forbidden) throw new Refusal('FORBIDDEN', forbidden.message);
  if (rule.move) moveIncident(kase.incident.state, rule.move);
  const first = lacks[0];
  if (first) throw new Refusal(first.code, first.message, first.field, { state: kase.incident.state });
}

/** Entries that may reach back behind a later change of state or holder: what they tell has not made the record move. */
const TELLS: Readonly<Partial<Record<IncidentAction, (kase: IncidentCase) => Instant | null>>> = {
  recordResponse: ({ incident }) => incident.respondedAt,
  recordArrival: ({ book }) => book.facts.findLast(({ kinds, body, withdrawnAt }) => kinds.includes('on-site') && body.fact === 'met' && withdrawnAt === null)?.at ?? null,
  recordCustomerFeedback: ({ incident }) => incident.feedbackArrivedAt,
  urgeIncident: ({ ticket }) => ticket.lastUrgedAt,
  answerUrge: ({ ticket }) => ticket.lastUrgedAt,
  addWorkLog: () => null,
  linkCi: () => null,
  noteChangeMade: () => null,
  raiseChangeForIncident: () => null,
  linkTicket: () => null,
};

/** INC-19: an entry is never dated before the record's start or its last event of that kind; for a move that is the last move. */
export function notBefore(action: IncidentAction, kase: IncidentCase): Instant {
  const last = TELLS[action] ? TELLS[action](kase) : kase.spans.at(-1)?.fromAt ?? null;
  return Math.max(kase.incident.reportedAt, last ?? kase.incident.reportedAt);
}

/** API-03: what this person may do now, and what each action still lacks. */
export function availableActions(kase: IncidentCase, actor: Actor): AvailableAction<IncidentAction>[] {
  return listActions(PROCESS, kase, actor);
}

/** The open suspension must exist for these; a broken record is our mistake, not the caller's. */
export function requireOpenSuspension(kase: IncidentCase): NonNullable<ReturnType<typeof openSuspension>> {
  const suspension = openSuspension(kase);
  if (!suspension) throw new Refusal('MOVE_NOT_ALLOWED', 'The incident is not suspended.', 'state', { state: kase.incident.state });
  return suspension;
}
