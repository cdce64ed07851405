import { Field, ID, InputType, Int } from 'type-graphql';
import { ArticleKindWord, ArticleSourceWord, ArticleStateWord, ArticleWorthWord, FaultTypeWord, FeedbackVerdictWord, SystemTypeWord } from './knowledge-words.types.ts';
import type { ArticleKind, ArticleSource, ArticleState, FaultType, FeedbackVerdict, SystemType, Worth } from './knowledge.rules.ts';

@InputType({ description: 'A record that an article came from.' })
export class ArticleOriginInput {
  @Field(() => String, { description: 'Number, e.g. INC-0000123.' })
  number!: string;

  @Field(() => ID, { nullable: true, description: 'Its id, where known.' })
  recordId?: string | null;
}

@InputType({ description: 'The parts of a text; left out: empty in a new article, unchanged in an edit.' })
class ArticleTextInput {
  @Field(() => String, { nullable: true, description: 'What is seen, at most 20,000 characters.' })
  symptom?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is so.' })
  cause?: string | null;

  @Field(() => String, { nullable: true, description: 'What to do.' })
  solution?: string | null;

  @Field(() => String, { nullable: true, description: 'How to keep it from coming back.' })
  prevention?: string | null;

  @Field(() => ID, { nullable: true, description: 'A sub-category; none: 其他 (D-51).' })
  categoryId?: string | null;

  @Field(() => ArticleKindWord, { nullable: true, description: 'Kind.' })
  kind?: ArticleKind | null;

  @Field(() => SystemTypeWord, { nullable: true, description: 'System type.' })
  systemType?: SystemType | null;

  @Field(() => FaultTypeWord, { nullable: true, description: 'Fault type.' })
  faultType?: FaultType | null;

  @Field(() => String, { nullable: true, description: 'Where a public case stands, or whose experience it is.' })
  sourceNote?: string | null;

  @Field(() => [ArticleOriginInput], { nullable: true, description: 'The records that it came from.' })
  origins?: ArticleOriginInput[] | null;

  @Field(() => String, { nullable: true, description: 'Same key, same answer (API-03).' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A new article (KNW-02).' })
export class CreateArticleInput extends ArticleTextInput {
  @Field(() => String, { description: 'At most 120 characters; with the sub-category it becomes the title.' })
  shortDescription!: string;

  @Field(() => ArticleSourceWord, { description: 'Where it comes from.' })
  source!: ArticleSource;

  @Field(() => ID, { nullable: true, description: 'Only for what concerns one customer alone.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The problem that it is drafted for (KNW-08).' })
  problemId?: string | null;
}

@InputType({ description: 'A new text of a draft.' })
export class EditArticleInput extends ArticleTextInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the edit is based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Short description.' })
  shortDescription?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for the list of versions.' })
  note?: string | null;
}

@InputType({ description: 'A command on an article.' })
export class ArticleCommandInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the command is based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Same key, same answer (API-03).' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A command with its reason.' })
export class NotedArticleInput extends ArticleCommandInput {
  @Field(() => String, { nullable: true, description: 'Why; what must be said is refused when it is missing.' })
  note?: string | null;
}

@InputType({ description: 'A draft for the reviewers (KNW-04).' })
export class SubmitArticleInput extends ArticleCommandInput {
  @Field(() => [String], { nullable: true, description: 'Words that the check found and that belong there all the same.' })
  keepWords?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Articles shown as similar that are on something else.' })
  distinctFrom?: string[] | null;
}

@InputType({ description: 'The reviewer lets everybody read it (KNW-10).' })
export class PublishArticleInput extends NotedArticleInput {
  @Field(() => [ArticleWorthWord], { description: 'Why it is worth keeping; at least one.' })
  worth!: Worth[];

  @Field(() => Boolean, { nullable: true, description: 'Open it to customers too (KNW-07).' })
  openToCustomers?: boolean | null;
}

@InputType({ description: 'Whether customers find it (KNW-07).' })
export class OpenArticleInput extends ArticleCommandInput {
  @Field(() => Boolean, { description: 'True opens it, false closes it.' })
  open!: boolean;
}

