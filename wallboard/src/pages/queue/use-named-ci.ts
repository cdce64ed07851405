import { useQuery } from '@apollo/client/react';
import { QueueCiDocument } from '../../graphql/generated/desk/graphql.ts';
import type { NamedCi } from './queue-terms.ts';

/** The name of the CI that the address speaks of; null until it is known, and for one that is not there. */
export function useNamedCi(id: string | null): NamedCi | null {
  const { data } = useQuery(QueueCiDocument, { variables: { id: id ?? '' }, skip: id === null });
  return data?.node?.__typename === 'Ci' ? data.node : null;
}
