import { useMutation } from '@apollo/client/react';
import { useId, useState } from 'react';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import { AnswerArticleFeedbackDocument, GiveArticleFeedbackDocument, RecordArticleUseDocument, type ArticleVerdict, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { Article } from './article-page.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

const VERDICTS: readonly ArticleVerdict[] = ['HELPED', 'DID_NOT_HELP', 'WRONG'];

interface Props {
  readonly article: Article;
  readonly reload: () => Promise<unknown>;
}

/** Helped, did not help, wrong (KNW-05); and that it was used. */
export function ArticleFeedback({ article, reload }: Props) {
  const t = useKnowledgeWords();
  const { counts } = article;
  const may = (name: string): boolean => article.availableActions.some(({ action, allowed }) => action === name && allowed);
  return (
    <section className="card">
      <h2>{t('feedback')}<small>{t('verdict.HELPED')} {counts.helped} · {t('verdict.DID_NOT_HELP')} {counts.didNotHelp} · {t('verdict.WRONG')} {counts.wrong} · {t('fact.uses')} {counts.uses}</small></h2>
      {may('giveArticleFeedback') ? <Verdict article={article} reload={reload} /> : null}
      {may('recordArticleUse') ? <Use article={article} reload={reload} /> : null}
      {article.feedback.length === 0 ? <p className="quiet">{t('feedback.none')}</p> : null}
      <ul className="entries">
        {article.feedback.map((one) => (
          <li key={one.id} data-open={one.verdict !== 'HELPED' && one.answer === null}>
            <p className="entry-head"><b>{t(`verdict.${one.verdict}`)}</b>{one.personName} <When at={one.givenAt} /> <span>{t('versions.version', { revision: one.revision })}</span></p>
            {one.comment === null ? null : <p className="entry-body">{one.comment}</p>}
            {one.answer === null ? null : <p className="entry-body quiet">{one.answeredBy}: {one.answer}</p>}
            {one.answer === null && one.verdict !== 'HELPED' && may('answerArticleFeedback') ? <Answer articleId={article.id} feedbackId={one.id} reload={reload} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Verdict({ article, reload }: Props) {
  const t = useKnowledgeWords();
  const id = useId();
  const [give] = useMutation(GiveArticleFeedbackDocument);
  const [verdict, setVerdict] = useState<ArticleVerdict | null>(null);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const [done, setDone] = useState(false);
  const send = async (form: FormData): Promise<void> => {
    if (verdict === null) return;
    const { data } = await give({ variables: { input: { id: article.id, verdict, comment: String(form.get('comment') ?? '') } } });
    const refused = data?.giveArticleFeedback.userErrors ?? [];
    setErrors(refused);
    setDone(refused.length === 0);
    if (refused.length > 0) return;
    setVerdict(null);
    await reload();
  };
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      void send(new FormData(event.currentTarget));
    }}>
      <div className="kb-verdicts" role="group" aria-label={t('feedback.ask')}>
        <span>{t('feedback.ask')}</span>
        {VERDICTS.map((one) => <button key={one} type="button" aria-pressed={verdict === one} onClick={() => setVerdict(one)}>{t(`verdict.${one}`)}</button>)}
      </div>
      {verdict === null ? null : (
        <div className="field">
          <label htmlFor={id}>{t('feedback.why')}</label>
          <textarea id={id} name="comment" rows={2} required={verdict !== 'HELPED'} />
          <div className="form-end"><button type="submit" className="main">{t('feedback.send')}</button></div>
        </div>
      )}
      <Refusals errors={errors} />
      {done ? <p role="status" className="quiet">{t('feedback.thanks')}</p> : null}
    </form>
  );
}

function Use({ article, reload }: Props) {
  const t = useKnowledgeWords();
  const [record] = useMutation(RecordArticleUseDocument);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const [done, setDone] = useState(false);
  const send = async (form: FormData): Promise<void> => {
    const { data } = await record({ variables: { input: { id: article.id, recordNumber: String(form.get('record') ?? '') } } });
    const refused = data?.recordArticleUse.userErrors ?? [];
    setErrors(refused);
    setDone(refused.length === 0);
    if (refused.length === 0) await reload();
  };
  return (
    <form className="kb-verdicts" onSubmit={(event) => {
      event.preventDefault();
      void send(new FormData(event.currentTarget));
    }}>
      <input name="record" aria-label={t('use.record')} placeholder={t('use.record')} maxLength={40} />
      <button type="submit">{t('use.button')}</button>
      {done ? <span role="status" className="quiet">{t('use.done')}</span> : null}
      <Refusals errors={errors} />
    </form>
  );
}

function Answer({ articleId, feedbackId, reload }: { readonly articleId: string; readonly feedbackId: string; readonly reload: () => Promise<unknown> }) {
  const t = useKnowledgeWords();
  const [answer] = useMutation(AnswerArticleFeedbackDocument);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const send = async (form: FormData): Promise<void> => {
    const { data } = await answer({ variables: { input: { id: articleId, feedbackId, answer: String(form.get('answer') ?? '') } } });
    setErrors(data?.answerArticleFeedback.userErrors ?? []);
    await reload();
  };
  return (
    <form className="kb-verdicts" onSubmit={(event) => {
      event.preventDefault();
      void send(new FormData(event.currentTarget));
    }}>
      <input name="answer" required aria-label={t('feedback.answer')} placeholder={t('feedback.answer')} />
      <button type="submit">{t('feedback.send')}</button>
      <Refusals errors={errors} />
    </form>
  );
}

export function Refusals({ errors }: { readonly errors: readonly UserErrorFieldsFragment[] }) {
  return <>{errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}</>;
}
