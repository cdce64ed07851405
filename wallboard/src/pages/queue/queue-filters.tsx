import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import type { QueueChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import { CLOCK_STATES, FILTER_KEYS, LEVELS, STATES, toggled, valuesOf, withKey } from './queue-filter.ts';
import { useQueueWords } from './queue-words.ts';
import { useQueueSearch } from './use-queue-search.ts';

const AGES = ['older=4h', 'older=1d', 'older=3d', 'older=1w', 'younger=1h', 'younger=4h', 'younger=1d'] as const;

/** The same conditions by mouse: everything here only writes the address bar; the page reads it. */
export function QueueFilters({ choices }: { readonly choices: QueueChoicesQuery | undefined }) {
  const { t, locale, vocabulary } = useDeskWords();
  const words = useQueueWords();
  const [search, setSearch] = useQueueSearch();
  const change = (key: string, values: readonly string[]): void => setSearch(withKey(search, key, values));
  const chips = (key: 'state' | 'level' | 'clock', values: readonly string[], label: (word: string) => string) => (
    <fieldset className="chips">
      <legend>{t(`filter.${key}`)}</legend>
      {values.map((word) => (
        <button key={word} type="button" aria-pressed={valuesOf(search, key).includes(word)} onClick={() => change(key, toggled(valuesOf(search, key), word))}>
          {label(word)}
        </button>
      ))}
    </fieldset>
  );
  const choice = (key: string, label: string, options: readonly (readonly [string, string])[]) => (
    <Choice label={label} value={search.get(key) ?? ''} onChange={(value) => change(key, value === '' ? [] : [value])} options={options} />
  );
  const flag = (key: 'handoff' | 'closed') => (
    <button type="button" aria-pressed={search.get(key) === '1'} onClick={() => change(key, search.get(key) === '1' ? [] : ['1'])}>{t(`filter.${key}`)}</button>
  );
  const age = AGES.find((one) => search.get(one.split('=')[0] ?? '') === one.split('=')[1]) ?? '';
  const changeAge = (value: string): void => {
    const [key = '', span = ''] = value.split('=');
    const without = withKey(withKey(search, 'older', []), 'younger', []);
    setSearch(value === '' ? without : withKey(without, key, [span]));
  };
  const clear = (): void => setSearch(FILTER_KEYS.reduce((next, key) => withKey(next, key, []), search));
  return (
    <section className="filters" aria-label={t('filter.label')}>
      <div className="filter-line">
        {choice('team', t('filter.team'), (choices?.teams ?? []).map((team) => [team.id, teamName(team, locale)]))}
        {choice('holder', t('filter.holder'), [['me', words('holder.me')], ['nobody', words('holder.nobody')], ...(choices?.people ?? []).map(({ id, name }) => [id, name] as const)])}
        {choice('customer', t('filter.customer'), (choices?.customers.edges ?? []).map(({ node }) => [node.id, node.name]))}
        {choice('category', t('filter.category'), vocabulary.categories.map(({ key }) => [key, labelOf(vocabulary.categories, key, locale)]))}
        {choice('reason', t('filter.reason'), vocabulary.suspensionReasons.map(({ key }) => [key, labelOf(vocabulary.suspensionReasons, key, locale)]))}
        <Choice label={words('age.any')} value={age} onChange={changeAge}
          options={AGES.map((one) => [one, words(one.startsWith('older') ? 'age.older' : 'age.younger', { span: one.split('=')[1] ?? '' })])} />
        <div className="chips">{flag('handoff')}{flag('closed')}</div>
        {FILTER_KEYS.some((key) => search.has(key)) ? <button type="button" className="plain" onClick={clear}>{t('filter.clear')}</button> : null}
      </div>
      <div className="filter-line">
        {chips('level', LEVELS, (word) => word)}
        {chips('state', STATES.filter((state) => state !== 'CLOSED'), (word) => labelOf(vocabulary.states, word, locale))}
        {chips('clock', CLOCK_STATES, (word) => t(`clockState.${clockStateOf(word)}`))}
      </div>
    </section>
  );
}

function clockStateOf(word: string): (typeof CLOCK_STATES)[number] {
  return CLOCK_STATES.find((one) => one === word) ?? 'RUNNING';
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

/** One of several; what the address says besides (two teams, say) is left as it stands until something is chosen here. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const several = value !== '' && !options.some(([key]) => key === value);
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} data-set={value !== ''}>
      <option value="">{label}</option>
      {several ? <option value={value}>{`${label} · ${value.split(',').length}`}</option> : null}
      {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
    </select>
  );
}
