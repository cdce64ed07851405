import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';

/** As whom PostgreSQL runs, and who must own its files. */
export interface PostgresIdentity {
  readonly name: 'same user' | 'nobody' | 'nobody, any folder' | 'nobody, by namespace';
  /** Put in front of a command. */
  readonly prefix: readonly string[];
  /** For `spawn`; empty when the command runs as this process's user. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
  /** Owner of the cluster's files, null when they stay as they are. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

const NOBODY = 65534;

const SAME_USER: PostgresIdentity = { name: 'same user', prefix: [], ids: {}, owner: null };

const IN_NAMESPACE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];

/** initdb insists that its user has a name; `docker run --user 1234` has none. */
const USER_WITHOUT_NAME: PostgresIdentity = { name: 'nobody, by namespace', prefix: IN_NAMESPACE, ids: {}, owner: null };

/**
 * PostgreSQL refuses to run as root. Tried in this order:
 * as "nobody"; as "nobody" but allowed into folders of others, for a checkout under a home that only root may enter;
 * and in a user namespace, where containers permit it but have taken root's right to change its user.
 */
const FOR_ROOT: readonly PostgresIdentity[] = [
  { name: 'nobody', prefix: [], ids: { uid: NOBODY, gid: NOBODY }, owner: { uid: NOBODY, gid: NOBODY } },
  {
    name: 'nobody, any folder',
    prefix: [
      'setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups',
      '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--',
    ],
    ids: {}, owner: { uid: NOBODY, gid: NOBODY },
  },
  { name: 'nobody, by namespace', prefix: IN_NAMESPACE, ids: {}, owner: { uid: 0, gid: 0 } },
];

/**
 * Picks the first identity under which the programs can be run and the folder written, and gives it the folder.
 * @param probe a program that answers `--version`; @param folder an existing folder that PostgreSQL must be able to write in.
 */
export function identityFor(probe: string, folder: string): PostgresIdentity {
  if (process.getuid?.() !== 0) return hasName() || !works(USER_WITHOUT_NAME, probe, folder) ? SAME_USER : USER_WITHOUT_NAME;
  for (const identity of FOR_ROOT) {
    if (identity.owner && giveTo(identity.owner, folder) && works(identity, probe, folder)) return identity;
  }
  throw new Failure(
    'DIRECTORY_UNUSABLE',
    `PostgreSQL must not run as root, and no other user can be given ${folder}. `
      + 'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function works(identity: PostgresIdentity, probe: string, folder: string): boolean {
  const script = '"$1" --version && cd "$2" && test -w . && test -x .';
  const [command = '/bin/sh', ...words] = [...identity.prefix, '/bin/sh', '-c', script, 'probe', probe, folder];
  return spawnSync(command, words, { ...identity.ids, stdio: 'ignore', cwd: '/' }).status === 0;
}

/** Whether every file now belongs to the owner; cheap when the folder itself already does. */
function giveTo(owner: { uid: number; gid: number }, folder: string): boolean {
  try {
    if (statSync(folder).uid !== owner.uid) chownTree(owner, folder);
    return true;
  } catch {
    return false;
  }
}

function chownTree(owner: { uid: number; gid: number }, path: string): void {
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) chownTree(owner, join(path, name));
  }
  // The folder itself comes last, so that an interrupted change of hands is done again.
  if (!lstatSync(path).isSymbolicLink()) chownSync(path, owner.uid, owner.gid);
}
