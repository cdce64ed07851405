import { pino } from 'pino';

const processNumber = process.env['WATCHFLOOR_PROCESS'];

/**
 * Structured log, one JSON line each, to standard error: standard output belongs to commands. ERROR means that someone
 * should get up. `LOG_LEVEL` is one of pino's levels. Never a secret, never a request's body. Of several server processes
 * behind one port each line says whose it is.
 */
export const log = pino({ level: process.env['LOG_LEVEL'] || 'info', base: processNumber === undefined ? null : { process: Number(processNumber), pid: process.pid } }, pino.destination({ fd: 2, sync: true }));
