import { assertNever } from '../../kernel/assert.ts';
import { DAY, type Instant } from '../../kernel/instant.ts';
import { causeClassOf, closureOf, solutionText, TEXTS } from './import-decision.rules.ts';
import type { IncidentMapping } from './import-mapping.rules.ts';
import { UNKNOWN_PERSON, type HistoryStep } from './import-path.rules.ts';
import type { HistoryRow } from './import-row.rules.ts';

/** A live command: name of the mutation and its input, without what every command carries. */
export type ReplayCommand =
  | { readonly name: 'confirmLevel'; readonly input: { readonly level: 'LV1' | 'LV2' | 'LV3' | 'LV4' } }
  | { readonly name: 'regradeIncident'; readonly input: { readonly level: 'LV1' | 'LV2' | 'LV3' | 'LV4'; readonly reason: string } }
  | { readonly name: 'assignIncident'; readonly input: { readonly teamId: string | null; readonly holderId: string | null } }
  | { readonly name: 'requestHandoff'; readonly input: { readonly toTeamId: string; readonly reason: string; readonly tried: string; readonly requestedAction: string } }
  | { readonly name: 'acceptHandoff'; readonly input: { readonly holderId: string | null } }
  | { readonly name: 'recordResponse'; readonly input: { readonly channel: string; readonly reached: boolean; readonly note: string } }
  | { readonly name: 'startWork'; readonly input: Readonly<Record<string, never>> }
  | { readonly name: 'decideOnSite'; readonly input: { readonly needed: boolean; readonly reason: string } }
  | { readonly name: 'suspendIncident'; readonly input: { readonly category: string; readonly text: string | null; readonly expectedEndAt: Instant } }
  | { readonly name: 'resumeIncident'; readonly input: { readonly workLog: string } }
  | { readonly name: 'proposeSolution'; readonly input: { readonly solution: string; readonly causeClass: string } }
  | { readonly name: 'refuseSolution'; readonly input: { readonly reason: string } }
  | { readonly name: 'acceptSolution'; readonly input: { readonly note: string } }
  | { readonly name: 'closeIncident'; readonly input: { readonly closureCode: string; readonly causeClass: string; readonly reason: string } };

export interface CommandFacts {
  readonly row: HistoryRow;
  readonly mapping: IncidentMapping;
  readonly now: Instant;
  readonly unknownPerson: string | null;
}

/** A live suspension says when it should end; the source does not, so it is two days, the source's usual wait. */
const EXPECTED_WAIT = 2 * DAY;

/** The live command for a step of the path that import and replay share (D-27). */
export function commandOf(step: HistoryStep, { row, mapping, now, unknownPerson }: CommandFacts): ReplayCommand {
  const person = (holder: string | null): string | null => (holder === UNKNOWN_PERSON ? unknownPerson : holder);
  switch (step.step) {
    case 'confirmLevel':
      return { name: 'confirmLevel', input: { level: step.level } };
    case 'regradeIncident':
      return { name: 'regradeIncident', input: { level: step.level, reason: TEXTS.regrade } };
    case 'assignIncident':
      return { name: 'assignIncident', input: { teamId: step.team, holderId: person(step.holder) } };
    case 'requestHandoff':
      return { name: 'requestHandoff', input: { toTeamId: step.team, reason: TEXTS.handoff, tried: TEXTS.tried, requestedAction: TEXTS.asked } };
    case 'acceptHandoff':
      return { name: 'acceptHandoff', input: { holderId: person(step.holder) } };
    case 'recordResponse':
      return { name: 'recordResponse', input: { channel: 'phone', reached: true, note: TEXTS.response } };
    case 'startWork':
      return { name: 'startWork', input: {} };
    case 'decideOnSite':
      return { name: 'decideOnSite', input: { needed: false, reason: TEXTS.visit } };
    case 'suspendIncident':
      return { name: 'suspendIncident', input: { category: step.suspension, text: row.cell('incident_state'), expectedEndAt: now + EXPECTED_WAIT } };
    case 'resumeIncident':
      return { name: 'resumeIncident', input: { workLog: TEXTS.resume } };
    case 'proposeSolution':
    case 'refuseSolution':
    case 'acceptSolution':
    case 'closeIncident':
      return solutionCommand(step.step, row, mapping);
    default:
      return assertNever(step);
  }
}

function solutionCommand(step: 'proposeSolution' | 'refuseSolution' | 'acceptSolution' | 'closeIncident', row: HistoryRow, mapping: IncidentMapping): ReplayCommand {
  if (step === 'proposeSolution') return { name: step, input: { solution: solutionText(row), causeClass: causeClassOf(row, { mapping }) } };
  if (step === 'refuseSolution') return { name: step, input: { reason: TEXTS.refuse } };
  if (step === 'acceptSolution') return { name: step, input: { note: TEXTS.response } };
  const { closureCode, causeClass, reason } = closureOf(row, { mapping });
  return { name: step, input: { closureCode, causeClass, reason } };
}
