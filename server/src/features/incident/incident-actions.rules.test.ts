import { describe, expect, test } from 'vitest';
import { incident, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST } from '../../../../test/support/story-world.ts';
import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { permissionsOfRole } from '../access/access.rules.ts';
import { availableActions, guard, INCIDENT_ACTIONS, type IncidentAction } from './incident-actions.rules.ts';

/** Who may, by name, of a case; others must be refused with FORBIDDEN. */
const whoMay = (told: IncidentStory, action: IncidentAction): string =>
  Object.entries(CAST).filter(([, actor]) => !told.lacks(action, actor).includes('FORBIDDEN')).map(([name]) => name).join(' ');

const WORKERS = 'desk engineer colleague lead senior seniorLead technicalManager serviceManager departmentManager incidentManager projectManager';
const LEADS = 'lead technicalManager serviceManager departmentManager incidentManager';

/** The incident lies with the engineer, of the engineers' team; `senior` and others of the cast have no part in it. */
const PERMITTED: Readonly<Record<IncidentAction, string>> = {
  confirmLevel: WORKERS,
  assignIncident: 'desk lead technicalManager serviceManager departmentManager incidentManager projectManager',
  takeIncident: 'desk engineer colleague lead',
  startWork: `engineer ${LEADS}`,
  recordResponse: WORKERS,
  recordArrival: WORKERS,
  decideOnSite: `desk ${LEADS}`,
  suspendIncident: 'engineer lead serviceManager incidentManager',
  resumeIncident: 'engineer lead serviceManager incidentManager',
  recordCustomerFeedback: `${WORKERS} customer`,
  proposeSolution: `engineer ${LEADS}`,
  recordConfirmationAttempt: 'desk',
  acceptSolution: 'desk customer',
  refuseSolution: 'desk customer',
  closeIncident: 'desk',
  regradeIncident: WORKERS,
  decideRegrade: LEADS,
  addWorkLog: `${WORKERS} slaOwner customer`,
  urgeIncident: 'desk engineer serviceManager customer',
  answerUrge: WORKERS,
  requestHandoff: WORKERS,
  acceptHandoff: LEADS,
  rejectHandoff: LEADS,
  recallHandoff: 'engineer serviceManager',
  raiseEscalation: `${WORKERS} slaOwner customer`,
  acknowledgeEscalation: `${WORKERS} slaOwner`,
  linkTicket: WORKERS,
  linkCi: WORKERS,
  attachDuplicate: WORKERS,
  correctEntry: LEADS,
  declareMajorIncident: LEADS,
  changeBridge: LEADS,
  attachToMajorIncident: WORKERS,
  convertToProblem: 'technicalManager serviceManager',
  noteChangeMade: WORKERS,
  raiseChangeForIncident: WORKERS,
  confirmExecution: 'desk',
  noticeVisitDelay: WORKERS,
  redispatchVisit: 'desk',
  noticeAbnormalEvent: WORKERS,
  passAbnormalEvent: 'desk',
};

describe('ORG-03 INC-02 each action × each role', () => {
  for (const action of INCIDENT_ACTIONS) {
    test(`ORG-03 ${action}: who may and who may not`, () => {
      const inOrder = (names: string): string[] => names.split(' ').toSorted();
      expect(inOrder(whoMay(incident(), action))).toEqual(inOrder(PERMITTED[action]));
    });
  }

  test('ORG-03 the same function lists an action and guards its command', () => {
    for (const told of [incident(), incident().suspend(), incident({ assigned: false }), incident().propose()]) {
      for (const { action, allowed } of availableActions(told.kase, CAST.engineer)) {
        if (allowed) expect(() => guard(action, told.kase, CAST.engineer)).not.toThrow();
        else expect(() => guard(action, told.kase, CAST.engineer)).toThrow();
      }
    }
  });

  test('ORG-03 a customer of another organisation may do nothing at all', () => {
    expect(INCIDENT_ACTIONS.filter((action) => !incident().lacks(action, CAST.stranger).includes('FORBIDDEN'))).toEqual([]);
  });

  test('ORG-01 a right limited to another customer or team does not reach here', () => {
    const limited = (more: { customerId?: string; teamId?: string }): Actor =>
      ({ ...CAST.colleague, teamIds: [], grants: [{ role: 'engineer', permissions: permissionsOfRole('engineer'), customerId: null, teamId: null, ...more }] });
    const told = incident();
    expect([{ customerId: 'globex' }, { customerId: 'acme' }, { teamId: 'seniors' }, { teamId: 'engineers' }].map((scope) => told.lacks('recordResponse', limited(scope))))
      .toEqual([['FORBIDDEN'], [], ['FORBIDDEN'], []]);
  });
});

describe('D-13 who acts as desk', () => {
  test('D-13 the person on call closes like the desk, with an engineer\'s rights', () => {
    const told = incident().propose().accept();
    expect(told.lacks('closeIncident', CAST.colleague)).toEqual(['FORBIDDEN']);
    told.actsAsDesk = ['desk', 'colleague'];
    expect(told.lacks('closeIncident', CAST.colleague)).toEqual([]);
    told.close({}, CAST.colleague);
    expect(told.state).toBe('closed');
  });

  test('D-13 being on the roster gives nothing to a person who may not work for that customer', () => {
    const told = incident().propose().accept();
    told.actsAsDesk = ['auditor'];
    expect(told.lacks('closeIncident', CAST.auditor)).toEqual(['FORBIDDEN']);
  });
});

