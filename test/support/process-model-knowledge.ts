import { editArticle } from '../../server/src/features/knowledge/knowledge-draft.service.ts';
import { answerArticleFeedback, giveArticleFeedback, recordArticleUse } from '../../server/src/features/knowledge/knowledge-feedback.service.ts';
import { attachArticleFile } from '../../server/src/features/knowledge/knowledge-file.service.ts';
import {
  askArticleReview, confirmArticle, mergeArticle, openArticleToCustomers, publishArticle, retireArticle, returnArticle, reviseArticle, submitArticle, takeArticleReview, withdrawArticle,
} from '../../server/src/features/knowledge/knowledge-review.service.ts';
import type { ArticleAction, ArticleCase } from '../../server/src/features/knowledge/knowledge-states.rules.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { Aim, Commands } from './process-model-aim.ts';

type At = Aim<ArticleCase>;

const noted = ({ at, draw }: At) => ({ ...at, note: draw.text('Because') });

/** Every action of an article as a person would fill its form in. */
export const KNOWLEDGE_COMMANDS: Commands<ArticleAction, ArticleCase> = {
  editArticle: ({ world, by, at, draw }) => editArticle(world.database, by, { ...at, solution: draw.text('Restart the relay'), cause: draw.text('A leak') }),
  attachArticleFile: ({ world, by, record, draw }) => attachArticleFile(world.database, by, { articleId: record.id, name: `log-${draw.whole(1, 9)}.txt`, mediaType: 'text/plain', content: Buffer.from('log') }),
  submitArticle: ({ world, by, at, draw, kase }) => submitArticle(world.database, by, {
    ...at, keepWords: draw.chance(0.95) ? kase.findings.map(({ word }) => word) : null, distinctFrom: draw.chance(0.95) ? kase.similar.map(({ id }) => id) : null,
  }),
  withdrawArticle: ({ world, by, at }) => withdrawArticle(world.database, by, at),
  takeArticleReview: ({ world, by, at }) => takeArticleReview(world.database, by, at),
  publishArticle: ({ world, by, at, draw }) => publishArticle(world.database, by, { ...at, worth: draw.chance(0.95) ? ['general'] : [], openToCustomers: draw.chance(0.3) }),
  returnArticle: (aim) => returnArticle(aim.world.database, aim.by, noted(aim)),
  confirmArticle: (aim) => confirmArticle(aim.world.database, aim.by, noted(aim)),
  reviseArticle: (aim) => reviseArticle(aim.world.database, aim.by, noted(aim)),
  askArticleReview: (aim) => askArticleReview(aim.world.database, aim.by, noted(aim)),
  openArticleToCustomers: ({ world, by, at, draw }) => openArticleToCustomers(world.database, by, { ...at, open: draw.chance(0.6) }),
  retireArticle: (aim) => retireArticle(aim.world.database, aim.by, noted(aim)),
  mergeArticle: ({ world, by, at, draw }) => mergeArticle(world.database, by, { ...at, intoNumber: draw.pickOr(world.of('knowledge'), { number: 'KNW-9999999' }).number }),
  giveArticleFeedback: ({ world, by, record, draw }) => giveArticleFeedback(world.database, by, { id: record.id, verdict: draw.pick(['helped', 'did-not-help', 'wrong']), comment: draw.text('Because') }),
  recordArticleUse: ({ world, by, record, draw }) => recordArticleUse(world.database, by, { id: record.id, recordNumber: draw.pickOr(world.of('incident'), { number: 'INC-9999999' }).number }),
  answerArticleFeedback: async ({ world, by, record, draw }) => {
    const rows = await world.database.em.execute<{ id: string }[]>('select id from knowledge_feedback where article_id = ? order by given_at desc, person_name limit 5', [record.id]);
    return answerArticleFeedback(world.database, by, { id: record.id, feedbackId: draw.pickOr(rows, { id: newId() }).id, answer: draw.text('Answer') });
  },
};
