import { useApolloClient } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { RefusalText } from '../../components/refusal-text.tsx';
import { AddShiftDocument, RemoveShiftDocument, SwapShiftDocument, type OnCallNowQuery } from '../../graphql/generated/desk/graphql.ts';
import { instantOfInput } from '../../lib/time/local-input.ts';
import { useOnCallWords } from './on-call-words.ts';

/** A shift to change; without an id a new one. */
export interface EditedShift {
  readonly id: string | null;
  readonly personId: string;
  readonly person: string;
  readonly startsAt: number;
}

interface Props {
  readonly shift: EditedShift;
  readonly team: OnCallNowQuery['teams'][number];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

type Refused = { readonly code: string; readonly message: string };

/** Adds a shift, or swaps or removes one; what the server refuses is said below. */
export function ShiftForm({ shift, team, onDone, onCancel }: Props) {
  const t = useOnCallWords();
  const client = useApolloClient();
  const [refused, setRefused] = useState<Refused | null>(null);
  const run = async (work: () => Promise<readonly Refused[] | undefined>): Promise<void> => {
    const errors = await work().catch((error: unknown): Refused[] => [{ code: 'FORBIDDEN', message: error instanceof Error ? error.message : '' }]);
    setRefused(errors?.[0] ?? null);
    if (errors?.length === 0) onDone();
  };
  const { id } = shift;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string): string => String(values.get(name) ?? '');
    void run(async () => {
      if (id !== null) return (await client.mutate({ mutation: SwapShiftDocument, variables: { input: { id, personId: text('person'), reason: text('reason') } } })).data?.swapShift.userErrors;
      const input = { teamId: team.id, personId: text('person'), startsAt: instantOfInput(text('from')) ?? '', endsAt: instantOfInput(text('to')) ?? '', leader: values.has('leader') };
      return (await client.mutate({ mutation: AddShiftDocument, variables: { input } })).data?.addShift.userErrors;
    });
  };
  const remove = (): void => { if (id !== null) void run(async () => (await client.mutate({ mutation: RemoveShiftDocument, variables: { input: { id } } })).data?.removeShift.userErrors); };
  return (
    <form className="shift-form" onSubmit={submit}>
      <label>{t(id === null ? 'shift.person' : 'shift.swapTo')}<select name="person" required>{team.members.filter((member) => member.id !== shift.personId).map((member) => <option key={member.id} value={member.id}>{member.name}</option>)}</select></label>
      {id === null ? (
        <>
          <label>{t('shift.from')}<input type="datetime-local" name="from" required /></label><label>{t('shift.to')}<input type="datetime-local" name="to" required /></label>
          <label className="check"><input type="checkbox" name="leader" /> {t('leader')}</label>
        </>
      ) : <label>{t('shift.reason')}<input name="reason" required maxLength={500} /></label>}
      <button type="submit" className="main">{t(id === null ? 'save' : 'shift.swap')}</button>
      {id === null ? null : <button type="button" onClick={remove}>{t('shift.remove')}</button>}
      <button type="button" onClick={onCancel}>{t('cancel')}</button>
      {refused === null ? null : <p className="refusal" role="alert"><RefusalText {...refused} /></p>}
    </form>
  );
}
