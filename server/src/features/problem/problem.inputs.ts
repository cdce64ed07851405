import { Field, ID, InputType, Int } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { CauseMethod as Method, ProblemSeverity as Severity, ProblemStage as Stage, ProblemState as State } from './problem-states.rules.ts';
import { CauseMethod, ProblemSeverity, ProblemStage, ProblemState } from './problem.types.ts';

@InputType({ description: 'A command on a problem that needs no more than the problem (API-03).' })
export class ProblemCommandInput {
  @Field(() => ID, { description: 'Which problem.' }) id!: string;
  @Field(() => Int, { description: 'The version that it was decided on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: '8–200 characters; the same key with the same body is answered with the first result.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'A new problem by hand (PRB-01).' })
export class OpenProblemInput {
  @Field(() => ID, { description: 'Customer.' }) customerId!: string;
  @Field(() => String, { description: 'One line, at most 300 characters.' }) title!: string;
  @Field(() => String, { description: 'What is known of it.' }) description!: string;
  @Field(() => String, { description: 'Class, a word of the problem policy.' }) class!: string;
  @Field(() => ProblemSeverity, { description: 'Severity.' }) severity!: Severity;
  @Field(() => String, { nullable: true, description: 'Symptom.' }) symptom?: string | null;
  @Field(() => [ID], { nullable: true, description: 'Incidents to look into, at most 50; none of them may have an open problem (D-42).' }) incidentIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'CI that it concerns.' }) ciId?: string | null;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'Who owns it from now on (INC-11).' })
export class AssignProblemInput extends ProblemCommandInput {
  @Field(() => ID, { description: 'The person.' }) ownerId!: string;
  @Field(() => ID, { nullable: true, description: 'A team of theirs.' }) teamId?: string | null;
  @Field(() => String, { nullable: true, description: 'Why, e.g. when it changes hands.' }) reason?: string | null;
}