describe('INC-09 who closes', () => {
  test('INC-09 what a user reported is closed by the desk only, not by its handler', () => {
    expect(whoMay(incident().propose().accept(), 'closeIncident')).toBe('desk');
  });

  test('INC-09 a monitoring incident is closed by its handler, or the lead, or the desk', () => {
    expect(whoMay(incident({ category: 'monitoring' }), 'closeIncident').split(' ').toSorted()).toEqual(`desk engineer ${LEADS}`.split(' ').toSorted());
  });
});

describe('D-48 HND-07 who suspends', () => {
  test('D-48 a lead by a role limited to the holding team is one, by a role limited to another team is not', () => {
    const leadOf = (teamId: string): Actor => ({ ...CAST.nobody, id: 'dep', grants: [{ role: 'technical-manager', permissions: permissionsOfRole('technical-manager'), customerId: null, teamId }] });
    expect([incident().lacks('suspendIncident', leadOf('engineers')), incident().lacks('suspendIncident', leadOf('seniors'))]).toEqual([[], ['FORBIDDEN']]);
  });

  test('HND-07 first contact and service manager still may while another team holds it; its old colleague may not', () => {
    const told = incident().handOver('seniors').acceptHandoff();
    expect(whoMay(told, 'suspendIncident').split(' ').toSorted()).toEqual('engineer incidentManager senior seniorLead serviceManager'.split(' '));
    expect(whoMay(told, 'urgeIncident').split(' ').toSorted()).toEqual('customer desk engineer serviceManager'.split(' '));
  });

  test('HND-07 the entry says on whose behalf, and says nothing for those who hold it', () => {
    const onBehalf = (by: Actor): unknown => (incident().handOver('seniors').acceptHandoff().suspend(by).event('incident.suspended').after as { onBehalf: unknown }).onBehalf;
    expect([onBehalf(CAST.engineer), onBehalf(CAST.serviceManager), onBehalf(CAST.senior), onBehalf(CAST.seniorLead)]).toEqual(['senior', 'senior', null, null]);
    expect(incident().handOver('seniors').acceptHandoff().urge(CAST.serviceManager).event('incident.urged').after).toMatchObject({ onBehalf: 'senior' });
  });
});

describe('INC-02 what the situation forbids', () => {
  const situations: readonly (readonly [string, IncidentStory, IncidentAction, Actor])[] = [
    ['a confirmed level is re-graded, not confirmed', incident(), 'confirmLevel', CAST.desk],
    ['work that has started is not started again', incident().start(), 'startWork', CAST.engineer],
    ['no second handoff while one waits', incident().handOver('seniors'), 'requestHandoff', CAST.senior],
    ['no assignment while a handoff waits', incident().handOver('seniors'), 'assignIncident', CAST.desk],
    ['nobody takes it while a handoff waits', incident().handOver('seniors'), 'takeIncident', CAST.senior],
    ['no solution while a handoff waits', incident().handOver('seniors'), 'proposeSolution', CAST.seniorLead],
    ['no closing while a handoff waits', incident().handOver('seniors'), 'closeIncident', CAST.desk],
    ['no duplicate while a handoff waits', incident().handOver('seniors'), 'attachDuplicate', CAST.desk],
    ['nothing to accept', incident(), 'acceptHandoff', CAST.lead],
    ['nothing to recall', incident(), 'recallHandoff', CAST.engineer],
    ['nothing to decide', incident(), 'decideRegrade', CAST.lead],
    ['one request at a time', incident({ level: 'LV3' }).regrade('LV1', CAST.engineer), 'regradeIncident', CAST.engineer],
    ['nobody has urged it', incident(), 'answerUrge', CAST.engineer],
    ['nothing to acknowledge', incident(), 'acknowledgeEscalation', CAST.technicalManager],
    ['no attempt before a solution', incident(), 'recordConfirmationAttempt', CAST.desk],
    ['a closed one is not linked to a CI', closed(), 'linkCi', CAST.engineer],
    ['a closed one is not urged', closed(), 'urgeIncident', CAST.customer],
    ['a closed one is not re-graded', closed(), 'regradeIncident', CAST.lead],
    ['a closed one is not corrected', closed(), 'correctEntry', CAST.lead],
  ];

  function closed(): IncidentStory {
    return incident().propose().accept().close();
  }

  for (const [name, told, action, actor] of situations) {
    test(`INC-02 ${name}`, () => expect(told.lacks(action, actor)).toEqual(['MOVE_NOT_ALLOWED']));
  }

  test('INC-06 a word can still be added to a closed incident', () => {
    expect(closed().lacks('addWorkLog', CAST.customer)).toEqual([]);
  });

  test('ORG-03 the system may do what the state allows', () => {
    expect(incident().lacks('closeIncident', SYSTEM('import'))).toEqual([]);
  });
});
