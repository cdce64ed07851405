import type { DeskMessageKey } from '../../../lib/messages/desk/zh-CN.ts';
import type { TicketAction } from './action-form-types.ts';
import {
  acceptSolution, closeIncident, correctEntry, proposeSolution, recordConfirmationAttempt, recordCustomerFeedback, refuseSolution, resumeIncident,
  suspendIncident,
} from './state-actions.ts';
import {
  acceptHandoff, acknowledgeEscalation, attachDuplicate, linkCi, linkTicket, raiseEscalation, recallHandoff, rejectHandoff, requestHandoff,
} from './team-actions.ts';
import { confirmExecution, noticeAbnormalEvent, noticeVisitDelay, passAbnormalEvent, redispatchVisit } from './duty-actions.ts';
import { attachToMajorIncident, changeBridge, convertToProblem, declareMajorIncident, noteChangeMade, raiseChangeForIncident } from './related-actions.ts';
import {
  addWorkLog, answerUrge, assignIncident, confirmLevel, decideOnSite, decideRegrade, recordArrival, recordResponse, regradeIncident, startWork, takeIncident, urgeIncident,
} from './work-actions.ts';

/** Every action that the ticket page can carry out, in the order of its bar; the server says which of them are allowed now. */
export const TICKET_ACTIONS = {
  acceptHandoff, rejectHandoff, recallHandoff, acknowledgeEscalation, redispatchVisit, passAbnormalEvent, confirmExecution, takeIncident, confirmLevel, assignIncident, recordResponse, startWork, addWorkLog,
  decideOnSite, recordArrival, suspendIncident, resumeIncident, recordCustomerFeedback, requestHandoff, proposeSolution, acceptSolution, refuseSolution,
  recordConfirmationAttempt, closeIncident, regradeIncident, decideRegrade, raiseEscalation, urgeIncident, answerUrge, linkCi, linkTicket, attachDuplicate,
  correctEntry, declareMajorIncident, changeBridge, attachToMajorIncident, convertToProblem, noteChangeMade, raiseChangeForIncident, noticeVisitDelay,
  noticeAbnormalEvent,
} satisfies Readonly<Record<string, TicketAction>>;

/** Offered behind "more": right to have, seldom needed. */
export const SELDOM: ReadonlySet<string> = new Set([
  'decideOnSite', 'recordArrival', 'recordConfirmationAttempt', 'raiseEscalation', 'urgeIncident', 'linkCi', 'linkTicket', 'attachDuplicate', 'correctEntry',
  'recordCustomerFeedback', 'regradeIncident', 'declareMajorIncident', 'changeBridge', 'attachToMajorIncident', 'convertToProblem', 'noteChangeMade', 'raiseChangeForIncident',
  'noticeVisitDelay', 'noticeAbnormalEvent',
]);

export type TicketActionName = keyof typeof TICKET_ACTIONS;

export const ACTION_NAMES = Object.keys(TICKET_ACTIONS).filter(isTicketAction);

export function isTicketAction(name: string): name is TicketActionName {
  return name in TICKET_ACTIONS;
}

export function actionLabel(name: TicketActionName): DeskMessageKey {
  return `action.${name}`;
}
