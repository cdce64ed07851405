import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { Node } from '../../platform/graphql/node.types.ts';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { Term } from '../service-level/service-level.types.ts';
import { CustomerName, PersonName, TeamName } from '../ticket/ticket.types.ts';
import type { Match } from './problem-known-error.rules.ts';
import type { CauseMethod as Method, ProblemSeverity as Severity, ProblemSource as Source, ProblemStage as Stage, ProblemState as State, SolutionState as Solution } from './problem-states.rules.ts';
import type { TrendDimension as Dimension } from './problem-trend.rules.ts';

export const ProblemStage = { LOGGED: 'logged', INVESTIGATING: 'investigating', KNOWN_ERROR: 'known-error', CHANGE_RAISED: 'change-raised', RESOLVED: 'resolved', CLOSED: 'closed' } as const satisfies Record<string, Stage>;
registerEnumType(ProblemStage, { name: 'ProblemStage', description: 'Stage of a problem (PRB-01).' });
export const ProblemState = { UNRESOLVED: 'unresolved', RESOLVED: 'resolved' } as const satisfies Record<string, State>;
registerEnumType(ProblemState, { name: 'ProblemState', description: 'State of a problem 未解决 / 已解决.' });
export const ProblemSeverity = { L1: 'L1', L2: 'L2', L3: 'L3', L4: 'L4' } as const satisfies Record<string, Severity>;
registerEnumType(ProblemSeverity, { name: 'ProblemSeverity', description: 'Severity: L1 严重, L2 高, L3 中, L4 低.' });
export const ProblemSource = { INCIDENT: 'incident', CUSTOMER: 'customer', TREND: 'trend' } as const satisfies Record<string, Source>;
registerEnumType(ProblemSource, { name: 'ProblemSource', description: 'Where a problem came from.' });
export const CauseMethod = { FISHBONE: 'fishbone', FIVE_WHYS: 'five-whys', PARETO: 'pareto' } as const satisfies Record<string, Method>;
registerEnumType(CauseMethod, { name: 'CauseMethod', description: 'Method by which a root cause is looked for (PRB-02).' });
export const SolutionState = { NONE: 'none', PROPOSED: 'proposed', APPROVED: 'approved', REFUSED: 'refused' } as const satisfies Record<string, Solution>;
registerEnumType(SolutionState, { name: 'SolutionState', description: 'A solution\'s way through approval (PRB-04).' });
export const ParetoDimension = { CI: 'ci', CAUSE: 'cause', CATEGORY: 'category', SYMPTOM: 'symptom', MONTH: 'month' } as const;
registerEnumType(ParetoDimension, { name: 'ParetoDimension', description: 'By what linked incidents are counted.' });
export const TrendDimension = { CI: 'ci', CATEGORY: 'category', CUSTOMER: 'customer', SYMPTOM: 'symptom' } as const satisfies Record<string, Dimension>;
registerEnumType(TrendDimension, { name: 'TrendDimension', description: 'What repeating incidents have in common (PRB-05).' });
export const TrendState = { PROPOSED: 'proposed', ACCEPTED: 'accepted', DISMISSED: 'dismissed' } as const;
registerEnumType(TrendState, { name: 'TrendState', description: 'What became of a proposal.' });
export const KnownErrorMatch = { CI: 'ci', SYMPTOM: 'symptom', TEXT: 'text', CUSTOMER: 'customer' } as const satisfies Record<string, Match>;
registerEnumType(KnownErrorMatch, { name: 'KnownErrorMatch', description: 'In what a report is like a known error.' });

@ObjectType({ description: 'Words of the problem and change policies that forms about problems offer.' })
export class ProblemTerms {
  @Field(() => [Term], { description: 'Classes of problems (PRB-01).' }) classes!: readonly Term[];
  @Field(() => [Term], { description: 'Severities L1 … L4, keys l1 … l4.' }) severities!: readonly Term[];
  @Field(() => [Term], { description: 'Types of changes.' }) changeTypes!: readonly Term[];
  @Field(() => [Term], { description: 'Risks of changes.' }) changeRisks!: readonly Term[];
}

@ObjectType({ description: 'The solution of a problem: what, how long, what it brings, and who approved it (PRB-04, PRB-07).' })
export class ProblemSolution {
  @Field(() => SolutionState, { description: 'Where it stands.' }) state!: Solution;
  @Field(() => String, { nullable: true, description: 'What is to be done.' }) text!: string | null;
  @Field(() => Int, { nullable: true, description: 'Estimated time, minutes.' }) minutes!: number | null;
  @Field(() => String, { nullable: true, description: 'Estimated effect.' }) effect!: string | null;
  @Field(() => String, { nullable: true, description: 'How it is kept from coming back.' }) prevention!: string | null;
  @Field(() => Boolean, { description: 'Whether it alters a CI; then a change carries it out.' }) altersCi!: boolean;
  @Field(() => String, { nullable: true, description: 'Who proposed it.' }) proposedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) proposedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who approved or refused it.' }) decidedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) decidedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'With which reason.' }) decision!: string | null;
}

