/** Mercurius on Fastify with graphql-jit from the first request on, with DataLoader. */
import fastify from 'fastify';
import mercurius, { type IResolvers } from 'mercurius';
import { peerContext, RESOLVERS, TYPES } from './peer-resolvers.ts';
import { announce } from './serve-peer.ts';

const app = fastify();
await app.register(mercurius, { schema: TYPES, resolvers: RESOLVERS as unknown as IResolvers, jit: 1, context: (request) => peerContext(request.headers.authorization) });
announce(await app.listen({ port: 0, host: '127.0.0.1' }));
