import { useId, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { instantOfInput } from '../../lib/time/local-input.ts';
import { CiChoice } from '../ci-choice.tsx';
import { MentionField } from '../mentions/mention-field.tsx';
import { RefusalText } from '../refusal-text.tsx';
import type { FormValues, RecordField, UserError } from './record-action.ts';

interface Props {
  readonly title: string;
  readonly fields: readonly RecordField[];
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly submitLabel?: string;
  readonly onSubmit: (values: FormValues) => void;
  readonly onCancel?: () => void;
}

/** A form of named fields. What the server refuses is shown at its field; what was typed stays. */
export function RecordForm({ title, fields, errors, busy, submitLabel, onSubmit, onCancel }: Props) {
  const { t } = useDeskWords();
  const placed = new Set(fields.map(({ name }) => name));
  return (
    <form className="action-form" onSubmit={(event) => {
      event.preventDefault();
      onSubmit(formValues(new FormData(event.currentTarget)));
    }} onKeyDown={(event) => { if (event.key === 'Escape') onCancel?.(); }}>
      <h3>{title}</h3>
      {errors.filter(({ field }) => field === null || !placed.has(field)).map((error) => (
        <p key={error.message} className="refusal" role="alert">{error.code === 'STALE_VERSION' ? t('actions.stale') : <RefusalText code={error.code} message={error.message} />}</p>
      ))}
      {fields.map((field, index) => <FieldInput key={field.name} field={field} first={index === 0} errors={errors.filter((error) => error.field === field.name)} />)}
      <div className="form-end">
        <button type="submit" className="main" disabled={busy} autoFocus={fields.length === 0}>{submitLabel ?? t('actions.send')}</button>
        {onCancel === undefined ? null : <button type="button" className="plain" onClick={onCancel}>{t('actions.cancel')}</button>}
      </div>
    </form>
  );
}

function formValues(form: FormData): FormValues {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const maybe = (name: string): string | undefined => (text(name) === '' ? undefined : text(name));
  return {
    text, maybe, flag: (name) => form.get(name) === 'on', instant: (name) => instantOfInput(text(name)),
    number: (name) => (text(name) === '' ? undefined : Number(text(name))), all: (name) => form.getAll(name).map(String).filter((value) => value !== ''),
  };
}

/** The id of the chosen item travels in a hidden input beside the box one types into. */
function CiField({ name, id }: { readonly name: string; readonly id: string }) {
  const [chosen, setChosen] = useState('');
  return <><CiChoice id={id} onChoose={setChosen} /><input type="hidden" name={name} value={chosen} /></>;
}

/** An instant as a `datetime-local` input wants it, in the browser's zone. */
function localText(iso: string | undefined): string | undefined {
  if (iso === undefined || iso === '') return undefined;
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function FieldInput({ field, first, errors }: { readonly field: RecordField; readonly first: boolean; readonly errors: readonly UserError[] }) {
  const { t } = useDeskWords();
  const id = useId();
  const refused = errors.length > 0;
  const required = field.required === true;
  const common = { id, name: field.name, autoFocus: first, 'aria-invalid': refused, 'aria-describedby': refused ? `${id}-error` : field.hint === undefined ? undefined : `${id}-hint` };
  const options = field.options ?? [];
  const Long = field.mentions === true ? MentionField : 'textarea';
  return (
    <div className="field" data-kind={field.kind}>
      <label htmlFor={id}>{field.label}{required ? <b aria-hidden="true">*</b> : null}</label>
      {field.kind === 'long' ? <Long {...common} required={required} rows={3} defaultValue={field.value} /> : null}
      {field.kind === 'text' ? <input {...common} required={required} defaultValue={field.value} /> : null}
      {field.kind === 'number' ? <input {...common} required={required} type="number" min={0} defaultValue={field.value} /> : null}
      {field.kind === 'instant' ? <input {...common} required={required} type="datetime-local" defaultValue={localText(field.value)} /> : null}
      {field.kind === 'flag' ? <input {...common} type="checkbox" defaultChecked={field.value === 'true'} /> : null}
      {field.kind === 'ci' ? <CiField name={field.name} id={id} /> : null}
      {field.kind === 'choice' ? (
        <select {...common} required={required} defaultValue={field.value ?? ''}>
          <option value="">{t('choose.none')}</option>
          {options.map(([key, label]) => <option key={key} value={key}>{label}</option>)}
        </select>
      ) : null}
      {field.kind === 'choices' ? (
        <select {...common} required={required} multiple size={Math.min(8, Math.max(3, options.length))} defaultValue={field.value === undefined ? [] : field.value.split(',')}>
          {options.map(([key, label]) => <option key={key} value={key}>{label}</option>)}
        </select>
      ) : null}
      {field.hint === undefined ? null : <small id={`${id}-hint`} className="quiet">{field.hint}</small>}
      {refused ? <p id={`${id}-error`} className="refusal" role="alert">{errors.map((error) => <RefusalText key={error.message} code={error.code} message={error.message} />)}</p> : null}
    </div>
  );
}
