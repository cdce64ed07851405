import { useId, useState, type ReactNode } from 'react';
import type { Options, UserError } from '../../components/record-actions/record-action.ts';
import { RefusalText } from '../../components/refusal-text.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useAdminWords } from './admin-words.ts';
import { localInput } from './local-input.ts';
import { PersonChoice } from './person-choice.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

export interface EditField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'long' | 'choice' | 'choices' | 'instant' | 'flag' | 'person' | 'password';
  readonly required?: boolean;
  readonly options?: Options;
  readonly hint?: string;
  /** Of a person: the name to show for the id. */
  readonly shown?: string;
}
export type Values = Readonly<Record<string, string>>;

interface Props {
  /** Names the form: what is typed is kept under it. */
  readonly form: string;
  readonly title?: string;
  readonly fields: readonly EditField[];
  /** As the server has them, as texts; an instant in ISO, a flag as "true". */
  readonly current: Values;
  readonly version: number;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly submitLabel?: string;
  /** Answers whether it was saved. */
  readonly onSave: (values: Values, version: number) => Promise<boolean>;
  readonly onCancel?: () => void;
  readonly children?: ReactNode;
}

/**
 * A form over a record. What was typed stays whatever arrives meanwhile; when somebody else was quicker, both values stand side by side and
 * one is chosen; a refusal stands at its field; leaving asks.
 */
export function EditForm({ form, title, fields, current, version, errors, busy, submitLabel, onSave, onCancel, children }: Props) {
  const t = useAdminWords();
  const [base] = useState(() => new Map<number, Values>());
  if (!base.has(version)) base.set(version, current);
  const draft = useDraft<Values>(form, { value: current, version });
  useLeaveGuard(draft.dirty, t('leave.ask'));
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const begun = base.get(draft.version) ?? current;
  const conflicts = draft.dirty && draft.version !== version ? fields.filter(({ name }) => !mine.has(name) && begun[name] !== current[name] && draft.value[name] !== begun[name] && current[name] !== draft.value[name]) : [];
  const merged = (): Values => ({ ...current, ...Object.fromEntries(fields.filter(({ name }) => draft.value[name] !== begun[name]).map(({ name }) => [name, draft.value[name] ?? ''])) });
  const save = async (): Promise<void> => {
    const values = draft.version === version ? draft.value : merged();
    if (await onSave(values, version)) draft.discard();
  };
  const placed = new Set(fields.map(({ name }) => name));
  const set = (name: string, value: string): void => draft.change({ ...draft.value, [name]: value });
  return (
    <form className="edit-form" aria-label={title} onSubmit={(event) => { event.preventDefault(); if (conflicts.length === 0) void save(); }}>
      {title === undefined ? null : <h3>{title}</h3>}
      {errors.filter(({ field }) => field === null || !placed.has(field)).map((error) => <p key={error.message} className="refusal" role="alert"><RefusalText code={error.code} message={error.message} /></p>)}
      {conflicts.length === 0 ? null : (
        <section className="conflict" role="alert" aria-label={t('conflict.title')}>
          <h4>{t('conflict.title')}</h4><p>{t('conflict.explain')}</p>
          <table><thead><tr><th>{t('conflict.field')}</th><th>{t('conflict.mine')}</th><th>{t('conflict.theirs')}</th></tr></thead>
            <tbody>{conflicts.map(({ name, label }) => (
              <tr key={name}><th scope="row">{label}</th>
                <td><button type="button" onClick={() => setMine(new Set([...mine, name]))}>{draft.value[name] || '—'}</button></td>
                <td><button type="button" onClick={() => draft.change({ ...draft.value, [name]: current[name] ?? '' })}>{current[name] || '—'}</button></td>
              </tr>
            ))}</tbody>
          </table>
        </section>
      )}
      <div className="edit-fields">{fields.map((field) => <Field key={field.name} field={field} value={draft.value[field.name] ?? ''} onChange={(value) => set(field.name, value)} errors={errors.filter((error) => error.field === field.name)} />)}</div>
      {children}
      <div className="form-end">
        <button type="submit" className="main" disabled={busy || conflicts.length > 0 || (!draft.dirty && onCancel === undefined)}>{submitLabel ?? t('save')}</button>
        {draft.dirty ? <button type="button" className="plain" onClick={draft.discard}>{t('discard')}</button> : null}
        {onCancel === undefined ? null : <button type="button" className="plain" onClick={() => { draft.discard(); onCancel(); }}>{t('cancel')}</button>}
        {draft.dirty ? <span className="quiet" role="status">{t('unsaved')}</span> : null}
      </div>
    </form>
  );
}

function Field({ field, value, onChange, errors }: { readonly field: EditField; readonly value: string; readonly onChange: (value: string) => void; readonly errors: readonly UserError[] }) {
  const { t } = useDeskWords();
  const id = useId();
  const refused = errors.length > 0;
  const required = field.required === true;
  const common = { id, name: field.name, 'aria-invalid': refused, 'aria-describedby': refused ? `${id}-error` : field.hint === undefined ? undefined : `${id}-hint` };
  const typed = (event: { readonly target: { readonly value: string } }): void => onChange(event.target.value);
  return (
    <div className="field" data-kind={field.kind}>
      <label htmlFor={field.kind === 'choices' ? undefined : id}>{field.label}{required ? <b aria-hidden="true">*</b> : null}</label>
      {field.kind === 'text' ? <input {...common} required={required} value={value} onChange={typed} /> : null}
      {field.kind === 'password' ? <input {...common} type="password" autoComplete="new-password" required={required} value={value} onChange={typed} /> : null}
      {field.kind === 'long' ? <textarea {...common} required={required} rows={3} value={value} onChange={typed} /> : null}
      {field.kind === 'instant' ? <input {...common} required={required} type="datetime-local" value={localInput(value)} onChange={(event) => onChange(event.target.value === '' ? '' : new Date(event.target.value).toISOString())} /> : null}
      {field.kind === 'flag' ? <input {...common} type="checkbox" checked={value === 'true'} onChange={(event) => onChange(String(event.target.checked))} /> : null}
      {field.kind === 'person' ? <PersonChoice {...common} value={value} shown={field.shown ?? ''} onChoose={onChange} /> : null}
      {field.kind === 'choice' ? (
        <select {...common} required={required} value={value} onChange={typed}>
          <option value="">{t('choose.none')}</option>{(field.options ?? []).map(([key, label]) => <option key={key} value={key}>{label}</option>)}
        </select>
      ) : null}
      {field.kind === 'choices' ? (
        <div className="choices" role="group" aria-label={field.label}>{(field.options ?? []).map(([key, label]) => {
          const chosen = value.split(',').filter((one) => one !== '');
          return <label key={key}><input type="checkbox" checked={chosen.includes(key)} onChange={(event) => onChange((event.target.checked ? [...chosen, key] : chosen.filter((one) => one !== key)).join(','))} />{label}</label>;
        })}</div>
      ) : null}
      {field.hint === undefined ? null : <small id={`${id}-hint`} className="quiet">{field.hint}</small>}
      {refused ? <p id={`${id}-error`} className="refusal" role="alert">{errors.map((error) => <RefusalText key={error.message} code={error.code} message={error.message} />)}</p> : null}
    </div>
  );
}
