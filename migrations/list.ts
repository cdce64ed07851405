import { EventLog } from './0002-event-log.ts';
import { InitialTables } from './0001-initial-tables.ts';
import { ReplanOnEdit } from './0003-replan-on-edit.ts';

/** In order of execution. Names are for ever: a database remembers them. */
export const MIGRATIONS = [
  { name: '0001-initial-tables', class: InitialTables },
  { name: '0002-event-log', class: EventLog },
  { name: '0003-replan-on-edit', class: ReplanOnEdit },
];
