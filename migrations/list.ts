import { EventLog } from './0002-event-log.ts';
import { InitialTables } from './0001-initial-tables.ts';
import { ReplanOnEdit } from './0003-replan-on-edit.ts';
import { WorkRecords } from './0004-work-records.ts';
import { Cmdb } from './0005-cmdb.ts';
import { Knowledge } from './0006-knowledge.ts';
import { Change } from './0007-change.ts';
import { ChangePlanning } from './0008-change-planning.ts';
import { Problem } from './0009-problem.ts';
import { Release } from './0010-release.ts';
import { VendorAndReview } from './0011-vendor-and-review.ts';
import { Metrics } from './0012-metrics.ts';
import { CmdbRegister } from './0013-cmdb-register.ts';
import { IncidentLinks } from './0014-incident-links.ts';

/** In order of execution. Names are for ever: a database remembers them. */
export const MIGRATIONS = [
  { name: '0001-initial-tables', class: InitialTables },
  { name: '0002-event-log', class: EventLog },
  { name: '0003-replan-on-edit', class: ReplanOnEdit },
  { name: '0004-work-records', class: WorkRecords },
  { name: '0005-cmdb', class: Cmdb },
  { name: '0006-knowledge', class: Knowledge },
  { name: '0007-change', class: Change },
  { name: '0008-change-planning', class: ChangePlanning },
  { name: '0009-problem', class: Problem },
  { name: '0010-release', class: Release },
  { name: '0011-vendor-and-review', class: VendorAndReview },
  { name: '0012-metrics', class: Metrics },
  { name: '0013-cmdb-register', class: CmdbRegister },
  { name: '0014-incident-links', class: IncidentLinks },
];
