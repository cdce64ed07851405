import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { ProblemOutcomeResolver } from './problem-outcome.resolver.ts';
import { PROBLEM_TIMER } from './problem-timer.service.ts';
import { trendChore } from './problem-trend.service.ts';
import { ProblemTrendResolver } from './problem-trend.resolver.ts';
import { lookAtProblem, RECURRENCE_CONSUMER } from './problem-watch.service.ts';
import { ProblemWorkResolver } from './problem-work.resolver.ts';
import { problemsById } from './problem.queries.ts';
import { ProblemResolver } from './problem.resolver.ts';

export const problemFeature: FeatureManifest = {
  name: 'problem',
  resolvers: [ProblemResolver, ProblemWorkResolver, ProblemOutcomeResolver, ProblemTrendResolver],
  nodes: [nodeKind('Problem', 'problem.read', problemsById)],
  timers: [{ purpose: PROBLEM_TIMER, handle: (database, ticketId) => lookAtProblem(database as Database, ticketId) }],
  chores: [{ name: 'problem trends', everyMinutes: 60, run: (database) => trendChore(database as Database) }],
  consumers: [RECURRENCE_CONSUMER],
};
