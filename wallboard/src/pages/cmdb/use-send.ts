import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { UserError } from '../../components/record-actions/record-action.ts';

export interface Sender {
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  /** Sends a mutation; true when the server did it. What it refuses, and what went wrong, is in `errors`. */
  readonly send: <Data, Input>(mutation: TypedDocumentNode<Data, { input: Input }>, input: Input, errorsOf: (data: Data) => readonly UserError[]) => Promise<boolean>;
}

/** Commands of these pages: their refusals are shown where they were given. */
export function useSend(): Sender {
  const client = useApolloClient();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  return {
    errors, busy,
    send: async (mutation, input, errorsOf) => {
      setBusy(true);
      try {
        const { data } = await client.mutate({ mutation, variables: { input }, fetchPolicy: 'no-cache' });
        const refused = data == null ? [] : errorsOf(data);
        setErrors(refused);
        return refused.length === 0;
      } catch (error) {
        setErrors([{ code: 'INTERNAL_SERVER_ERROR', message: error instanceof Error ? error.message : String(error), field: null }]);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
