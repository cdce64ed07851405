import { useQuery } from '@apollo/client/react';
import { ViewerDocument } from '../../graphql/generated/desk/graphql.ts';

interface Viewer {
  readonly isCustomer: boolean;
  readonly may: (permission: string) => boolean;
}

/** What the signed-in person may do, for what is offered; the server checks again. */
export function useViewer(): Viewer {
  const { data } = useQuery(ViewerDocument);
  const viewer = data?.viewer ?? null;
  return { isCustomer: viewer !== null && viewer.customer !== null, may: (permission) => viewer?.permissions.includes(permission) ?? false };
}
