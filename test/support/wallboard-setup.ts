import { buildWallboard } from '../../server/src/app/start/wallboard-build.ts';

/** The browser tests see the wallboard of these sources, as `pnpm start` builds it. */
export default async function wallboardSetup(): Promise<void> {
  await buildWallboard(new AbortController().signal);
}
