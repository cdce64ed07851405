import { useQuery } from '@apollo/client/react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { usePaused } from '../../components/use-paused.ts';
import { FindCisDocument, type QueueChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import { chipsOf, readLine, suggestionsFor, tokensOf, withoutChip, type Fault } from './filter-language.ts';
import { useNamedCi } from './use-named-ci.ts';
import { termsOf } from './queue-terms.ts';
import { useQueueWords } from './queue-words.ts';
import { useQueueSearch } from './use-queue-search.ts';

const FILTER_INPUT = 'queue-text';

/** The text behind `ci:` at the end of a line, by which CIs are looked for. */
function ciTyped(line: string): string {
  const [, text = ''] = /^(?:ci|配置项)[:：]"?(.{2,})/iu.exec(tokensOf(line).at(-1) ?? '') ?? [];
  return text.replaceAll('"', '');
}

/** Conditions as one types them, with the possible keys and values below (combobox of the ARIA practices), and those in force as chips. */
export function FilterBar({ choices }: { readonly choices: QueueChoicesQuery | undefined }) {
  const words = useDeskWords();
  const t = useQueueWords();
  const [search, setSearch] = useQueueSearch();
  const [line, setLine] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const list = useId();
  const wanted = usePaused(ciTyped(line));
  const { data: found } = useQuery(FindCisDocument, { variables: { search: wanted }, skip: wanted === '' });
  const chosen = useNamedCi(search.get('ci'));
  const terms = useMemo(() => termsOf({ words, t, choices, cis: [...(found?.cis ?? []), ...(chosen === null ? [] : [chosen])] }), [words, t, choices, found, chosen]);
  const suggestions = open ? suggestionsFor(line, terms) : [];
  const chips = chipsOf(search, terms, t('bar.text'));
  const change = (text: string): void => {
    setLine(text);
    setAt(-1);
    setOpen(true);
    setFaults([]);
  };
  const send = (): void => {
    const read = readLine(line, terms, search);
    if (read.search.toString() !== search.toString()) setSearch(read.search);
    setFaults(read.faults);
    setLine(read.rest);
    setOpen(false);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const chip = chips.at(-1);
    const picked = suggestions[at];
    const keys: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => (open ? setAt(Math.min(suggestions.length - 1, at + 1)) : setOpen(true)), ArrowUp: () => setAt(Math.max(-1, at - 1)),
      Enter: () => (picked === undefined ? send() : change(picked.line)),
      Tab: picked === undefined ? undefined : () => change(picked.line),
      Escape: open || line === '' ? () => { if (open) setOpen(false); else event.currentTarget.blur(); } : () => setLine(''),
      Backspace: line === '' && chip !== undefined ? () => setSearch(withoutChip(search, chip)) : undefined,
    };
    const action = event.nativeEvent.isComposing ? undefined : keys[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    <div className="filter-bar">
      <div className="bar-line">
        {chips.length === 0 ? null : (
          <ul aria-label={t('bar.chips')}>
            {chips.map((chip) => (
              <li key={`${chip.key} ${chip.value}`} className="bar-chip">
                <span><small>{chip.keyLabel}</small> {chip.label}</span>
                <button type="button" aria-label={t('bar.remove', { what: `${chip.keyLabel} ${chip.label}` })} onClick={() => setSearch(withoutChip(search, chip))}>×</button>
              </li>
            ))}
          </ul>
        )}
        <input id={FILTER_INPUT} type="text" role="combobox" autoComplete="off" spellCheck={false} aria-label={t('bar.label')} aria-expanded={suggestions.length > 0} aria-controls={list} aria-autocomplete="list"
          aria-activedescendant={suggestions[at] === undefined ? undefined : `${list}-${at}`} aria-invalid={faults.length > 0} aria-describedby={faults.length > 0 ? `${list}-faults` : undefined}
          placeholder={t('bar.placeholder')} value={line} onChange={(event) => change(event.target.value)} onKeyDown={onKeyDown} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} />
        {line === '' ? null : <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={send}>{t('bar.add')}</button>}
      </div>
      <div id={list} role="listbox" aria-label={t('bar.suggestions')} className="bar-suggestions" hidden={suggestions.length === 0}>
        {suggestions.map(({ line: next, label, hint }, index) => (
          <div key={next} id={`${list}-${index}`} role="option" tabIndex={-1} aria-selected={index === at} onMouseDown={(event) => { event.preventDefault(); change(next); }}>{label} <small>{hint}</small></div>
        ))}
      </div>
      <div id={`${list}-faults`} role="alert">
        {faults.map(({ token, why, right }) => <p key={token} className="refusal">{t(`fault.${why}`, { token, right: right.join('、') })}</p>)}
      </div>
    </div>
  );
}
