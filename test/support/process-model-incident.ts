import type { IncidentAction } from '../../server/src/features/incident/incident-actions.rules.ts';
import type { IncidentCase } from '../../server/src/features/incident/incident-case.rules.ts';
import { raiseChangeFor } from '../../server/src/features/incident/incident-change.service.ts';
import { acceptHandedOver, acknowledge, escalate, handOver, recall, regrade, rejectHandedOver, settleRegrade } from '../../server/src/features/incident/incident-lead.service.ts';
import { confirmExecuted, noticeAbnormal, noticeDelay, passAbnormal, redispatch } from '../../server/src/features/incident/incident-duty.service.ts';
import { attachChild, declare, moveBridge } from '../../server/src/features/incident/incident-major.service.ts';
import { correct, feedback, resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { convert, noteChange } from '../../server/src/features/incident/incident-problem.service.ts';
import { accept, attachDuplicate, attemptConfirmation, close, propose, refuse } from '../../server/src/features/incident/incident-solve.service.ts';
import { answer, arrive, assign, confirm, linkCi, linkTicket, log, respond, settleOnSite, start, take, urge } from '../../server/src/features/incident/incident-work.service.ts';
import { oneOf, type Aim, type Commands } from './process-model-aim.ts';

type At = Aim<IncidentCase>;

const LEVELS = ['LV1', 'LV2', 'LV3', 'LV3', 'LV4'] as const;
const because = ({ at, draw }: At) => ({ ...at, reason: draw.text('Because') });
const said = ({ at, draw }: At) => ({ ...at, text: draw.text('Said') });
const aTeam = ({ world, draw }: At): string => draw.pick(Object.values(world.desk.teams));
const otherIncident = ({ world, draw, record }: At): string => world.other(draw, ['incident'], record.customerId!);

function assignment({ world, draw, at }: At) {
  const { teams, people } = world.desk;
  const [teamId, holder] = draw.pick([[teams.engineers, people.engineer], [teams.engineers, people.colleague], [teams.seniors, people.senior], [teams.desk, people.engineer]] as const);
  return { ...at, teamId, holderId: draw.chance(0.8) ? holder.id : null };
}

/** The code that fits where it stands, mostly; some are out of place. */
function closing(aim: At) {
  const { kase, draw } = aim;
  const fitting = kase.incident.state === 'awaiting-feedback' ? ['successful', 'successful', 'workaround', 'no-answer'] as const : ['false-alarm', 'withdrawn', 'duplicate', 'with-major'] as const;
  const closureCode = draw.chance(0.93) ? draw.pick(fitting) : draw.pick(['successful', 'workaround', 'withdrawn', 'nonsense']);
  const linkedTicketId = closureCode === 'duplicate' || closureCode === 'with-major' ? otherIncident(aim) : null;
  return { ...because(aim), closureCode, linkedTicketId, solution: draw.text('Restarted'), causeClass: 'configuration' };
}

function majorId(aim: At): string {
  return aim.draw.chance(0.7) ? oneOf(aim, aim.world.majors, (id) => id) : otherIncident(aim);
}

function linking(aim: At) {
  const kind = aim.draw.pick(['recurrence-of', 'related', 'caused-by', 'caused-by'] as const);
  const kinds = kind === 'caused-by' && aim.draw.chance(0.9) ? ['change'] as const : kind === 'recurrence-of' ? ['incident'] as const : ['incident', 'change', 'problem', 'release'] as const;
  return { ...aim.at, kind, otherId: aim.world.other(aim.draw, kinds, aim.record.customerId!) };
}

/** Every action of an incident as a person would fill its form in. */
export const INCIDENT_COMMANDS: Commands<IncidentAction, IncidentCase> = {
  confirmLevel: ({ world, by, at, draw }) => confirm(world.database, by, { ...at, level: draw.pick(LEVELS) }),
  assignIncident: (aim) => assign(aim.world.database, aim.by, assignment(aim)),
  takeIncident: ({ world, by, at }) => take(world.database, by, at),
  startWork: ({ world, by, at }) => start(world.database, by, at),
  recordResponse: ({ world, by, at, draw }) => respond(world.database, by, { ...at, channel: draw.pick(['phone', 'email']), reached: draw.chance(0.9), phoneNumber: '010' }),
  recordArrival: ({ world, by, at }) => arrive(world.database, by, at),
  decideOnSite: (aim) => settleOnSite(aim.world.database, aim.by, { ...because(aim), needed: aim.draw.chance(0.5) }),
  suspendIncident: ({ world, by, at, draw }) => suspend(world.database, by, {
    ...at, category: draw.pick(['under-observation', 'awaiting-user', 'user-busy', 'other', 'nonsense']), text: draw.text('Waiting'), pastedMail: draw.text('Mail'), expectedEndAt: world.now + draw.whole(1, 48) * 3_600_000,
  }),
  resumeIncident: ({ world, by, at, draw }) => resume(world.database, by, { ...at, workLog: draw.text('Going on') }),
  recordCustomerFeedback: (aim) => feedback(aim.world.database, aim.by, { ...said(aim), channel: 'phone' }),
  proposeSolution: ({ world, by, at, draw }) => propose(world.database, by, { ...at, solution: draw.text('Restarted'), causeClass: draw.pick(['configuration', 'change', 'network']) }),
  recordConfirmationAttempt: (aim) => attemptConfirmation(aim.world.database, aim.by, said(aim)),
  acceptSolution: ({ world, by, at }) => accept(world.database, by, at),
  refuseSolution: (aim) => refuse(aim.world.database, aim.by, because(aim)),
  closeIncident: (aim) => close(aim.world.database, aim.by, closing(aim)),
  regradeIncident: (aim) => regrade(aim.world.database, aim.by, { ...because(aim), level: aim.draw.pick(LEVELS) }),
  decideRegrade: (aim) => settleRegrade(aim.world.database, aim.by, { ...because(aim), approve: aim.draw.chance(0.7) }),
  addWorkLog: (aim) => log(aim.world.database, aim.by, { ...said(aim), kind: aim.draw.pick(['note', 'call', 'customer-reply']), customerVisible: aim.draw.chance(0.5) }),
  urgeIncident: (aim) => urge(aim.world.database, aim.by, said(aim)),
  answerUrge: (aim) => answer(aim.world.database, aim.by, said(aim)),
  requestHandoff: (aim) => handOver(aim.world.database, aim.by, { ...because(aim), toTeamId: aTeam(aim), tried: 'Restart', requestedAction: 'Look' }),
  acceptHandoff: ({ world, by, at }) => acceptHandedOver(world.database, by, at),
  rejectHandoff: (aim) => rejectHandedOver(aim.world.database, aim.by, because(aim)),
  recallHandoff: (aim) => recall(aim.world.database, aim.by, because(aim)),
  raiseEscalation: (aim) => escalate(aim.world.database, aim.by, { ...because(aim), step: aim.draw.pick(['escalation-1', 'manual']), to: [] }),
  acknowledgeEscalation: (aim) => acknowledge(aim.world.database, aim.by, { ...aim.at, escalationId: oneOf(aim, aim.kase.escalations, ({ id }) => id) }),
  linkTicket: (aim) => linkTicket(aim.world.database, aim.by, linking(aim)),
  linkCi: ({ world, by, at, draw, record }) => linkCi(world.database, by, { ...at, ciId: world.ci(draw, record.customerId), cause: draw.chance(0.5) }),
  attachDuplicate: (aim) => attachDuplicate(aim.world.database, aim.by, { ...aim.at, duplicateOfId: otherIncident(aim) }),
  correctEntry: (aim) => correct(aim.world.database, aim.by, {
    ...because(aim), kind: aim.draw.pick(['suspension', 'response', 'resume']), suspensionId: oneOf(aim, aim.kase.suspensions, ({ id }) => id), at: aim.draw.chance(0.5) ? null : aim.world.now - 60_000,
  }),
  declareMajorIncident: ({ world, by, at }) => declare(world.database, by, { ...at, bridge: 'Room 1' }),
  changeBridge: ({ world, by, at, draw }) => moveBridge(world.database, by, { ...at, bridge: draw.text('Room') }),
  attachToMajorIncident: (aim) => attachChild(aim.world.database, aim.by, { ...aim.at, majorId: majorId(aim) }),
  convertToProblem: (aim) => convert(aim.world.database, aim.by, because(aim)),
  confirmExecution: (aim) => confirmExecuted(aim.world.database, aim.by, said(aim)),
  noticeVisitDelay: (aim) => noticeDelay(aim.world.database, aim.by, { ...said(aim), fault: aim.draw.pick(['delayed', 'missed']) }),
  redispatchVisit: ({ world, by, at, draw }) => redispatch(world.database, by, { ...at, contact: draw.text('Called'), dispatch: draw.text('Goes at two') }),
  noticeAbnormalEvent: (aim) => noticeAbnormal(aim.world.database, aim.by, said(aim)),
  passAbnormalEvent: (aim) => passAbnormal(aim.world.database, aim.by, said(aim)),
  noteChangeMade: (aim) => noteChange(aim.world.database, aim.by, said(aim)),
  raiseChangeForIncident: ({ world, by, at, draw }) => raiseChangeFor(world.database, by, {
    ...at, title: draw.text('Patch'), description: draw.text('Patch it'), category: draw.chance(0.5) ? null : draw.pick(['emergency', 'general']), type: 'system', recordedAfterwards: draw.chance(0.3) ? 'Done while handling' : null,
  }),
};
