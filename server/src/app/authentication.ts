import { actorStillValid, authenticate, type Credentials as PersonCredentials } from '../features/access/access.service.ts';
import { authenticateScreen, screenStillValid } from '../features/screen/screen-identity.service.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Database } from '../platform/db/database.ts';

/** What a request or a connection proves itself by. */
export interface Credentials extends PersonCredentials {
  /** The page says that it is a screen on a wall: then nothing else counts, whoever is signed in beside it. */
  readonly screen?: ScreenUse | null;
}

interface ScreenUse {
  readonly instance: string;
  readonly secret: string | null;
}

/** From the header (or connection parameter) by which a page says that it is a screen, and the screen's cookie. */
export function screenUse(instance: unknown, secret: string | null): ScreenUse | null {
  return typeof instance === 'string' ? { instance, secret } : null;
}

/** Who asks: a person, an integrator or a screen. Null: nobody. */
export async function authenticateAny(database: Database, { screen, ...credentials }: Credentials): Promise<Actor | null> {
  if (!screen) return authenticate(database, credentials);
  return screen.secret === null ? null : authenticateScreen(database, { secret: screen.secret, instance: screen.instance, origin: credentials.origin });
}

/** Whether a live stream may go on (LIV-05). */
export function stillValid(database: Database, actor: Actor): Promise<boolean> {
  return actor.kind === 'screen' ? screenStillValid(database, actor) : actorStillValid(database, actor);
}
