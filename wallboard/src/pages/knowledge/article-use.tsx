import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RecordArticleUseDocument, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useMay } from '../cmdb/cmdb-may.ts';
import { Refusals } from './article-feedback.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

interface Props {
  readonly article: { readonly id: string; readonly number: string };
  readonly recordNumber: string;
}

/** KNW-05: that the article solved this record, beside where it was found. Pressed again nothing is counted twice. */
export function ArticleUse({ article, recordNumber }: Props) {
  const t = useKnowledgeWords();
  const may = useMay();
  const [record] = useMutation(RecordArticleUseDocument);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[] | null>(null);
  const send = async (): Promise<void> => {
    const { data } = await record({ variables: { input: { id: article.id, recordNumber } } });
    setErrors(data?.recordArticleUse.userErrors ?? []);
  };
  if (!may('knowledge.write')) return null;
  return (
    <div className="follow-line">
      <button type="button" aria-label={t('use.with', { article: article.number })} onClick={() => void send()}>{t('use.button')}</button>
      {errors?.length === 0 ? <span className="quiet">{t('use.done')}</span> : null}
      <Refusals errors={errors ?? []} />
    </div>
  );
}