@ObjectType({ description: 'The knowledge article that a problem owes (KNW-08).' })
export class ProblemArticle {
  @Field(() => ID, { description: 'Id of the article.' }) id!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => String, { description: 'Its state, e.g. draft, submitted, published.' }) state!: string;
  @Field(() => Boolean, { description: 'Named because it says it already, instead of drafted.' }) known!: boolean;
}

@ObjectType({ implements: Node, description: 'A problem 问题: the cause behind incidents (PRB-01).' })
export class Problem extends Node {
  @Field(() => String, { description: 'Number, e.g. PRB-0000012.' }) number!: string;
  @Field(() => Int, { description: 'Version; every command names it.' }) version!: number;
  @Field(() => String, { description: 'One line.' }) title!: string;
  @Field(() => ProblemState, { description: 'Unresolved or resolved.' }) state!: State;
  @Field(() => ProblemStage, { description: 'Stage within its state.' }) stage!: Stage;
  @Field(() => String, { description: 'Class, a word of the problem policy.' }) class!: string;
  @Field(() => ProblemSeverity, { description: 'Severity.' }) severity!: Severity;
  @Field(() => ProblemSource, { description: 'Where it came from.' }) source!: Source;
  @Field(() => String, { description: 'What is known of it from the beginning.' }) description!: string;
  @Field(() => String, { nullable: true, description: 'Symptom, as intake compares it.' }) symptom!: string | null;
  @Field(() => Boolean, { description: 'A key problem: management is told of each step (PRB-07).' }) key!: boolean;
  @Field(() => String, { nullable: true, description: 'Scope of impact.' }) scope!: string | null;
  @Field(() => String, { nullable: true, description: 'Investigation report.' }) investigation!: string | null;
  @Field(() => String, { nullable: true, description: 'Root cause.' }) rootCause!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when it is a known error.' }) knownErrorAt!: number | null;
  @Field(() => String, { nullable: true, description: 'What helps meanwhile.' }) workaround!: string | null;
  @Field(() => ProblemSolution, { description: 'Its solution, if there is one yet.' }) solution!: ProblemSolution;
  @Field(() => CustomerName, { description: 'Whose incidents they are.' }) customer!: CustomerName;
  @Field(() => PersonName, { nullable: true, description: 'Owner; null: it waits for assignment (INC-11).' }) owner!: PersonName | null;
  @Field(() => TeamName, { nullable: true, description: 'Team of the owner, if named.' }) team!: TeamName | null;
  @Field(() => PersonName, { nullable: true, description: 'Who is to assign it: the service delivery manager of the incident\'s agreement.' }) handedTo!: PersonName | null;
  @Field(() => Int, { description: 'Reminders sent because nobody owns it.' }) ageingStep!: number;
  @Field(() => DateTime, { description: 'When it was opened.' }) openedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was first assigned.' }) assignedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was resolved.' }) resolvedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it is watched for a recurrence (PRB-06).' }) watchEndsAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when its solution is verified.' }) verifiedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When the project manager confirmed it (KNW-08).' }) confirmedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who confirmed it.' }) confirmedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed or withdrawn.' }) closedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Why it was withdrawn.' }) withdrawnReason!: string | null;
  @Field(() => Int, { description: 'How often it came back after a solution.' }) recurrences!: number;
  @Field(() => Int, { description: 'Incidents that it looks into.' }) incidentCount!: number;
  @Field(() => Int, { description: 'Of these, open ones.' }) openIncidentCount!: number;
  @Field(() => ProblemArticle, { nullable: true, description: 'The article that it owes, once drafted or named.' }) article!: ProblemArticle | null;
  customerId!: string;
}

@ObjectType({ description: 'An incident that a problem looks into, or that a trend rests on.' })
export class ProblemIncident {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => String, { description: 'Level, e.g. LV2.' }) level!: string;
  @Field(() => String, { description: 'State, e.g. in-progress.' }) state!: string;
  @Field(() => DateTime, { description: 'When it began.' }) openedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed.' }) closedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Closure code.' }) closureCode!: string | null;
  @Field(() => String, { nullable: true, description: 'Cause class.' }) causeClass!: string | null;
  @Field(() => [String], { description: 'Names of its CIs.' }) cis!: string[];
}

