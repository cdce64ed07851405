import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { AppointKnowledgeReviewerDocument, DismissKnowledgeReviewerDocument, type KnowledgeAdminQuery, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { Refusals } from './article-feedback.tsx';
import { branchesOf, categoryName, type Category } from './category-names.ts';
import { useKnowledgeWords } from './knowledge-words.ts';

interface Props {
  readonly categories: readonly Category[];
  readonly reviewers: KnowledgeAdminQuery['knowledgeReviewers'];
  readonly people: KnowledgeAdminQuery['people'];
  readonly reload: () => Promise<unknown>;
}

/** Roles that review; who holds none of them cannot be appointed. */
const REVIEWING_ROLES = ['knowledge-reviewer', 'technical-manager'];

/** KNW-10: who reviews, by appointment of the technical manager. */
export function AdminReviewers({ categories, reviewers, people, reload }: Props) {
  const t = useKnowledgeWords();
  const { locale } = useDeskWords();
  const [appoint] = useMutation(AppointKnowledgeReviewerDocument);
  const [dismiss] = useMutation(DismissKnowledgeReviewerDocument);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const upper = branchesOf(categories).map((branch) => branch.upper);
  const done = async (refused: readonly UserErrorFieldsFragment[]): Promise<void> => {
    setErrors(refused);
    await reload();
  };
  const send = async (form: FormData): Promise<void> => {
    const categoryId = String(form.get('categoryId') ?? '');
    const { data } = await appoint({ variables: { input: { personId: String(form.get('personId') ?? ''), ...(categoryId === '' ? {} : { categoryId }) } } });
    await done(data?.appointKnowledgeReviewer.userErrors ?? []);
  };
  const end = async (id: string): Promise<void> => done((await dismiss({ variables: { input: { id } } })).data?.dismissKnowledgeReviewer.userErrors ?? []);
  const nameOf = (id: string | null): string => {
    const category = upper.find((one) => one.id === id);
    return category === undefined ? t('admin.everything') : categoryName(category, locale);
  };
  return (
    <section className="card">
      <h2>{t('admin.reviewers')}<small>{reviewers.length}</small></h2>
      {reviewers.length === 0 ? <p className="quiet">{t('admin.noReviewers')}</p> : null}
      <ul className="entries">
        {reviewers.map(({ id, person, categoryId, appointedBy, appointedAt }) => (
          <li key={id}><p className="entry-head"><b>{person}</b>{nameOf(categoryId)} <span>{appointedBy}</span> <When at={appointedAt} /> <button type="button" className="plain" onClick={() => void end(id)}>{t('admin.dismiss')}</button></p></li>
        ))}
      </ul>
      <form onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}>
        <label>{t('admin.person')}<select name="personId" required><option value="">—</option>{people.filter(({ roles }) => roles.some(({ role }) => REVIEWING_ROLES.includes(role))).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>
        <label>{t('field.category')}<select name="categoryId"><option value="">{t('admin.everything')}</option>{upper.map((one) => <option key={one.id} value={one.id}>{categoryName(one, locale)}</option>)}</select></label>
        <button type="submit">{t('admin.appoint')}</button>
      </form>
      <Refusals errors={errors} />
    </section>
  );
}
