import { assert, assertNever } from '../../kernel/assert.ts';
import { guard } from '../incident/incident-actions.rules.ts';
import { incidentEvent, type Decision, type IncidentCase, type RuleContext } from '../incident/incident-case.rules.ts';
import { acceptHandoff, requestHandoff } from '../incident/incident-handoff.rules.ts';
import { confirmLevel, recordIncident } from '../incident/incident-record.rules.ts';
import { regradeIncident } from '../incident/incident-regrade.rules.ts';
import { acceptSolution, closeIncident, proposeSolution, refuseSolution } from '../incident/incident-solve.rules.ts';
import { resumeIncident, suspendIncident } from '../incident/incident-suspend.rules.ts';
import { addWorkLog, assignIncident, decideOnSite, recordResponse, startWork } from '../incident/incident-work.rules.ts';
import type { HistoryWorld } from './import-incident.rules.ts';
import { UNKNOWN_PERSON, type HistoryStep } from './import-path.rules.ts';
import type { HistoryRow } from './import-row.rules.ts';

export interface StepInput {
  readonly row: HistoryRow;
  readonly world: Pick<HistoryWorld, 'mapping' | 'source' | 'calendars' | 'teamKey' | 'unknownPerson'>;
  readonly context: RuleContext;
}

export function recordDecision(kase: IncidentCase, context: RuleContext): Decision {
  return recordIncident(kase, context);
}

/** Asks the rule of a step, guarded like the live command of that name. */
export function decisionOf(step: HistoryStep, kase: IncidentCase, input: StepInput): Decision {
  guard(step.step, kase, input.context.actor);
  switch (step.step) {
    case 'confirmLevel':
      return confirmLevel(kase, { level: step.level, route: false }, input.context);
    case 'regradeIncident':
      return regradeIncident(kase, { level: step.level, reason: TEXTS.regrade }, input.context);
    case 'assignIncident':
    case 'requestHandoff':
    case 'acceptHandoff':
      return movesOf(step, kase, input);
    case 'recordResponse':
      return recordResponse(kase, { channel: 'phone', reached: true, phoneNumber: null, note: TEXTS.response }, input.context);
    case 'startWork':
      return startWork(kase, input.context);
    case 'decideOnSite':
      return decideOnSite(kase, { needed: false, reason: TEXTS.visit }, input.context);
    case 'suspendIncident':
    case 'resumeIncident':
      return pauseOf(step, kase, input);
    case 'proposeSolution':
    case 'refuseSolution':
    case 'acceptSolution':
    case 'closeIncident':
      return solutionOf(step.step, kase, input);
    default:
      return assertNever(step);
  }
}

/** What the importer writes where the file has no words; said in both languages of the screens. */
export const TEXTS = {
  regrade: '来源系统更改了优先级 / The source changed its priority',
  response: '由导入推断 / inferred by the import',
  visit: '来源未记录到场，视为远程处理 / The source knows no visits: remote is taken to be enough',
  resume: '来源系统恢复处理 / The source went on with it',
  refuse: '来源系统退回处理 / The source took it back into work',
  handoff: '来源系统更改了处理组 / The source changed its group',
  tried: '来源未记录 / not known to the source',
  asked: '继续处理 / go on with it',
} as const;

function movesOf(
  step: Extract<HistoryStep, { step: 'assignIncident' | 'requestHandoff' | 'acceptHandoff' }>, kase: IncidentCase, { row, world, context }: StepInput,
): Decision {
  const person = (holder: string | null, teamId: string | null): string | null => (holder === UNKNOWN_PERSON ? world.unknownPerson(teamId, row.number) : holder);
  if (step.step === 'acceptHandoff') return acceptHandoff(kase, person(step.holder, kase.ticket.teamId), context);
  if (step.step === 'assignIncident') return assignIncident(kase, { teamId: step.team, holderId: person(step.holder, step.team), reason: null }, context);
  const from = kase.ticket.teamId;
  return requestHandoff(kase, {
    toTeamId: step.team, toTeamKey: world.teamKey(step.team), fromTeamKey: from === null ? null : world.teamKey(from), toPersonId: null,
    reason: TEXTS.handoff, tried: TEXTS.tried, requestedAction: TEXTS.asked,
  }, context);
}

