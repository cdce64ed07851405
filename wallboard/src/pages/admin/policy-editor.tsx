import { createContext, use, type ReactNode } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useAdminWords } from './admin-words.ts';
import { useChoiceWords } from './choice-words.ts';
import { blankOf, innerShape, kindOf, type Shape } from './json-shape.ts';
import { wordOf, type Word } from './policy-words.ts';
import { TargetInput } from './target-input.tsx';
import type { Target } from './target-text.ts';

interface Surroundings {
  readonly words: readonly Word[];
  /** Keys and labels that a value may be chosen from. */
  readonly choices: Readonly<Record<string, readonly (readonly [key: string, label: string])[]>>;
  /** Where the server found something wrong: "body.levels.LV1.response". */
  readonly refusedAt: string | null;
}
const PolicyContext = createContext<Surroundings>({ words: [], choices: {}, refusedAt: null });

interface ValueProps {
  readonly shape: Shape;
  readonly value: unknown;
  readonly path: readonly string[];
  readonly onChange: (value: unknown) => void;
}

/** A policy as a form: made from the very shape that validates it, each value with its name, unit, meaning and row of the spec. */
export function PolicyEditor({ shape, value, onChange, ...around }: { readonly shape: Shape; readonly value: unknown; readonly onChange: (value: unknown) => void } & Surroundings) {
  return <PolicyContext value={around}><div className="policy-editor"><Value shape={shape} value={value} path={[]} onChange={onChange} /></div></PolicyContext>;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function useName(path: readonly string[]): { readonly name: string; readonly word: Word | null; readonly meaning: string | null; readonly full: string } {
  const { locale } = useDeskWords();
  const { words } = use(PolicyContext);
  const naming = (upTo: readonly string[]): string => { const word = wordOf(words, upTo); return word === null ? upTo.at(-1) ?? '' : locale === 'en' ? word.en : word.zh; };
  const word = wordOf(words, path);
  const full = path.map((part, index) => (/^\d+$/.test(part) ? String(Number(part) + 1) : naming(path.slice(0, index + 1)))).join(' ');
  return { name: naming(path), word, meaning: locale === 'en' ? word?.meaningEn ?? null : word?.meaningZh ?? null, full };
}

/** Name, unit, meaning and source of a value. */
function Named({ path, children }: { readonly path: readonly string[]; readonly children: ReactNode }) {
  const t = useAdminWords();
  const { name, word, meaning } = useName(path);
  const { refusedAt } = use(PolicyContext);
  const refused = refusedAt === `body.${path.join('.')}`;
  return (
    <div className="policy-value" data-refused={refused}>
      <div className="policy-name"><b>{name}</b>{word?.unit ? <small>{t(`unit.${word.unit as 'minutes'}`)}</small> : null}{word?.spec ? <small className="spec">{word.spec}</small> : null}{meaning === null ? null : <p className="quiet">{meaning}</p>}</div>
      <div>{children}</div>
    </div>
  );
}

function Value({ shape: given, value, path, onChange }: ValueProps) {
  const { full, word } = useName(path);
  const { choices } = use(PolicyContext);
  const said = useChoiceWords();
  const { shape, optional } = innerShape(given);
  const key = path.at(-1) ?? '';
  const picks = word?.choices ? choices[word.choices] : key === 'calendar' || key === 'telephone' ? choices['calendars'] : undefined;
  switch (kindOf(shape)) {
    case 'target': return <TargetInput label={full} value={value as Target | null} onChange={(next) => { if (next !== null || optional) onChange(next); }} />;
    case 'number': return <input type="number" aria-label={full} min={shape.minimum} max={shape.maximum} step={shape.type === 'integer' ? 1 : 'any'} value={typeof value === 'number' ? value : ''} onChange={(event) => onChange(event.target.value === '' ? (optional ? null : value) : Number(event.target.value))} />;
    case 'flag': return <input type="checkbox" aria-label={full} checked={value === true} onChange={(event) => onChange(event.target.checked)} />;
    case 'choice': return <Pick label={full} value={value} options={(shape.enum ?? []).map((one) => [one, said(one)])} onChange={onChange} />;
    case 'text': return picks === undefined ? <TextValue label={full} value={String(value ?? '')} onChange={onChange} /> : <Pick label={full} value={value} options={picks} onChange={onChange} />;
    case 'numbers': return <NumberList label={full} value={listOf(value)} onChange={onChange} />;
    case 'words': return <WordList label={full} value={listOf(value)} options={picks ?? shape.items?.enum?.map((one) => [one, said(one)] as const)} onChange={onChange} />;
    case 'grid': return <Grid shape={shape} value={value} path={path} onChange={onChange} />;
    case 'list': return <List shape={shape} value={value} path={path} onChange={onChange} />;
    case 'same': return <SideBySide shape={shape} value={value} path={path} onChange={onChange} />;
    case 'object': return <Parts shape={shape} value={value} path={path} onChange={onChange} />;
  }
}

function TextValue({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) {
  return value.length > 26 ? <textarea aria-label={label} rows={3} value={value} onChange={(event) => onChange(event.target.value)} /> : <input aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />;
}

function Pick({ label, value, options, onChange }: { readonly label: string; readonly value: unknown; readonly options: readonly (readonly [string, string])[]; readonly onChange: (value: string) => void }) {
  return <select aria-label={label} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)}>{options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}</select>;
}

