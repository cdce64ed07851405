import type { ProblemAction } from '../../server/src/features/problem/problem-actions.rules.ts';
import type { ProblemCase } from '../../server/src/features/problem/problem-case.rules.ts';
import { draftProblemArticle, nameArticle, raiseProblemChange } from '../../server/src/features/problem/problem-follow.service.ts';
import { closeProblem, confirmSolved, decide, propose, settle, withdrawProblem } from '../../server/src/features/problem/problem-outcome.service.ts';
import { addCi, addNote, assignProblem, beginInvestigation, describeProblem, drawCause, linkIncident, recordKnownError, reportInvestigation, setKey } from '../../server/src/features/problem/problem-work.service.ts';
import type { Aim, Commands } from './process-model-aim.ts';

type At = Aim<ProblemCase>;

const because = ({ at, draw }: At) => ({ ...at, reason: draw.text('Because') });

function drawing({ draw }: At): { method: string; body: unknown } {
  const why = () => ({ because: draw.text('Cause') });
  return draw.pick([
    { method: 'five-whys', body: { effect: 'Mail is down', whys: [why(), why()] } },
    { method: 'fishbone', body: { effect: 'Mail is down', categories: [{ name: 'Machine', causes: [{ text: draw.text('Cause'), verdict: 'root' }] }] } },
    { method: 'pareto', body: { by: 'ci', conclusion: draw.text('Cause') } },
  ]);
}

function articleNumber({ world, draw }: At): string {
  return draw.chance(0.1) ? 'KNW-9999999' : draw.pickOr(world.of('knowledge'), { number: 'KNW-9999998' }).number;
}

/** Every action of a problem as a person would fill its form in. */
export const PROBLEM_COMMANDS: Commands<ProblemAction, ProblemCase> = {
  assignProblem: (aim) => assignProblem(aim.world.database, aim.by, { ...because(aim), ownerId: aim.draw.chance(0.95) ? aim.draw.pick([aim.world.desk.people.engineer, aim.world.desk.people.colleague]).id : aim.world.named.auditor.id }),
  describeProblem: ({ world, by, at, draw }) => describeProblem(world.database, by, { ...at, title: draw.text('Mail'), symptom: draw.text('No mail'), scope: draw.text('All') }),
  startProblemInvestigation: ({ world, by, at }) => beginInvestigation(world.database, by, at),
  recordProblemInvestigation: ({ world, by, at, draw }) => reportInvestigation(world.database, by, { ...at, investigation: draw.text('Seen'), rootCause: draw.text('Cause') }),
  drawProblemCause: (aim) => drawCause(aim.world.database, aim.by, { ...aim.at, ...drawing(aim) }),
  recordKnownError: ({ world, by, at, draw }) => recordKnownError(world.database, by, { ...at, symptom: draw.text('No mail'), workaround: draw.text('Restart') }),
  proposeProblemSolution: ({ world, by, at, draw }) => propose(world.database, by, { ...at, solution: draw.text('Replace'), effect: draw.text('None'), prevention: draw.text('Watch'), minutes: draw.chance(0.97) ? 60 : -1, altersCi: draw.chance(0.5) }),
  decideProblemSolution: (aim) => decide(aim.world.database, aim.by, { ...because(aim), approve: aim.draw.chance(0.85) }),
  raiseProblemChange: ({ world, by, at, draw }) => raiseProblemChange(world.database, by, { ...at, category: draw.pick(['general', 'general', 'important', 'major', 'emergency']), type: 'system', risk: 'low' }),
  resolveProblem: ({ world, by, at }) => settle(world.database, by, at),
  confirmProblem: ({ world, by, at }) => confirmSolved(world.database, by, at),
  draftProblemArticle: ({ world, by, at }) => draftProblemArticle(world.database, by, at),
  nameProblemArticle: (aim) => nameArticle(aim.world.database, aim.by, { ...aim.at, articleNumber: articleNumber(aim) }),
  closeProblem: ({ world, by, at }) => closeProblem(world.database, by, at),
  withdrawProblem: (aim) => withdrawProblem(aim.world.database, aim.by, because(aim)),
  linkProblemIncident: ({ world, by, at, draw, record }) => linkIncident(world.database, by, { ...at, incidentId: world.other(draw, ['incident'], record.customerId!) }),
  addProblemCi: ({ world, by, at, draw, record }) => addCi(world.database, by, { ...at, ciId: world.ci(draw, record.customerId) }),
  markKeyProblem: (aim) => setKey(aim.world.database, aim.by, { ...because(aim), key: aim.draw.chance(0.5) }),
  addProblemNote: ({ world, by, at, draw }) => addNote(world.database, by, { ...at, text: draw.text('Note') }),
};
