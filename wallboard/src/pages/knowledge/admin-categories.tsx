import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { CreateKnowledgeCategoryDocument, UpdateKnowledgeCategoryDocument, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { Refusals } from './article-feedback.tsx';
import { branchesOf, categoryName, type Category } from './category-names.ts';
import { useKnowledgeWords } from './knowledge-words.ts';

interface Props {
  readonly categories: readonly Category[];
  readonly reload: () => Promise<unknown>;
}

export function AdminCategories({ categories, reload }: Props) {
  const t = useKnowledgeWords();
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const done = async (refused: readonly UserErrorFieldsFragment[]): Promise<void> => {
    setErrors(refused);
    if (refused.length === 0) await reload();
  };
  return (
    <section className="card">
      <h2>{t('admin.categories')}</h2>
      <Refusals errors={errors} />
      <table>
        <thead><tr><th>{t('admin.nameZh')}</th><th>{t('admin.name')}</th><th className="figure" colSpan={2}>{t('fact.published')}</th></tr></thead>
        <tbody>{branchesOf(categories).flatMap(({ upper, lower }) => [upper, ...lower]).map((category) => <Row key={`${category.id} ${category.version}`} category={category} done={done} />)}</tbody>
      </table>
      <NewCategory categories={categories} done={done} />
    </section>
  );
}

type Done = (refused: readonly UserErrorFieldsFragment[]) => Promise<void>;

function Row({ category, done }: { readonly category: Category; readonly done: Done }) {
  const t = useKnowledgeWords();
  const [update] = useMutation(UpdateKnowledgeCategoryDocument);
  const [names, setNames] = useState({ nameZh: category.nameZh, name: category.name });
  const changed = names.nameZh !== category.nameZh || names.name !== category.name;
  const send = async (part: { nameZh?: string; name?: string; active?: boolean }): Promise<void> => {
    const { data } = await update({ variables: { input: { id: category.id, expectedVersion: category.version, ...part } } });
    await done(data?.updateKnowledgeCategory.userErrors ?? []);
  };
  return (
    <tr data-upper={category.parentId === null} data-active={category.active}>
      <td><input aria-label={`${t('admin.nameZh')} ${category.key}`} value={names.nameZh} onChange={(event) => setNames({ ...names, nameZh: event.target.value })} /></td>
      <td><input aria-label={`${t('admin.name')} ${category.key}`} value={names.name} onChange={(event) => setNames({ ...names, name: event.target.value })} /></td>
      <td className="figure quiet">{t('admin.published', { count: category.published })}</td>
      <td className="figure">
        {changed ? <button type="button" onClick={() => void send(names)}>{t('admin.save')}</button> : null}
        <button type="button" className="plain" onClick={() => void send({ active: !category.active })}>{t(category.active ? 'admin.retire' : 'admin.revive')}</button>
      </td>
    </tr>
  );
}

function NewCategory({ categories, done }: { readonly categories: readonly Category[]; readonly done: Done }) {
  const t = useKnowledgeWords();
  const { locale } = useDeskWords();
  const [create] = useMutation(CreateKnowledgeCategoryDocument);
  const send = async (form: HTMLFormElement): Promise<void> => {
    const text = (name: string): string => String(new FormData(form).get(name) ?? '');
    const { data } = await create({ variables: { input: { key: text('key'), nameZh: text('nameZh'), name: text('name'), ...(text('parentId') === '' ? {} : { parentId: text('parentId') }) } } });
    const refused = data?.createKnowledgeCategory.userErrors ?? [];
    if (refused.length === 0) form.reset();
    await done(refused);
  };
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      void send(event.currentTarget);
    }}>
      <label>{t('admin.parent')}<select name="parentId"><option value="">{t('admin.upper')}</option>{branchesOf(categories).map(({ upper }) => <option key={upper.id} value={upper.id}>{categoryName(upper, locale)}</option>)}</select></label>
      <label>{t('admin.key')}<input name="key" required maxLength={60} /></label>
      <label>{t('admin.nameZh')}<input name="nameZh" required maxLength={60} /></label>
      <label>{t('admin.name')}<input name="name" required maxLength={60} /></label>
      <button type="submit">{t('admin.add')}</button>
    </form>
  );
}
