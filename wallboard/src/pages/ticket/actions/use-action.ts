import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useDeskWords } from '../../../app/desk-words.tsx';
import { RecordIdDocument, type TicketChoicesQuery } from '../../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../../lib/new-key.ts';
import type { ActionContext, FormValues, Send, Ticket, UserError } from './action-form-types.ts';
import { TICKET_ACTIONS, type TicketActionName } from './ticket-actions.ts';

export interface ActionRequest {
  readonly name: TicketActionName;
  readonly ticket: Ticket;
  readonly choices: TicketChoicesQuery | undefined;
  readonly reload: () => Promise<unknown>;
  readonly onDone: () => void;
}

interface RunningAction {
  readonly submit: (values: FormValues) => Promise<void>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly context: ActionContext;
}

/** Carries out one action with the version that was shown when its form was opened; reloads the ticket when it was done or somebody else was quicker. */
export function useAction({ name, ticket, choices, reload, onDone }: ActionRequest): RunningAction {
  const { t, vocabulary, locale } = useDeskWords();
  const client = useApolloClient();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  // The page goes on live below an open form: what was decided on the state of then must not pass for the state of now.
  const based = useRef<number | null>(ticket.version);
  useEffect(() => { based.current ??= ticket.version; }, [ticket.version]);
  const context: ActionContext = {
    ticket, vocabulary, choices, locale,
    idOfNumber: async (number) => (await client.query({ query: RecordIdDocument, variables: { number: number.toUpperCase() } })).data?.recordByNumber?.id ?? number,
  };
  const send: Send = async (mutation, input, errorsOf) => {
    const { data } = await client.mutate({ mutation, variables: { input }, fetchPolicy: 'no-cache' });
    return data == null ? [] : errorsOf(data);
  };
  const submit = async (values: FormValues): Promise<void> => {
    setBusy(true);
    const base = {
      id: ticket.id, expectedVersion: based.current ?? ticket.version, idempotencyKey: key.current,
      occurredAt: values.instant('occurredAt'), lateReason: values.maybe('lateReason'),
    };
    try {
      const refused = await TICKET_ACTIONS[name].send(send, base, values, context);
      setErrors(refused);
      // A key stands for one body: what is corrected and sent again is a new request.
      if (refused.length > 0) key.current = newKey();
      const stale = refused.some(({ code }) => code === 'STALE_VERSION');
      if (stale) based.current = null;
      if (refused.length === 0 || stale) await reload();
      if (refused.length === 0) onDone();
    } catch (error) {
      // Not known whether it arrived: the same key makes the next try safe.
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : t('server.away'), field: null }]);
    } finally {
      setBusy(false);
    }
  };
  return { submit, errors, busy, context };
}
