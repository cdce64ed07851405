/** Stock Apollo Server 5, standalone, with DataLoader. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { peerContext, RESOLVERS, TYPES, type PeerContext } from './peer-resolvers.ts';
import { announce } from './serve-peer.ts';

const server = new ApolloServer<PeerContext>({ typeDefs: TYPES, resolvers: RESOLVERS });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' }, context: ({ req }) => peerContext(req.headers.authorization) });
announce(url.replace(/\/$/, ''));
