import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ArticleKindWord, ArticleSourceWord, ArticleStateWord, ArticleWorthWord, FaultTypeWord, FeedbackVerdictWord, SystemTypeWord } from './knowledge-words.types.ts';
import type { ArticleKind, ArticleSource, ArticleState, FaultType, FeedbackVerdict, SystemType, Worth } from './knowledge.rules.ts';

@ObjectType({ description: 'A category or sub-category of the tree (KNW-01).' })
export class KnowledgeCategory {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Short key.' })
  key!: string;

  @Field(() => ID, { nullable: true, description: 'The category above; null for the upper level.' })
  parentId!: string | null;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => Int, { description: 'Place among its neighbours.' })
  position!: number;

  @Field(() => Boolean, { description: 'False: no new articles.' })
  active!: boolean;

  @Field(() => Int, { description: 'Give it as expectedVersion with a change.' })
  version!: number;
}

@ObjectType({ description: 'A category with the number of its published articles that you may read.' })
export class KnowledgeTreeNode extends KnowledgeCategory {
  @Field(() => Int, { description: 'Published articles in it and below.' })
  published!: number;
}

@ObjectType({ description: 'A record that an article came from (KNW-09).' })
export class ArticleOrigin {
  @Field(() => String, { description: 'Its number.' })
  number!: string;

  @Field(() => ID, { nullable: true, description: 'Its id, where known.' })
  recordId!: string | null;
}

@ObjectType({ description: 'A file that the text names; fetch it at /downloads/article-file?id=ID.' })
export class ArticleFile {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Name, as the text says it.' })
  name!: string;

  @Field(() => Int, { description: 'Bytes.' })
  size!: number;

  @Field(() => String, { description: 'Who added it.' })
  addedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  addedAt!: number;
}

@ObjectType({ description: 'A version of the text (KNW-05).' })
export class ArticleRevision {
  @Field(() => Int, { description: 'Counts from 1.' })
  revision!: number;

  @Field(() => String, { description: 'Title then.' })
  title!: string;

  @Field(() => String, { description: 'Who wrote it.' })
  writtenBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  writtenAt!: number;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note!: string | null;
}

@ObjectType({ description: 'A piece of a comparison.' })
export class TextPiece {
  @Field(() => String, { description: 'The text.' })
  text!: string;

  @Field(() => String, { description: 'same, added or removed.' })
  change!: string;
}

@ObjectType({ description: 'One part of a text in two versions (KNW-05).' })
export class ArticlePartDifference {
  @Field(() => String, { description: 'title, symptom, cause, solution or prevention.' })
  part!: string;

  @Field(() => Boolean, { description: 'Whether it differs.' })
  changed!: boolean;

  @Field(() => [TextPiece], { description: 'In the order of the text.' })
  pieces!: TextPiece[];
}

@ObjectType({ description: "A reader's word on an article (KNW-05)." })
export class ArticleFeedback {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was read.' })
  revision!: number;

  @Field(() => FeedbackVerdictWord, { description: 'Helped, did not help, wrong.' })
  verdict!: FeedbackVerdict;

  @Field(() => String, { nullable: true, description: 'What about it.' })
  comment!: string | null;

  @Field(() => String, { description: 'Who.' })
  personName!: string;

  @Field(() => DateTime, { description: 'When.' })
  givenAt!: number;

  @Field(() => String, { nullable: true, description: "The reviewer's answer." })
  answer!: string | null;

  @Field(() => String, { nullable: true, description: 'Who answered.' })
  answeredBy!: string | null;
}

@ObjectType({ description: 'What readers did with an article (KNW-05).' })
export class ArticleCountsView {
  @Field(() => Int, { description: 'Said that it helped.' })
  helped!: number;

  @Field(() => Int, { description: 'Said that it did not.' })
  didNotHelp!: number;

  @Field(() => Int, { description: 'Said that it is wrong.' })
  wrong!: number;

  @Field(() => Int, { description: 'Uses for a piece of work.' })
  uses!: number;
}

@ObjectType({ description: 'What an action still lacks.' })
export class ArticleLackView {
  @Field(() => String, { description: 'Code of the refusal that it would be.' })
  code!: string;

