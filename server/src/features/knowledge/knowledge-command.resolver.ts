import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { appointKnowledgeReviewer, createKnowledgeCategory, dismissKnowledgeReviewer, setKnowledgeSynonyms, updateKnowledgeCategory } from './knowledge-category.service.ts';
import { createArticle, editArticle } from './knowledge-draft.service.ts';
import { answerArticleFeedback, giveArticleFeedback, recordArticleUse } from './knowledge-feedback.service.ts';
import { removeArticleFile } from './knowledge-file.service.ts';
import {
  askArticleReview, confirmArticle, mergeArticle, openArticleToCustomers, publishArticle, retireArticle, returnArticle, reviseArticle, submitArticle, takeArticleReview, withdrawArticle,
} from './knowledge-review.service.ts';
import {
  AnswerArticleFeedbackInput, AppointReviewerInput, ArticleCommandInput, ArticleFeedbackInput, ArticleFileInput, ArticleUseInput, CreateArticleInput, CreateKnowledgeCategoryInput, DismissReviewerInput,
  EditArticleInput, MergeArticleInput, NotedArticleInput, OpenArticleInput, PublishArticleInput, SetSynonymsInput, SubmitArticleInput, UpdateKnowledgeCategoryInput,
} from './knowledge.inputs.ts';
import { articleLoader } from './knowledge.loaders.ts';
import { KnowledgeArticlePayload, KnowledgeCategoryPayload, KnowledgeSettingPayload } from './knowledge.types.ts';

/** Runs a command and answers the article as it is now. */
function told<Input>(context: RequestContext, command: (database: Database, actor: Actor, input: Input) => Promise<string>, input: Input): Promise<KnowledgeArticlePayload> {
  return payload('article', async () => {
    const id = await command(context.database, signedIn(context), input);
    return articleLoader(context).clear(id).load(id);
  });
}

@Resolver()
export class KnowledgeCommandResolver {
  @Mutation(() => KnowledgeArticlePayload, { description: 'Begins an article (KNW-02). Needs knowledge.write.' })
  createArticle(@Arg('input', () => CreateArticleInput) input: CreateArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, createArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Writes a new text of a draft; each is a version (KNW-05). Needs knowledge.write.' })
  editArticle(@Arg('input', () => EditArticleInput) input: EditArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, editArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Takes a file away from a draft.' })
  removeArticleFile(@Arg('input', () => ArticleFileInput) input: ArticleFileInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, removeArticleFile, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Gives a draft to the reviewers; refused while something is missing or does not belong there (KNW-04).' })
  submitArticle(@Arg('input', () => SubmitArticleInput) input: SubmitArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, submitArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Takes it back before the review has begun.' })
  withdrawArticle(@Arg('input', () => ArticleCommandInput) input: ArticleCommandInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, withdrawArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Begins the review; by an appointed reviewer who has not written on it (KNW-03, KNW-10).' })
  takeArticleReview(@Arg('input', () => ArticleCommandInput) input: ArticleCommandInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, takeArticleReview, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Publishes what was reviewed, saying why it is worth keeping (KNW-10).' })
  publishArticle(@Arg('input', () => PublishArticleInput) input: PublishArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, publishArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Gives it back to its author, with the reason.' })
  returnArticle(@Arg('input', () => NotedArticleInput) input: NotedArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, returnArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Looked at again and still right (KNW-05); the note says what was checked.' })
  confirmArticle(@Arg('input', () => NotedArticleInput) input: NotedArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, confirmArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Marks a published article as due for review before its date, with the reason (KNW-05).' })
  askArticleReview(@Arg('input', () => NotedArticleInput) input: NotedArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, askArticleReview, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Begins a new text; readers keep the published one meanwhile (KNW-05).' })
  reviseArticle(@Arg('input', () => NotedArticleInput) input: NotedArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, reviseArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Opens a published article to customers, or closes it again (KNW-07).' })
  openArticleToCustomers(@Arg('input', () => OpenArticleInput) input: OpenArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, openArticleToCustomers, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Takes it out of sight, with the reason (KNW-03).' })
  retireArticle(@Arg('input', () => NotedArticleInput) input: NotedArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, retireArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Makes it part of another that is published (KNW-03, KNW-04).' })
  mergeArticle(@Arg('input', () => MergeArticleInput) input: MergeArticleInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, mergeArticle, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: "A reader's word; wrong ones wait for the reviewer at once (KNW-05)." })
  giveArticleFeedback(@Arg('input', () => ArticleFeedbackInput) input: ArticleFeedbackInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, giveArticleFeedback, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: "The reviewer's answer to a reader (KNW-05)." })
  answerArticleFeedback(@Arg('input', () => AnswerArticleFeedbackInput) input: AnswerArticleFeedbackInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, answerArticleFeedback, input);
  }

  @Mutation(() => KnowledgeArticlePayload, { description: 'Counts a use, once for a person and record (KNW-05).' })
  recordArticleUse(@Arg('input', () => ArticleUseInput) input: ArticleUseInput, @Ctx() context: RequestContext): Promise<KnowledgeArticlePayload> {
    return told(context, recordArticleUse, input);
  }

  @Mutation(() => KnowledgeCategoryPayload, { description: 'Adds a category (KNW-01). Needs knowledge.manage.' })
  createKnowledgeCategory(@Arg('input', () => CreateKnowledgeCategoryInput) input: CreateKnowledgeCategoryInput, @Ctx() context: RequestContext): Promise<KnowledgeCategoryPayload> {
    return payload('category', () => createKnowledgeCategory(context.database, signedIn(context), input));
  }

  @Mutation(() => KnowledgeCategoryPayload, { description: 'Renames, moves or puts a category out of use (KNW-01). Needs knowledge.manage.' })
  updateKnowledgeCategory(@Arg('input', () => UpdateKnowledgeCategoryInput) input: UpdateKnowledgeCategoryInput, @Ctx() context: RequestContext): Promise<KnowledgeCategoryPayload> {
    return payload('category', () => updateKnowledgeCategory(context.database, signedIn(context), input));
  }

  @Mutation(() => KnowledgeSettingPayload, { description: 'Appoints a reviewer (KNW-10). Needs knowledge.manage.' })
  appointKnowledgeReviewer(@Arg('input', () => AppointReviewerInput) input: AppointReviewerInput, @Ctx() context: RequestContext): Promise<KnowledgeSettingPayload> {
    return payload('id', () => appointKnowledgeReviewer(context.database, signedIn(context), input));
  }

  @Mutation(() => KnowledgeSettingPayload, { description: 'Ends an appointment (KNW-10). Needs knowledge.manage.' })
  dismissKnowledgeReviewer(@Arg('input', () => DismissReviewerInput) input: DismissReviewerInput, @Ctx() context: RequestContext): Promise<KnowledgeSettingPayload> {
    return payload('id', () => dismissKnowledgeReviewer(context.database, signedIn(context), input.id));
  }

  @Mutation(() => KnowledgeSettingPayload, { description: 'Sets phrases that find each other (KNW-06). Needs knowledge.manage.' })
  setKnowledgeSynonyms(@Arg('input', () => SetSynonymsInput) input: SetSynonymsInput, @Ctx() context: RequestContext): Promise<KnowledgeSettingPayload> {
    return payload('id', () => setKnowledgeSynonyms(context.database, signedIn(context), input));
  }
}