function NumberList({ label, value, onChange }: { readonly label: string; readonly value: readonly unknown[]; readonly onChange: (value: readonly number[]) => void }) {
  return <input aria-label={label} key={value.join()} defaultValue={value.join(', ')} inputMode="numeric" onBlur={(event) => onChange(event.target.value.split(/[,，\s]+/).filter((one) => one !== '').map(Number).filter((one) => !Number.isNaN(one)))} />;
}

function WordList({ label, value, options, onChange }: { readonly label: string; readonly value: readonly unknown[]; readonly options: readonly (readonly [string, string])[] | undefined; readonly onChange: (value: readonly string[]) => void }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const chosen = value.map(String);
  if (options === undefined) return <textarea aria-label={label} key={chosen.join()} rows={3} defaultValue={chosen.join('\n')} onBlur={(event) => onChange(event.target.value.split(/\n/).map((one) => one.trim()).filter((one) => one !== ''))} />;
  const names = new Map(options);
  const shown = chosen.length === 0 ? t('none') : chosen.map((key) => names.get(key) ?? key).join(locale === 'en' ? ', ' : '、');
  return (
    <details className="word-list"><summary aria-label={`${label} ${shown}`}>{shown}</summary>
      <div className="choices" role="group" aria-label={label}>{options.map(([key, text]) => <label key={key}><input type="checkbox" checked={chosen.includes(key)} onChange={(event) => onChange(event.target.checked ? [...chosen, key] : chosen.filter((one) => one !== key))} />{text}</label>)}</div>
    </details>
  );
}

/** INC-04: impact down, urgency across. */
function Grid({ shape, value, path, onChange }: ValueProps) {
  const t = useAdminWords();
  const rows = listOf(value).map(listOf);
  const item = shape.items?.items ?? {};
  return (
    <table className="policy-grid"><thead><tr><th>{t('grid.corner')}</th>{rows[0]?.map((_, column) => <th key={column} scope="col">{t(`grid.${(column + 1) as 1}`)}</th>)}</tr></thead>
      <tbody>{rows.map((cells, row) => <tr key={row}><th scope="row">{t(`grid.${(row + 1) as 1}`)}</th>{cells.map((cell, column) => <td key={column}><Value shape={item} value={cell} path={[...path, String(row), String(column)]} onChange={(next) => onChange(rows.map((one, at) => (at === row ? one.map((old, place) => (place === column ? next : old)) : one)))} /></td>)}</tr>)}</tbody>
    </table>
  );
}