  @Field(() => String, { description: 'One sentence.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The input field.' })
  field!: string | null;
}

@ObjectType({ description: 'An action, whether you may take it now, and what it lacks (API-03).' })
export class ArticleActionView {
  @Field(() => String, { description: 'Name of the mutation.' })
  action!: string;

  @Field(() => Boolean, { description: 'Possible now.' })
  allowed!: boolean;

  @Field(() => [ArticleLackView], { description: 'What is missing, or who would be allowed.' })
  lacks!: ArticleLackView[];
}

@ObjectType({ description: 'A word that does not belong into an article (KNW-04).' })
export class ArticleFinding {
  @Field(() => String, { description: 'customer, person, date-time, question-answer or watermark.' })
  kind!: string;

  @Field(() => String, { description: 'As it stands there.' })
  word!: string;

  @Field(() => String, { description: 'symptom, cause, solution or prevention.' })
  part!: string;

  @Field(() => Int, { description: 'Its first character in that part, from 0.' })
  start!: number;

  @Field(() => Int, { description: 'The first character after it.' })
  end!: number;

  @Field(() => Boolean, { description: 'In the handling, where it stops the article; elsewhere a hint.' })
  stops!: boolean;
}

@ObjectType({ description: 'An article on nearly the same thing (KNW-04).' })
export class SimilarArticleView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Number.' })
  number!: string;

  @Field(() => String, { description: 'Title.' })
  title!: string;

  @Field(() => ArticleStateWord, { description: 'Where it stands.' })
  state!: ArticleState;

  @Field(() => Int, { description: 'Likeness in percent.' })
  likenessPercent!: number;
}

@ObjectType({ implements: Node, description: 'A knowledge article. Readers get the published text, whoever writes articles the newest.' })
export class KnowledgeArticle extends Node {
  @Field(() => String, { description: 'Number, e.g. KNW-0000012.' })
  number!: string;

  @Field(() => ArticleStateWord, { description: 'Where it stands (KNW-03).' })
  state!: ArticleState;

  @Field(() => ArticleKindWord, { description: '硬件 / 软件 / 其它 (D-51).' })
  kind!: ArticleKind;

  @Field(() => SystemTypeWord, { description: 'System type (KNW-09).' })
  systemType!: SystemType;

  @Field(() => FaultTypeWord, { description: 'Fault type (KNW-09).' })
  faultType!: FaultType;

  @Field(() => ArticleSourceWord, { description: 'Where it comes from.' })
  source!: ArticleSource;

  @Field(() => String, { description: 'Sub-category and short description (KNW-02).' })
  title!: string;

  @Field(() => String, { description: 'The short description alone, of the newest text.' })
  shortDescription!: string;

  @Field(() => String, { description: 'What is seen.' })
  symptom!: string;

  @Field(() => String, { description: 'Why it is so.' })
  cause!: string;

  @Field(() => String, { description: 'What to do.' })
  solution!: string;

  @Field(() => String, { description: 'How to keep it from coming back.' })
  prevention!: string;

  @Field(() => Boolean, { description: 'Whether customers find it (KNW-07).' })
  openToCustomers!: boolean;

  @Field(() => Int, { description: 'The version of the text that is shown.' })
  shownRevision!: number;

  @Field(() => Int, { nullable: true, description: 'The version that readers get; null: never published.' })
  publishedRevision!: number | null;

  @Field(() => DateTime, { description: 'Last change.' })
  updatedAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'Last publication.' })
  publishedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it is to be looked at again (KNW-05).' })
  reviewDueAt!: number | null;

  @Field(() => [ArticleWorthWord], { description: 'Why it is worth keeping (KNW-10).' })
  worth!: Worth[];

  @Field(() => Int, { description: 'Give it as expectedVersion with a command.' })
  version!: number;

  /** For field resolvers; not all readers are told. */
  categoryId!: string;
  customerId!: string | null;
  authorId!: string;
  authorName!: string;
  reviewerName!: string | null;
  reviewNote!: string | null;
  sourceNote!: string | null;
  keptWords!: string[];
  distinctFrom!: string[];
  mergedIntoId!: string | null;
  problemId!: string | null;
}

