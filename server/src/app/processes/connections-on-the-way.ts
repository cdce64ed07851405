import type { ChildProcess } from 'node:child_process';

/** An accepted connection, as node:cluster hands it on. */
interface Handle {
  close(done?: () => void): void;
}

/**
 * Ends, with the process, the connections that were on their way to it: node:cluster keeps its end of them open until the process says
 * that it has taken them, so that whoever comes in the moment of a kill waits for ever. Ended, they come again and meet a process that lives.
 */
export function endConnectionsOnTheWay(child: ChildProcess): void {
  const onTheWay = new Set<Handle>();
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = (message: unknown, handle?: unknown, ...rest: unknown[]): boolean => {
    if (isNewConnection(message, handle)) follow(handle, onTheWay);
    return send(message, handle, ...rest);
  };
  child.once('exit', () => {
    for (const handle of onTheWay) handle.close();
  });
}

function isNewConnection(message: unknown, handle: unknown): handle is Handle {
  return (message as { act?: string } | null)?.act === 'newconn' && typeof (handle as Handle | undefined)?.close === 'function';
}

/** It is closed here as soon as the process has taken it. */
function follow(handle: Handle, onTheWay: Set<Handle>): void {
  onTheWay.add(handle);
  const close = handle.close.bind(handle);
  handle.close = (done) => {
    onTheWay.delete(handle);
    close(done);
  };
}
