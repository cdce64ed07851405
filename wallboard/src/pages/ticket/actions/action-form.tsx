import { useId, useState } from 'react';
import { useDeskWords } from '../../../app/desk-words.tsx';
import { MentionField } from '../../../components/mentions/mention-field.tsx';
import { RefusalText } from '../../../components/refusal-text.tsx';
import { CiChoice } from '../../../components/ci-choice.tsx';
import { instantOfInput } from '../../../lib/time/local-input.ts';
import type { ActionContext, ActionField, FormValues, UserError } from './action-form-types.ts';
import { AnswerTemplates } from './answer-templates.tsx';
import { actionLabel, TICKET_ACTIONS } from './ticket-actions.ts';
import { useAction, type ActionRequest } from './use-action.ts';

/** Actions whose text may begin with a template (INC-21). */
const TEMPLATED: readonly string[] = ['addWorkLog', 'answerUrge'];

/** The form of one action. What the server refuses is shown at its field; what was typed stays. */
export function ActionForm(props: ActionRequest) {
  const { name, onDone } = props;
  const { t } = useDeskWords();
  const { submit, errors, busy, context } = useAction(props);
  const fields: readonly ActionField[] = TICKET_ACTIONS[name].fields;
  const placed = new Set([...fields.map((field) => field.name), 'occurredAt', 'lateReason']);
  return (
    <form className="action-form" onSubmit={(event) => {
      event.preventDefault();
      void submit(formValues(new FormData(event.currentTarget)));
    }} onKeyDown={(event) => { if (event.key === 'Escape') onDone(); }}>
      <h3>{t(actionLabel(name))}</h3>
      {errors.filter(({ field }) => field === null || !placed.has(field)).map((error) => (
        <p key={error.message} className="refusal" role="alert">{error.code === 'STALE_VERSION' ? t('actions.stale') : <RefusalText code={error.code} message={error.message} />}</p>
      ))}
      {TEMPLATED.includes(name) ? <AnswerTemplates ticket={props.ticket} /> : null}
      {fields.map((field, index) => (
        <FieldInput key={field.name} field={field} context={context} first={index === 0} errors={errors.filter((error) => error.field === field.name)} />
      ))}
      <LateEntry errors={errors} />
      <div className="form-end">
        <button type="submit" className="main" disabled={busy} autoFocus={fields.length === 0}>{t('actions.send')}</button>
        <button type="button" className="plain" onClick={onDone}>{t('actions.cancel')}</button>
      </div>
    </form>
  );
}

function formValues(form: FormData): FormValues {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const maybe = (name: string): string | undefined => (text(name) === '' ? undefined : text(name));
  return {
    text, maybe, flag: (name) => form.get(name) === 'on', instant: (name) => instantOfInput(text(name)),
    number: (name) => (text(name) === '' ? undefined : Number(text(name))),
  };
}

/** INC-19: what happened by phone or on site is entered with the time it happened. */
function LateEntry({ errors }: { readonly errors: readonly UserError[] }) {
  const { t } = useDeskWords();
  const fields: readonly ActionField[] = [
    { name: 'occurredAt', label: 'field.occurredAt', kind: 'instant' }, { name: 'lateReason', label: 'field.lateReason', kind: 'text' },
  ];
  return (
    <details className="late" open={errors.some(({ field }) => field === 'occurredAt' || field === 'lateReason') || undefined}>
      <summary>{t('actions.earlier')}</summary>
      {fields.map((field) => <FieldInput key={field.name} field={field} context={null} first={false} errors={errors.filter((error) => error.field === field.name)} />)}
    </details>
  );
}

/** The id of the chosen item travels in a hidden input beside the box one types into. */
function CiField({ name, id }: { readonly name: string; readonly id: string }) {
  const [chosen, setChosen] = useState('');
  return <><CiChoice id={id} onChoose={setChosen} /><input type="hidden" name={name} value={chosen} /></>;
}

interface FieldProps {
  readonly field: ActionField;
  readonly context: ActionContext | null;
  readonly first: boolean;
  readonly errors: readonly UserError[];
}

function FieldInput({ field, context, first, errors }: FieldProps) {
  const { t } = useDeskWords();
  const id = useId();
  const common = { id, name: field.name, autoFocus: first, 'aria-invalid': errors.length > 0, 'aria-describedby': errors.length > 0 ? `${id}-error` : undefined };
  const Long = field.mentions === true ? MentionField : 'textarea';
  const required = field.required === true;
  return (
    <div className="field" data-kind={field.kind}>
      <label htmlFor={id}>{t(field.label)}{required ? <b aria-hidden="true">*</b> : null}</label>
      {field.kind === 'long' ? <Long {...common} required={required} rows={3} /> : null}
      {field.kind === 'text' ? <input {...common} required={required} /> : null}
      {field.kind === 'number' ? <input {...common} required={required} type="number" min={0} /> : null}
      {field.kind === 'instant' ? <input {...common} required={required} type="datetime-local" /> : null}
      {field.kind === 'flag' ? <input {...common} type="checkbox" /> : null}
      {field.kind === 'ci' ? <CiField name={field.name} id={id} /> : null}
      {field.kind === 'choice' ? (
        <select {...common} required={required} defaultValue="">
          <option value="">—</option>
          {(context === null ? [] : (field.options?.(context) ?? [])).map(([key, label]) => <option key={key} value={key}>{label}</option>)}
        </select>
      ) : null}
      {errors.length === 0 ? null : <p id={`${id}-error`} className="refusal" role="alert">{errors.map((error) => <RefusalText key={error.message} code={error.code} message={error.message} />)}</p>}
    </div>
  );
}
