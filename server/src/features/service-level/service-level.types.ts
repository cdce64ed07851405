import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';

@ObjectType({ description: 'A word of the system with its labels.' })
export class Term {
  @Field(() => String, { description: 'The word as the API uses it.' })
  key!: string;

  @Field(() => String, { description: '中文标签' })
  zh!: string;

  @Field(() => String, { description: 'English label.' })
  en!: string;
}

@ObjectType({ description: 'Every enum-like word with its labels.' })
export class Vocabulary {
  @Field(() => [Term], { description: 'States 事件状态.' }) states!: readonly Term[];
  @Field(() => [Term], { description: 'Levels 故障等级.' }) levels!: readonly Term[];
  @Field(() => [Term], { description: 'Categories 事件分类.' }) categories!: readonly Term[];
  @Field(() => [Term], { description: 'Technical classes.' }) technicalClasses!: readonly Term[];
  @Field(() => [Term], { description: 'Channels.' }) channels!: readonly Term[];
  @Field(() => [Term], { description: 'Reasons of a suspension 挂起.' }) suspensionReasons!: readonly Term[];
  @Field(() => [Term], { description: 'Codes of closing 关闭.' }) closureCodes!: readonly Term[];
  @Field(() => [Term], { description: 'Classes of cause.' }) causeClasses!: readonly Term[];
  @Field(() => [Term], { description: 'Difficulty 处理难度.' }) difficulties!: readonly Term[];
  @Field(() => [Term], { description: 'What clocks measure.' }) clockKinds!: readonly Term[];
  @Field(() => [Term], { description: 'States of a clock.' }) clockStates!: readonly Term[];
  @Field(() => [Term], { description: 'Outcomes of a clock.' }) clockOutcomes!: readonly Term[];
  @Field(() => [Term], { description: 'What a clock fires.' }) escalationSteps!: readonly Term[];
  @Field(() => [Term], { description: 'States of a handoff.' }) handoffStates!: readonly Term[];
  @Field(() => [Term], { description: 'Kinds of work-log entries 工作日志.' }) workLogKinds!: readonly Term[];
  @Field(() => [Term], { description: 'Kinds of links between records.' }) linkKinds!: readonly Term[];
  @Field(() => [Term], { description: 'Purposes of teams.' }) teamPurposes!: readonly Term[];
  @Field(() => [Term], { description: 'Service tiers.' }) tiers!: readonly Term[];
  @Field(() => [Term], { description: 'Roles (ORG-01).' }) roles!: readonly Term[];
}

@ObjectType({ description: 'A policy document in the version that is in force.' })
export class Policy {
  @Field(() => String, { description: 'Key, e.g. level-table.' })
  key!: string;

  @Field(() => Int, { description: 'The version in force now.' })
  version!: number;

  @Field(() => GraphQLJSON, { description: 'The document.' })
  body!: unknown;
}

@ObjectType({ description: 'One version of a policy document (SLA-13).' })
export class PolicyVersion {
  @Field(() => ID, { description: 'Id of the version.' })
  id!: string;

  @Field(() => String, { description: 'Key, e.g. level-table.' })
  key!: string;

  @Field(() => Int, { description: 'Counts the edits of this key.' })
  version!: number;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; null: since ever.' })
  validFrom!: number | null;

  @Field(() => GraphQLJSON, { description: 'The document.' })
  body!: unknown;

  @Field(() => String, { nullable: true, description: 'Why it was edited.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Who edited it.' })
  createdBy!: string | null;

  @Field(() => DateTime, { description: 'When it was edited.' })
  createdAt!: number;
}

@ObjectType({ description: 'What a value of a policy is called, means and is counted in.' })
export class PolicyWord {
  @Field(() => String, { description: 'Parts joined by dots, * for any one; empty: the document itself.' }) path!: string;
  @Field(() => String, { description: 'Row of the spec, or decision.' }) spec!: string;
  @Field(() => String, { description: '中文名称' }) zh!: string;
  @Field(() => String, { description: 'English name.' }) en!: string;
  @Field(() => String, { nullable: true, description: 'minutes, hours, days, working-days, months, percent or times.' }) unit?: string;
  @Field(() => String, { nullable: true, description: 'roles or teams: keys of these may be chosen.' }) choices?: string;
  @Field(() => String, { nullable: true, description: '中文说明' }) meaningZh?: string;
  @Field(() => String, { nullable: true, description: 'Meaning in English.' }) meaningEn?: string;
}

@ObjectType({ description: 'A policy as a form needs it.' })
export class PolicyForm {
  @Field(() => String, { description: 'Key, e.g. level-table.' }) key!: string;
  @Field(() => GraphQLJSON, { description: 'The shape that validates it, as JSON Schema.' }) shape!: unknown;
  @Field(() => [PolicyWord], { description: 'The words of its values; the first whose path fits.' }) words!: readonly PolicyWord[];
  @Field(() => Boolean, { description: 'Whether clocks are planned by it, so that whatIfPolicy can say something.' }) planning!: boolean;
}

@InputType({ description: 'A new version of a policy document.' })
export class EditPolicyInput {
  @Field(() => String, { description: 'Key, e.g. level-table.' })
  key!: string;

  @Field(() => Int, { description: 'The newest version, on which the edit is based.' })
  expectedVersion!: number;

  @Field(() => GraphQLJSON, { description: 'The whole document.' })
  body!: unknown;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; now when left out. In the past only with a reason (D-22).' })
  validFrom?: number | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@ObjectType({ description: 'Answer to editPolicy.' })
export class PolicyPayload {
  @Field(() => PolicyVersion, { nullable: true, description: 'The new version.' })
  policyVersion!: PolicyVersion | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
