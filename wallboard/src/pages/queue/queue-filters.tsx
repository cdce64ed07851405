import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import type { QueueChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import { CLOCK_STATES, LEVELS, SORTS, STATES, toggled, valuesOf, withKey } from './queue-filter.ts';

interface Props {
  readonly choices: QueueChoicesQuery | undefined;
  readonly total: number | null;
}

/** Everything here only writes the address bar; the page reads it. */
export function QueueFilters({ choices, total }: Props) {
  const { t, locale, vocabulary } = useDeskWords();
  const [search, setSearch] = useSearchParams();
  const change = (key: string, values: readonly string[]): void => setSearch(withKey(search, key, values), { replace: true });
  const chips = (key: string, words: readonly string[], label: (word: string) => string) => (
    <fieldset className="chips">
      <legend>{t(`filter.${key === 'state' ? 'state' : key === 'level' ? 'level' : 'clock'}`)}</legend>
      {words.map((word) => (
        <button key={word} type="button" aria-pressed={valuesOf(search, key).includes(word)} onClick={() => change(key, toggled(valuesOf(search, key), word))}>
          {label(word)}
        </button>
      ))}
    </fieldset>
  );
  const flag = (key: 'unassigned' | 'handoff' | 'closed') => (
    <button type="button" aria-pressed={search.get(key) === '1'} onClick={() => change(key, search.get(key) === '1' ? [] : ['1'])}>{t(`filter.${key}`)}</button>
  );
  return (
    <section className="filters" aria-label={t('filter.label')}>
      <div className="filter-line">
        <TextFilter value={search.get('q') ?? ''} onChange={(text) => change('q', text === '' ? [] : [text])} />
        <Choice label={t('filter.team')} value={search.get('team') ?? ''} onChange={(id) => change('team', id === '' ? [] : [id])}
          options={(choices?.teams ?? []).map((team) => [team.id, teamName(team, locale)])} />
        <Choice label={t('filter.holder')} value={search.get('holder') ?? ''} onChange={(id) => change('holder', id === '' ? [] : [id])}
          options={(choices?.people ?? []).map(({ id, name }) => [id, name])} />
        <Choice label={t('filter.customer')} value={search.get('customer') ?? ''} onChange={(id) => change('customer', id === '' ? [] : [id])}
          options={(choices?.customers.edges ?? []).map(({ node }) => [node.id, node.name])} />
        <Choice label={t('filter.category')} value={search.get('category') ?? ''} onChange={(key) => change('category', key === '' ? [] : [key])}
          options={vocabulary.categories.map(({ key }) => [key, labelOf(vocabulary.categories, key, locale)])} />
        <Choice label={t('filter.reason')} value={search.get('reason') ?? ''} onChange={(key) => change('reason', key === '' ? [] : [key])}
          options={vocabulary.suspensionReasons.map(({ key }) => [key, labelOf(vocabulary.suspensionReasons, key, locale)])} />
        <select aria-label={t('filter.sort')} value={search.get('sort') ?? 'PRIORITY'} onChange={(event) => change('sort', event.target.value === 'PRIORITY' ? [] : [event.target.value])}>
          {SORTS.map((sort) => <option key={sort} value={sort}>{t(`sort.${sort}`)}</option>)}
        </select>
        <output className="total">{total === null ? '' : t('queue.total', { count: total })}</output>
      </div>
      <div className="filter-line">
        {chips('level', LEVELS, (word) => word)}
        {chips('state', STATES.filter((state) => state !== 'CLOSED'), (word) => labelOf(vocabulary.states, word, locale))}
        {chips('clock', CLOCK_STATES, (word) => t(`clockState.${clockStateOf(word)}`))}
        <div className="chips">{flag('unassigned')}{flag('handoff')}{flag('closed')}</div>
        {search.size === 0 ? null : <button type="button" className="plain" onClick={() => setSearch({}, { replace: true })}>{t('filter.clear')}</button>}
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

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{label}</option>
      {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
    </select>
  );
}

/** Waits for a pause in typing, so that not every letter opens a stream of its own. */
function TextFilter({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const { t } = useDeskWords();
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  });
  return <input id="queue-text" type="search" aria-label={t('filter.text')} placeholder={t('filter.text')} value={text} onChange={(event) => setText(event.target.value)} />;
}
