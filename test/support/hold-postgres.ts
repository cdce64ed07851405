import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';

/** A process to be killed: starts PostgreSQL in the folder it is given, tells the address, and stays. */
const [, , dataDirectory = ''] = process.argv;
const { url } = await launchPostgres({ dataDirectory });
process.send?.(url);
process.on('disconnect', () => process.exit());