function List({ shape, value, path, onChange }: ValueProps) {
  const t = useAdminWords();
  const { full } = useName(path);
  const { refusedAt } = use(PolicyContext);
  const entries = listOf(value);
  const columns = Object.entries(shape.items?.properties ?? {});
  return (
    <div className="scroll"><table className="policy-list"><thead><tr>{columns.map(([key]) => <Heading key={key} path={[...path, '0', key]} />)}<th>{t('remove')}</th></tr></thead>
      <tbody>{entries.map((entry, index) => (
        <tr key={index}>{columns.map(([key, inner]) => <td key={key} data-refused={refusedAt?.startsWith(`body.${[...path, index, key].join('.')}`) === true}><Value shape={inner} value={recordOf(entry)[key]} path={[...path, String(index), key]} onChange={(next) => onChange(entries.map((one, at) => (at === index ? { ...recordOf(one), [key]: next } : one)))} /></td>)}
          <td><button type="button" className="plain" aria-label={`${t('remove')} ${full} ${index + 1}`} onClick={() => onChange(entries.filter((_, at) => at !== index))}>✕</button></td></tr>
      ))}</tbody>
    </table><button type="button" onClick={() => onChange([...entries, blankOf(shape.items ?? {})])}>{t('add')}</button></div>
  );
}

function Heading({ path }: { readonly path: readonly string[] }) {
  const { name, meaning } = useName(path);
  return <th scope="col" title={meaning ?? undefined}>{name}</th>;
}

/** The four levels, or categories, as columns: what differs is seen at a glance. */
function SideBySide({ shape, value, path, onChange }: ValueProps) {
  const columns = Object.keys(shape.properties ?? {});
  const rows = Object.entries(shape.properties?.[columns[0] ?? '']?.properties ?? {});
  const { refusedAt } = use(PolicyContext);
  const { full } = useName(path);
  const t = useAdminWords();
  const whole = recordOf(value);
  const set = (column: string, row: string, next: unknown): void => onChange({ ...whole, [column]: { ...recordOf(whole[column]), [row]: next } });
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={full}><table className="side-by-side">
      <thead><tr><th>{t('diff.value')}</th>{columns.map((column) => <Heading key={column} path={[...path, column]} />)}</tr></thead>
      <tbody>{rows.map(([row, inner]) => (
        <tr key={row}><RowName path={[...path, columns[0] ?? '', row]} />{columns.map((column) => <td key={column} data-refused={refusedAt?.startsWith(`body.${[...path, column, row].join('.')}`) === true}><Value shape={inner} value={recordOf(whole[column])[row]} path={[...path, column, row]} onChange={(next) => set(column, row, next)} /></td>)}</tr>
      ))}</tbody>
    </table></div>
  );
}

function RowName({ path }: { readonly path: readonly string[] }) {
  const t = useAdminWords();
  const { name, word, meaning } = useName(path);
  return <th scope="row"><b>{name}</b>{word?.unit ? <small>{t(`unit.${word.unit as 'minutes'}`)}</small> : null}{word?.spec ? <small className="spec">{word.spec}</small> : null}{meaning === null ? null : <p className="quiet">{meaning}</p>}</th>;
}

function Parts({ shape, value, path, onChange }: ValueProps) {
  const whole = recordOf(value);
  const parts = Object.entries(shape.properties ?? {});
  const set = (key: string, next: unknown): void => onChange({ ...whole, [key]: next });
  const inside = path.length > 1;
  return <div className={inside ? 'policy-parts small' : 'policy-parts'}>{parts.map(([key, inner]) => <Named key={key} path={[...path, key]}><Value shape={inner} value={whole[key]} path={[...path, key]} onChange={(next) => set(key, next)} /></Named>)}</div>;
}
