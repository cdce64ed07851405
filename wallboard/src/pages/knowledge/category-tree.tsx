import { useDeskWords } from '../../app/desk-words.tsx';
import { branchesOf, categoryName, type Category } from './category-names.ts';
import { useKnowledgeWords } from './knowledge-words.ts';

interface Props {
  readonly categories: readonly Category[];
  /** Id; empty: all. */
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** The two levels (KNW-01); a category opens when it or something in it is chosen. */
export function CategoryTree({ categories, chosen, onChoose }: Props) {
  const t = useKnowledgeWords();
  const { locale } = useDeskWords();
  const entry = (category: Category) => (
    <button type="button" aria-current={category.id === chosen} onClick={() => onChoose(category.id)}>
      {categoryName(category, locale)}<small>{category.published}</small>
    </button>
  );
  return (
    <nav className="kb-tree" aria-label={t('tree.label')}>
      <ul>
        <li><button type="button" aria-current={chosen === ''} onClick={() => onChoose('')}>{t('tree.all')}</button></li>
        {branchesOf(categories).map(({ upper, lower }) => (
          <li key={upper.id}>
            {entry(upper)}
            {upper.id === chosen || lower.some(({ id }) => id === chosen) ? <ul>{lower.filter(({ active, published }) => active || published > 0).map((sub) => <li key={sub.id}>{entry(sub)}</li>)}</ul> : null}
          </li>
        ))}
      </ul>
    </nav>
  );
}
