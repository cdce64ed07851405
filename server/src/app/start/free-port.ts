import { createServer } from 'node:net';
import type { Config } from '../../platform/config.ts';
import { Failure } from '../../platform/failure.ts';

/** Asks before the long steps, so that nobody waits for a demo that cannot be served. Answers the port, a free one for 0. */
export async function requireFreePort({ host, port }: Config): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  } catch (error) {
    throw portFailure(error, { host, port }) ?? error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function portFailure(cause: unknown, { host, port }: Pick<Config, 'host' | 'port'>): Failure | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return new Failure('PORT_IN_USE', `Port ${port} is used by another program. End that one, or choose another port: PORT=${port < 65_535 ? port + 1 : 4000}.`, { cause });
    case 'EACCES':
      return new Failure('SETTING_INVALID', `PORT ${port} needs rights that this user does not have; take one above 1023.`, { cause });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Failure('SETTING_INVALID', `HOST ${host} is not an address of this machine.`, { cause });
    default:
      return null;
  }
}
