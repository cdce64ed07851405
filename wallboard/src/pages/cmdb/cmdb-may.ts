import { useQuery } from '@apollo/client/react';
import { ViewerDocument } from '../../graphql/generated/desk/graphql.ts';

/** Whether the person holds a permission anywhere: what is offered; the server decides what is done. */
export function useMay(): (permission: string) => boolean {
  const { data } = useQuery(ViewerDocument, { fetchPolicy: 'cache-first' });
  const held: readonly string[] = data?.viewer?.permissions ?? [];
  return (permission) => held.includes(permission);
}