@InputType({ description: 'Only what is given is changed.' })
export class DescribeProblemInput extends ProblemCommandInput {
  @Field(() => String, { nullable: true, description: 'One line.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'Class.' }) class?: string | null;
  @Field(() => ProblemSeverity, { nullable: true, description: 'Severity.' }) severity?: Severity | null;
  @Field(() => String, { nullable: true, description: 'Symptom.' }) symptom?: string | null;
  @Field(() => String, { nullable: true, description: 'Scope of impact (PRB-07).' }) scope?: string | null;
}

@InputType({ description: 'The investigation report, and the root cause once it is found (PRB-07).' })
export class RecordInvestigationInput extends ProblemCommandInput {
  @Field(() => String, { description: 'The report as a whole.' }) investigation!: string;
  @Field(() => String, { nullable: true, description: 'Root cause; left out: as it was.' }) rootCause?: string | null;
}

@InputType({ description: 'The next version of a drawing (PRB-02).' })
export class DrawCauseInput extends ProblemCommandInput {
  @Field(() => CauseMethod, { description: 'The method.' }) method!: Method;
  @Field(() => GraphQLJSON, { description: 'fishbone {effect, categories[{name, causes[{text, evidence, verdict: open|ruled-out|contributing|root, causes[]}]}]}; five-whys {effect, whys[{because, evidence}]}; pareto {by: ci|cause|category|symptom|month, conclusion}: its figures are counted by the server.' })
  body!: unknown;
}

@InputType({ description: 'A known error (PRB-03).' })
export class KnownErrorInput extends ProblemCommandInput {
  @Field(() => String, { description: 'Symptom, by which intake finds it.' }) symptom!: string;
  @Field(() => String, { description: 'What helps meanwhile.' }) workaround!: string;
  @Field(() => String, { nullable: true, description: 'Root cause; left out: as it was.' }) rootCause?: string | null;
}

@InputType({ description: 'A solution to approve (PRB-04).' })
export class ProposeProblemSolutionInput extends ProblemCommandInput {
  @Field(() => String, { description: 'What is to be done.' }) solution!: string;
  @Field(() => Int, { description: 'Estimated time, minutes.' }) minutes!: number;
  @Field(() => String, { description: 'Estimated effect.' }) effect!: string;
  @Field(() => String, { nullable: true, description: 'How it is kept from coming back.' }) prevention?: string | null;
  @Field(() => Boolean, { description: 'Whether it alters a CI: then a change carries it out.' }) altersCi!: boolean;
}

@InputType({ description: 'The decision on a solution; refusing needs a reason.' })
export class DecideProblemSolutionInput extends ProblemCommandInput {
  @Field(() => Boolean, { description: 'Approved or refused.' }) approve!: boolean;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason?: string | null;
}

@InputType({ description: 'The change that carries the solution out (PRB-04).' })
export class RaiseProblemChangeInput extends ProblemCommandInput {
  @Field(() => String, { nullable: true, description: 'Title; left out: the problem\'s.' }) title?: string | null;
  @Field(() => String, { description: 'Category of the change: major, important, general.' }) category!: string;
  @Field(() => String, { description: 'Type of the change, a word of the change policy.' }) type!: string;
  @Field(() => String, { description: 'Risk, a word of the change policy.' }) risk!: string;
}

@InputType({ description: 'The article that says it already (KNW-08).' })
export class NameArticleInput extends ProblemCommandInput {
  @Field(() => String, { description: 'Number of a published article, e.g. KNW-0000012.' }) articleNumber!: string;
}

@InputType({ description: 'A command with a reason.' })
export class ProblemReasonInput extends ProblemCommandInput {
  @Field(() => String, { description: 'Why.' }) reason!: string;
}

@InputType({ description: 'An incident to look into.' })
export class LinkIncidentInput extends ProblemCommandInput {
  @Field(() => ID, { description: 'The incident; it may have no other open problem (D-42).' }) incidentId!: string;
}

@InputType({ description: 'A CI that it concerns.' })
export class ProblemCiInput extends ProblemCommandInput {
  @Field(() => ID, { description: 'The CI.' }) ciId!: string;
}

@InputType({ description: 'Whether management is told of each step (PRB-07).' })
export class MarkKeyInput extends ProblemCommandInput {
  @Field(() => Boolean, { description: 'A key problem, or none any more.' }) key!: boolean;
  @Field(() => String, { description: 'Why.' }) reason!: string;
}

@InputType({ description: 'An entry of the work log.' })
export class ProblemNoteInput extends ProblemCommandInput {
  @Field(() => String, { description: 'What was done.' }) text!: string;
  @Field(() => Int, { nullable: true, description: 'Time spent, minutes.' }) minutes?: number | null;
}

@InputType({ description: 'Makes a problem of a trend (PRB-05).' })
export class AcceptTrendInput extends ProblemCommandInput {
  @Field(() => String, { description: 'Title of the problem.' }) title!: string;
  @Field(() => String, { description: 'Its description.' }) description!: string;
  @Field(() => ProblemSeverity, { description: 'Its severity.' }) severity!: Severity;
}

@InputType({ description: 'Which problems. What is left out does not limit.' })
export class ProblemFilter {
  @Field(() => [ProblemStage], { nullable: true, description: 'In one of these stages.' }) stages?: Stage[] | null;
  @Field(() => ProblemState, { nullable: true, description: 'In this state.' }) state?: State | null;
  @Field(() => [ProblemSeverity], { nullable: true, description: 'Of one of these severities.' }) severities?: Severity[] | null;
  @Field(() => ID, { nullable: true, description: 'Of this customer.' }) customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Owned by this person.' }) ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Concerning this CI.' }) ciId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those that nobody owns.' }) unassigned?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Only key problems.' }) key?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Only known errors.' }) knownError?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Also closed ones.', defaultValue: false }) closed?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Words in number, title or symptom; at most 200 characters.' }) text?: string | null;
}
