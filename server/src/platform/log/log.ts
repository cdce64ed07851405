import { pino } from 'pino';

/**
 * Structured log, one JSON line each, to standard error: standard output belongs to commands. ERROR means that someone
 * should get up. `LOG_LEVEL` is one of pino's levels. Never a secret, never a request's body.
 */
export const log = pino({ level: process.env['LOG_LEVEL'] || 'info', base: null }, pino.destination({ fd: 2, sync: true }));
