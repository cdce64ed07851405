import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { SetKnowledgeSynonymsDocument, type KnowledgeAdminQuery, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { wordsOf } from './article-actions.ts';
import { Refusals } from './article-feedback.tsx';
import { useKnowledgeWords } from './knowledge-words.ts';

interface Props {
  readonly groups: KnowledgeAdminQuery['knowledgeSynonyms'];
  readonly reload: () => Promise<unknown>;
}

/** KNW-06: phrases that find each other, also across the languages. */
export function AdminSynonyms({ groups, reload }: Props) {
  const t = useKnowledgeWords();
  const [set] = useMutation(SetKnowledgeSynonymsDocument);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const send = async (id: string | undefined, text: string): Promise<void> => {
    const { data } = await set({ variables: { input: { ...(id === undefined ? {} : { id }), phrases: wordsOf(text) } } });
    const refused = data?.setKnowledgeSynonyms.userErrors ?? [];
    setErrors(refused);
    if (refused.length === 0) await reload();
  };
  return (
    <section className="card">
      <h2>{t('admin.synonyms')}<small>{groups.length}</small></h2>
      <p className="quiet">{t('admin.synonymsHint')}</p>
      <Refusals errors={errors} />
      <div className="kb-synonyms">
        <Group key={`new ${groups.length}`} text="" label={t('admin.add')} onSave={(text) => void send(undefined, text)} />
        {groups.map(({ id, phrases }) => <Group key={`${id} ${phrases.join()}`} text={phrases.join(', ')} label={t('admin.save')} onSave={(text) => void send(id, text)} />)}
      </div>
    </section>
  );
}

function Group({ text, label, onSave }: { readonly text: string; readonly label: string; readonly onSave: (text: string) => void }) {
  const t = useKnowledgeWords();
  const [typed, setTyped] = useState(text);
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      onSave(typed);
    }}>
      <input aria-label={t('admin.synonyms')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <button type="submit" disabled={typed === text}>{label}</button>
    </form>
  );
}