@ObjectType({ description: 'A version of a drawn root-cause analysis (PRB-02). The body\'s shape is the method\'s: fishbone {effect, categories[{name, causes[{text, evidence, verdict, causes[]}]}]}; fiveWhys {effect, whys[{because, evidence}]}; pareto {by, conclusion, total, bars[]}.' })
export class ProblemChartView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => CauseMethod, { description: 'The method.' }) method!: Method;
  @Field(() => Int, { description: 'Version, counted per method.' }) version!: number;
  @Field(() => GraphQLJSON, { description: 'The drawing.' }) body!: object;
  @Field(() => DateTime, { description: 'When it was drawn.' }) createdAt!: number;
  @Field(() => String, { description: 'By whom.' }) createdBy!: string;
}

@ObjectType({ description: 'One bar of a Pareto chart.' })
export class ParetoBarView {
  @Field(() => String, { description: 'What the incidents have in common: an id or a word; empty: not known.' }) value!: string;
  @Field(() => String, { description: 'The same to read.' }) label!: string;
  @Field(() => Int, { description: 'How many incidents.' }) count!: number;
  @Field(() => Float, { description: 'Share of all up to and with this bar, percent.' }) cumulativePercent!: number;
}

@ObjectType({ description: 'A problem in a list, and where the list goes on.' })
export class ProblemEdge {
  @Field(() => Problem, { description: 'The problem.' }) node!: Problem;
  @Field(() => String, { description: 'Give it as "after" to go on from here.' }) cursor!: string;
}

@ObjectType({ description: 'A page of problems.' })
export class ProblemConnection {
  @Field(() => [ProblemEdge], { description: 'Newest first.' }) edges!: ProblemEdge[];
  @Field(() => PageInfo, { description: 'Whether there is more.' }) pageInfo!: PageInfo;
  @Field(() => Int, { description: 'How many there are in all.' }) totalCount!: number;
}

@ObjectType({ description: 'A known error that a report may be a case of (PRB-03).' })
export class KnownErrorView {
  @Field(() => ID, { description: 'Id of the problem.' }) problemId!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => String, { description: 'The customer it was found at.' }) customer!: string;
  @Field(() => ProblemSeverity, { description: 'Severity.' }) severity!: Severity;
  @Field(() => String, { nullable: true, description: 'Symptom.' }) symptom!: string | null;
  @Field(() => String, { description: 'What helps meanwhile.' }) workaround!: string;
  @Field(() => String, { nullable: true, description: 'Root cause, if known.' }) rootCause!: string | null;
  @Field(() => DateTime, { description: 'Since when it is known.' }) knownErrorAt!: number;
  @Field(() => Int, { description: 'Open incidents that it looks into.' }) openIncidents!: number;
  @Field(() => [KnownErrorMatch], { description: 'In what the report is like it.' }) matches!: Match[];
  @Field(() => Float, { description: 'How like; only for the order.' }) score!: number;
}

@ObjectType({ description: 'Repeating incidents, proposed as a problem (PRB-05).' })
export class ProblemTrendView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => Int, { description: 'Version; deciding names it.' }) version!: number;
  @Field(() => TrendDimension, { description: 'What they have in common.' }) dimension!: Dimension;
  @Field(() => String, { description: 'Which: name of the CI or customer, the class, the symptom.' }) label!: string;
  @Field(() => CustomerName, { description: 'Whose incidents they are.' }) customer!: CustomerName;
  @Field(() => DateTime, { description: 'Begin of the window.' }) from!: number;
  @Field(() => DateTime, { description: 'End of the window.' }) to!: number;
  @Field(() => Int, { description: 'How many incidents.' }) count!: number;
  @Field(() => TrendState, { description: 'What became of it.' }) state!: string;
  @Field(() => DateTime, { description: 'When it was proposed.' }) proposedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' }) decidedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) decidedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was dismissed.' }) reason!: string | null;
  @Field(() => String, { nullable: true, description: 'Number of the problem that it became.' }) problemNumber!: string | null;
  incidentIds!: string[];
}

@ObjectType({ description: 'Answer of every command on a problem.' })
export class ProblemPayload {
  @Field(() => Problem, { nullable: true, description: 'The problem after the command; null when it was refused.' }) problem!: Problem | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Answer of dismissing a trend.' })
export class ProblemTrendPayload {
  @Field(() => ProblemTrendView, { nullable: true, description: 'The trend after the command; null when it was refused.' }) trend!: ProblemTrendView | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' }) userErrors!: UserError[];
}
