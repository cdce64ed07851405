import { useState } from 'react';
import type { RecordAction } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import type { Release } from './release-view.ts';

interface Props {
  readonly release: Release;
  readonly action: RecordAction;
  readonly reload: () => Promise<unknown>;
}

/** An action of one entry of the page, with its form under it; offered when the server allows the action now. */
export function InlineAction({ release, action, reload }: Props) {
  const [open, setOpen] = useState(false);
  const allowed = release.availableActions.find((one) => one.action === action.name)?.allowed === true;
  if (!allowed && !open) return null;
  if (!open) return <button type="button" data-action={action.name} onClick={() => setOpen(true)}>{action.label}</button>;
  return <OpenForm release={release} action={action} reload={reload} onDone={() => setOpen(false)} />;
}

function OpenForm({ release, action, reload, onDone }: Props & { readonly onDone: () => void }) {
  const { submit, errors, busy } = useRecordAction({ action, record: release, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
