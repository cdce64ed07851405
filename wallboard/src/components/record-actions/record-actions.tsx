import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RefusalText } from '../refusal-text.tsx';
import { mendableFirst, type ActionableRecord, type RecordAction } from './record-action.ts';
import { RecordForm } from './record-form.tsx';
import { useRecordAction } from './use-record-action.ts';

interface Props {
  readonly record: ActionableRecord;
  /** In the order of the bar. */
  readonly actions: readonly RecordAction[];
  readonly reload: () => Promise<unknown>;
}

/** What the person may do now, one button each; what is not possible yet says what it lacks (API-03). */
export function RecordActions({ record, actions, reload }: Props) {
  const { t } = useDeskWords();
  const [open, setOpen] = useState<string | null>(null);
  const offered = new Map(record.availableActions.map((one) => [one.action, one]));
  const allowed = actions.filter(({ name }) => offered.get(name)?.allowed === true);
  const lacking = actions.flatMap(({ name, label }) => {
    const lacks = offered.get(name)?.lacks ?? [];
    return lacks.length === 0 ? [] : [{ name, label, lacks }];
  });
  const seldom = allowed.filter((action) => action.seldom === true);
  const current = actions.find(({ name }) => name === open);
  const button = ({ name, label }: RecordAction) => (
    <button key={name} type="button" data-action={name} aria-expanded={open === name} onClick={() => setOpen(open === name ? null : name)}>{label}</button>
  );
  return (
    <section className="actions" aria-label={t('actions.label')}>
      <div className="action-buttons">
        {allowed.filter((action) => action.seldom !== true).map(button)}
        {seldom.length === 0 ? null : (
          <details className="more-actions"><summary>{t('actions.more')}</summary><div className="action-buttons">{seldom.map(button)}</div></details>
        )}
        {allowed.length === 0 ? <p className="quiet">{t('actions.none')}</p> : null}
      </div>
      {/* A form that somebody else's act has made impossible stays with what was typed; sending it says why. */}
      {current === undefined ? null : <OpenForm key={current.name} action={current} record={record} reload={reload} onDone={() => setOpen(null)} />}
      {lacking.length === 0 ? null : (
        <details className="lacking">
          <summary>{t('actions.lacking', { count: lacking.length })}</summary>
          <dl>{mendableFirst(lacking).map(({ name, label, lacks }) => (
            <div key={name}><dt>{label}</dt><dd>{lacks.map(({ code, message }) => <p key={message}><RefusalText code={code} message={message} /></p>)}</dd></div>
          ))}</dl>
        </details>
      )}
    </section>
  );
}

function OpenForm({ action, record, reload, onDone }: { readonly action: RecordAction; readonly record: ActionableRecord; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const { submit, errors, busy } = useRecordAction({ action, record, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
