import { useState } from 'react';
import type { ActionableRecord, RecordAction } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';

interface Props {
  readonly record: ActionableRecord;
  /** Ways to answer the one question; all of one mutation. */
  readonly actions: readonly RecordAction[];
  readonly heading: string;
  readonly reload: () => Promise<unknown>;
}

/** A question with its answers, one form each; nothing while the server does not ask it. */
export function TwoWords({ record, actions, heading, reload }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  const asked = record.availableActions.some(({ action, allowed }) => allowed && action === actions[0]?.name);
  const current = open === null ? undefined : actions[open];
  if (!asked && current === undefined) return null;
  return (
    <section className="card my-asked actions" aria-label={heading}>
      <h2>{heading}</h2>
      <div className="action-buttons">
        {actions.map(({ label }, index) => <button key={label} type="button" className={index === 0 ? 'main' : ''} data-answer={index} aria-expanded={open === index} onClick={() => setOpen(open === index ? null : index)}>{label}</button>)}
      </div>
      {current === undefined ? null : <Answer key={current.label} action={current} record={record} reload={reload} onDone={() => setOpen(null)} />}
    </section>
  );
}

function Answer({ action, record, reload, onDone }: { readonly action: RecordAction; readonly record: ActionableRecord; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const { submit, errors, busy } = useRecordAction({ action, record, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
