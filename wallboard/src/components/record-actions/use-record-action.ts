import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { newKey } from '../../lib/new-key.ts';
import type { ActionableRecord, FormValues, RecordAction, Send, UserError } from './record-action.ts';

interface Running {
  readonly submit: (values: FormValues) => Promise<void>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
}

interface Request {
  readonly action: RecordAction;
  readonly record: Pick<ActionableRecord, 'id' | 'version'>;
  readonly reload: () => Promise<unknown>;
  readonly onDone: () => void;
}

/** Carries out one action with the version that was shown when its form was opened; reloads the record when it was done or somebody else was quicker. */
export function useRecordAction({ action, record, reload, onDone }: Request): Running {
  const { t } = useDeskWords();
  const client = useApolloClient();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  // The page goes on live below an open form: what was decided on the state of then must not pass for the state of now.
  const based = useRef(record.version);
  const send: Send = async (mutation, input, errorsOf) => {
    const { data } = await client.mutate({ mutation, variables: { input }, fetchPolicy: 'no-cache' });
    return data == null ? [] : errorsOf(data);
  };
  const submit = async (values: FormValues): Promise<void> => {
    setBusy(true);
    try {
      const refused = await action.run(send, { id: record.id, expectedVersion: based.current, idempotencyKey: key.current }, values);
      setErrors(refused);
      // A key stands for one body: what is corrected and sent again is a new request.
      if (refused.length > 0) key.current = newKey();
      const stale = refused.find(({ code }) => code === 'STALE_VERSION');
      if (stale) based.current = versionOf(stale) ?? record.version;
      if (refused.length === 0 || stale) await reload();
      if (refused.length === 0) onDone();
    } catch (error) {
      // Not known whether it arrived: the same key makes the next try safe.
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : t('server.away'), field: null }]);
    } finally {
      setBusy(false);
    }
  };
  return { submit, errors, busy };
}

/** The refusal names the version that the record has now: the next try is decided on that. */
function versionOf({ message }: UserError): number | null {
  const found = /version (\d+)/.exec(message);
  return found ? Number(found[1]) : null;
}