@InputType({ description: 'Two articles become one.' })
export class MergeArticleInput extends ArticleCommandInput {
  @Field(() => String, { description: 'Number of the published article that stays.' })
  intoNumber!: string;
}

@InputType({ description: "A reader's word (KNW-05)." })
export class ArticleFeedbackInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;

  @Field(() => FeedbackVerdictWord, { description: 'Helped, did not help, wrong.' })
  verdict!: FeedbackVerdict;

  @Field(() => String, { nullable: true, description: 'What about it; demanded unless it helped.' })
  comment?: string | null;
}

@InputType({ description: "The reviewer's answer to a reader." })
export class AnswerArticleFeedbackInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;

  @Field(() => ID, { description: 'The feedback.' })
  feedbackId!: string;

  @Field(() => String, { description: 'What came of it.' })
  answer!: string;
}

@InputType({ description: 'An article used for a piece of work (KNW-05).' })
export class ArticleUseInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Number of the record.' })
  recordNumber?: string | null;
}

@InputType({ description: 'A file to take away.' })
export class ArticleFileInput {
  @Field(() => ID, { description: 'The article.' })
  id!: string;

  @Field(() => ID, { description: 'The file.' })
  fileId!: string;
}

@InputType({ description: 'Which articles.' })
export class ArticleFilterInput {
  @Field(() => [ArticleStateWord], { nullable: true, description: 'In these states.' })
  states?: ArticleState[] | null;

  @Field(() => ID, { nullable: true, description: 'In this category of either level.' })
  categoryId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Begun by you.' })
  mine?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Waiting for you: review, second look, feedback.' })
  waiting?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Drafted for this problem.' })
  problemId?: string | null;
}

@InputType({ description: 'A text to be checked while it is written (KNW-04).' })
export class CheckArticleTextInput {
  @Field(() => ID, { nullable: true, description: 'The article that it becomes, so that it is not compared with itself.' })
  articleId?: string | null;

  @Field(() => String, { defaultValue: '', description: 'Short description.' })
  shortDescription!: string;

  @Field(() => String, { defaultValue: '', description: 'Symptom.' })
  symptom!: string;

  @Field(() => String, { defaultValue: '', description: 'Cause.' })
  cause!: string;

  @Field(() => String, { defaultValue: '', description: 'Solution.' })
  solution!: string;

  @Field(() => String, { defaultValue: '', description: 'Prevention.' })
  prevention!: string;
}

@InputType({ description: 'A new category (KNW-01).' })
export class CreateKnowledgeCategoryInput {
  @Field(() => String, { description: 'Short key, unique.' })
  key!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The category above; none: upper level.' })
  parentId?: string | null;
}

@InputType({ description: 'A change of a category; what is left out stays.' })
export class UpdateKnowledgeCategoryInput {
  @Field(() => ID, { description: 'The category.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Chinese name.' })
  nameZh?: string | null;

  @Field(() => String, { nullable: true, description: 'English name.' })
  name?: string | null;

  @Field(() => Int, { nullable: true, description: 'Place among its neighbours.' })
  position?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'False: no new articles.' })
  active?: boolean | null;
}

@InputType({ description: 'A reviewer to appoint (KNW-10).' })
export class AppointReviewerInput {
  @Field(() => ID, { description: 'The person; must hold a role that reviews.' })
  personId!: string;

  @Field(() => ID, { nullable: true, description: 'A category of the upper level; none: everything.' })
  categoryId?: string | null;
}

@InputType({ description: 'An appointment to end.' })
export class DismissReviewerInput {
  @Field(() => ID, { description: 'The appointment.' })
  id!: string;
}

@InputType({ description: 'Phrases that find each other (KNW-06).' })
export class SetSynonymsInput {
  @Field(() => ID, { nullable: true, description: 'The group; none: a new one.' })
  id?: string | null;

  @Field(() => [String], { description: 'At least two; empty removes the group.' })
  phrases!: string[];
}
