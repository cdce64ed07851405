import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';

/** Whether the server says that nobody is signed in. */
export function isUnauthenticated(error: unknown): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some((one) => one.extensions?.['code'] === 'UNAUTHENTICATED');
}

/** GraphQL over HTTP with the session's cookie; live streams go through the feed reader, not through here. */
export function createDeskClient(onSignedOut: () => void): ApolloClient {
  const watch = new ErrorLink(({ error }) => { if (isUnauthenticated(error)) onSignedOut(); });
  return new ApolloClient({
    link: ApolloLink.from([watch, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
    cache: new InMemoryCache({ typePolicies: { Incident: { keyFields: ['id'] } } }),
    defaultOptions: { query: { fetchPolicy: 'network-only' } },
  });
}
