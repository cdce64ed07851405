import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What an intake of a frequent incident starts with (INC-21).' })
export class IncidentTemplate {
  @Field(() => String, { description: 'Key.' }) key!: string;
  @Field(() => String, { description: 'Chinese name in the list.' }) zh!: string;
  @Field(() => String, { description: 'English name in the list.' }) en!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => String, { description: 'What to ask and write down.' }) description!: string;
  @Field(() => String, { description: 'Category 事件分类.' }) category!: string;
  @Field(() => String, { description: 'Technical class.' }) technicalClass!: string;
  @Field(() => String, { nullable: true, description: 'Symptom.' }) symptom!: string | null;
}

@ObjectType({ description: 'What an answer starts with (INC-21); {number}, {caller} and {customer} stand for the record\'s own.' })
export class AnswerTemplate {
  @Field(() => String, { description: 'Key.' }) key!: string;
  @Field(() => String, { description: 'Chinese name in the list.' }) zh!: string;
  @Field(() => String, { description: 'English name in the list.' }) en!: string;
  @Field(() => String, { description: 'The text.' }) text!: string;
  @Field(() => Boolean, { description: 'Meant for the customer\'s eyes.' }) customerVisible!: boolean;
}

@ObjectType({ description: 'What the desk works by: its limits and its templates, by the policies in force.' })
export class DeskGuide {
  @Field(() => Int, { description: 'Minutes of guidance during a call, after which to dispatch (SLA-19).' }) callMinutes!: number;
  @Field(() => [IncidentTemplate], { description: 'Of frequent incidents (INC-21).' }) incidentTemplates!: IncidentTemplate[];
  @Field(() => [AnswerTemplate], { description: 'Of answers (INC-21).' }) answerTemplates!: AnswerTemplate[];
}