@ObjectType({ description: 'What only colleagues are told of an article.' })
export class ArticleInternals {
  @Field(() => String, { description: 'Who began it.' })
  author!: string;

  @Field(() => String, { nullable: true, description: 'Who reviews or reviewed it.' })
  reviewer!: string | null;

  @Field(() => String, { nullable: true, description: "The reviewer's last note." })
  reviewNote!: string | null;

  @Field(() => String, { nullable: true, description: 'Where a public case stands, or whose experience it is.' })
  sourceNote!: string | null;

  @Field(() => [String], { description: 'Words that the check found and the author keeps (KNW-04).' })
  keptWords!: string[];

  @Field(() => ID, { nullable: true, description: 'The only customer that it concerns.' })
  customerId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The problem that it was drafted for (KNW-08).' })
  problemId!: string | null;
}

@ObjectType({ description: 'An article at its place in the list.' })
export class KnowledgeArticleEdge {
  @Field(() => KnowledgeArticle, { description: 'The article.' })
  node!: KnowledgeArticle;

  @Field(() => String, { description: 'Give it as "after".' })
  cursor!: string;
}

@ObjectType({ description: 'A page of articles.' })
export class KnowledgeArticleConnection {
  @Field(() => [KnowledgeArticleEdge], { description: 'The latest changed first.' })
  edges!: KnowledgeArticleEdge[];

  @Field(() => PageInfo, { description: 'Whether there is more.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'A stretch of text.' })
export class TextSegment {
  @Field(() => String, { description: 'The text.' })
  text!: string;

  @Field(() => Boolean, { description: 'The query asked for it.' })
  hit!: boolean;
}

@ObjectType({ description: 'A published article that answers a query (KNW-06).' })
export class KnowledgeHit {
  @Field(() => ID, { description: 'Id of the article.' })
  id!: string;

  @Field(() => String, { description: 'Number.' })
  number!: string;

  @Field(() => ArticleStateWord, { description: 'Where it stands.' })
  state!: ArticleState;

  @Field(() => String, { description: 'Title.' })
  title!: string;

  @Field(() => Boolean, { description: 'Open to customers.' })
  openToCustomers!: boolean;

  @Field(() => Float, { description: 'Greater is better; comparable within one answer.' })
  score!: number;

  @Field(() => [TextSegment], { description: 'The title with what was asked for.' })
  titleSegments!: TextSegment[];

  @Field(() => String, { description: 'The part that answers best: symptom, cause, solution or prevention.' })
  part!: string;

  @Field(() => [TextSegment], { description: 'About 180 characters of that part.' })
  segments!: TextSegment[];
}

@ObjectType({ description: 'Articles for a query, best first.' })
export class KnowledgeFindings {
  @Field(() => [KnowledgeHit], { description: 'Best first.' })
  hits!: KnowledgeHit[];

  @Field(() => Int, { description: 'How many there are in all.' })
  total!: number;
}

@ObjectType({ description: 'Who reviews what (KNW-10).' })
export class KnowledgeReviewer {
  @Field(() => ID, { description: 'Id of the appointment.' })
  id!: string;

  @Field(() => ID, { description: 'The person.' })
  personId!: string;

  @Field(() => String, { description: 'Name.' })
  person!: string;

  @Field(() => ID, { nullable: true, description: 'The category; null: everything.' })
  categoryId!: string | null;

  @Field(() => String, { description: 'Who appointed them.' })
  appointedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  appointedAt!: number;
}

@ObjectType({ description: 'Phrases that find each other (KNW-06).' })
export class KnowledgeSynonyms {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => [String], { description: 'The phrases.' })
  phrases!: string[];
}

@ObjectType({ description: 'Answer to a command on an article.' })
export class KnowledgeArticlePayload {
  @Field(() => KnowledgeArticle, { nullable: true, description: 'The article as it is now.' })
  article!: KnowledgeArticle | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to a change of the tree.' })
export class KnowledgeCategoryPayload {
  @Field(() => KnowledgeCategory, { nullable: true, description: 'The category as it is now.' })
  category!: KnowledgeCategory | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to a change of reviewers or synonyms.' })
export class KnowledgeSettingPayload {
  @Field(() => ID, { nullable: true, description: 'Id of what was set.' })
  id!: string | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
