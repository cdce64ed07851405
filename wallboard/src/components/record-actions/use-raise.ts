import { useRef, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useNavigate } from '../../app/router.tsx';
import { newKey } from '../../lib/new-key.ts';
import type { FormValues, UserError } from './record-action.ts';

interface Raised {
  /** Of the new record; undefined if it was refused. */
  readonly number: string | undefined;
  readonly userErrors: readonly UserError[];
}

interface Raise {
  readonly raise: (values: FormValues) => Promise<void>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
}

/** Sends the form of a new record and opens its page under `folder`, or says what the server refused. */
export function useRaise(folder: string, send: (values: FormValues, idempotencyKey: string) => Promise<Raised>): Raise {
  const { t } = useDeskWords();
  const navigate = useNavigate();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const raise = async (values: FormValues): Promise<void> => {
    setBusy(true);
    try {
      const { number, userErrors } = await send(values, key.current);
      setErrors(userErrors);
      // A key stands for one body: what is corrected and sent again is a new request.
      if (number === undefined) key.current = newKey();
      else void navigate(`${folder}/${number}`);
    } catch (error) {
      // Not known whether it arrived: the same key makes the next try safe.
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : t('server.away'), field: null }]);
    } finally {
      setBusy(false);
    }
  };
  return { raise, errors, busy };
}
