import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import type { UserError } from '../../components/record-actions/record-action.ts';

interface Done {
  readonly userErrors: readonly UserError[];
}

export interface Sender {
  readonly busy: boolean;
  readonly errors: readonly UserError[];
  readonly clear: () => void;
  /** Answers what the mutation did; null when it was refused or nobody answered. */
  readonly send: <Result extends Done, Input>(mutation: TypedDocumentNode<{ done: Result }, { input: Input }>, input: Input) => Promise<Result | null>;
}

/** Sends mutations of one form and keeps what was refused. */
export function useSend(): Sender {
  const { t } = useDeskWords();
  const client = useApolloClient();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  const send: Sender['send'] = async (mutation, input) => {
    setBusy(true);
    try {
      const { data } = await client.mutate({ mutation, variables: { input }, fetchPolicy: 'no-cache' } as Parameters<typeof client.mutate>[0]);
      const done = (data as { done: Awaited<ReturnType<typeof send>> } | null)?.done ?? null;
      setErrors(done?.userErrors ?? []);
      return done !== null && done.userErrors.length === 0 ? (done as never) : null;
    } catch (error) {
      setErrors([{ code: 'UNREACHABLE', message: error instanceof Error ? error.message : t('server.away'), field: null }]);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, clear: () => setErrors([]), send };
}
