import type { ExecutionResult } from 'graphql';
import type { WebSocket } from 'ws';
import type { Audience, Member } from './audience.ts';
import { LiveMessage } from './live-message.ts';
import type { Cursor } from './live-stream.ts';
import { Outbox } from './outbox.ts';

/**
 * Connects one operation of one socket to its audience. The messages are written beside graphql-ws, which would make
 * each of them anew for every socket: `payload` first, `id` last, so that all but the tail is one buffer, and where ids
 * are equal the whole frame. graphql-ws sees a stream that never yields and ends when the operation does.
 */
export async function follow(socket: WebSocket, id: string, audience: Audience, after: Cursor | null): Promise<AsyncGenerator<ExecutionResult>> {
  const outbox = Outbox.of(socket);
  const addressed = { id, tail: LiveMessage.tailOf(id) };
  const over = Promise.withResolvers<IteratorResult<ExecutionResult>>();
  let wanted = true;
  const member: Member = {
    deliver: (message, first) => outbox.send(message, addressed, first),
    end: () => over.resolve({ done: true, value: undefined }),
  };
  const stop = () => {
    wanted = false;
    audience.remove(member);
    over.resolve({ done: true, value: undefined });
  };
  socket.once('close', stop);
  void over.promise.then(() => socket.off('close', stop));
  // The first message must not overtake what graphql-ws does between here and taking the stream.
  await audience.add(member, after, () => wanted && socket.readyState === socket.OPEN);
  return silent(over.promise, stop);
}

function silent(over: Promise<IteratorResult<ExecutionResult>>, stop: () => void): AsyncGenerator<ExecutionResult> {
  return {
    next: () => over,
    return: async () => {
      stop();
      return over;
    },
    throw: async () => {
      stop();
      return over;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => stop(),
  };
}