function pauseOf(step: Extract<HistoryStep, { step: 'suspendIncident' | 'resumeIncident' }>, kase: IncidentCase, { world, context, row }: StepInput): Decision {
  if (step.step === 'resumeIncident') return resumeIncident(kase, TEXTS.resume, context);
  const ref = kase.terms.agreement?.calendarRef ?? kase.terms.calendarRefs['5x8'];
  assert(ref, 'the 5×8 calendar is seeded');
  const input = { category: step.suspension, text: row.cell('incident_state'), pastedMail: null, expectedEndAt: null };
  return suspendIncident(kase, input, context, world.calendars.resolve(ref));
}

function solutionOf(
  step: 'proposeSolution' | 'refuseSolution' | 'acceptSolution' | 'closeIncident', kase: IncidentCase, { row, world, context }: StepInput,
): Decision {
  switch (step) {
    case 'proposeSolution':
      return proposeSolution(kase, { solution: solutionText(row), causeClass: causeClassOf(row, world) }, context);
    case 'refuseSolution':
      return refuseSolution(kase, TEXTS.refuse, context, kase.spans.findLast((span) => span.state === 'awaiting-feedback')?.fromAt ?? context.at);
    case 'acceptSolution':
      return acceptSolution(kase, TEXTS.response, context);
    case 'closeIncident':
      return closeIncident(kase, closureOf(row, world), context);
    default:
      return assertNever(step);
  }
}

/** Outcome columns are hindsight before the row that enters the state; here they are read on that row only (D-24). */
export function solutionText(row: HistoryRow): string {
  return ['来源系统已解决 / Resolved in the source', row.cell('closed_code'), row.cell('resolved_by')].filter(Boolean).join(' · ');
}

export function causeClassOf(row: HistoryRow, { mapping }: Pick<HistoryWorld, 'mapping'>): string {
  return word(mapping.causeClasses, row.cell('closed_code')) ?? mapping.defaultCauseClass;
}

export function closureOf(row: HistoryRow, world: Pick<HistoryWorld, 'mapping'>) {
  const closureCode = word(world.mapping.closureCodes, row.cell('closed_code')) ?? world.mapping.defaultClosureCode;
  return { closureCode, solution: null, causeClass: causeClassOf(row, world), reason: row.cell('closed_code') ?? TEXTS.response, linked: false };
}

function word(table: Readonly<Record<string, string>>, key: string | null): string | null {
  return key !== null && Object.hasOwn(table, key) ? table[key] ?? null : null;
}

const LINKED = [['problem_id', 'problem'], ['rfc', 'change'], ['caused_by', 'caused by change'], ['cmdb_ci', 'CI']] as const;

/** What a row says beside state and people: a new class or symptom, and names of records that are not ours, kept as text. */
export function reclassify(kase: IncidentCase, row: HistoryRow, before: HistoryRow | null, context: RuleContext): Decision[] {
  if (kase.incident.state === 'closed') return [];
  const named = LINKED.flatMap(([column, what]) => {
    const name = row.cell(column);
    return name !== null && before?.cell(column) !== name ? [`${what}: ${name}`] : [];
  });
  const logged = named.map((text) => addWorkLog(kase, { kind: 'note', text, customerVisible: false, minutes: null }, context));
  const symptom = row.cell('u_symptom') ?? kase.incident.symptom;
  const { technicalClass } = row;
  if (before === null || (symptom === kase.incident.symptom && technicalClass === kase.incident.technicalClass)) return logged;
  const event = incidentEvent(kase, context, 'incident.reclassified', {
    before: { symptom: kase.incident.symptom, technicalClass: kase.incident.technicalClass }, after: { symptom, technicalClass },
  });
  return [...logged, { incident: { symptom, technicalClass }, events: [event] }];
}
