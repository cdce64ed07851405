import type { FeatureManifest } from '../../kernel/feature.ts';
import type { RequestContext } from '../../platform/graphql/context.ts';
import type { Database } from '../../platform/db/database.ts';
import { IncidentDutyResolver } from './incident-duty.resolver.ts';
import { IncidentBulkResolver } from './incident-bulk.resolver.ts';
import { IncidentFieldsResolver } from './incident-fields.resolver.ts';
import { IncidentLeadResolver } from './incident-lead.resolver.ts';
import { IncidentRelatedResolver } from './incident-related.resolver.ts';
import { IncidentOutcomeResolver } from './incident-outcome.resolver.ts';
import { IncidentResolver } from './incident.resolver.ts';
import { IncidentSatisfactionResolver } from './incident-satisfaction.resolver.ts';
import { foretellMisses } from './incident-forecast.service.ts';
import { INCIDENT_JSON } from './incident-json.queries.ts';
import { fireDueClocks } from './incident-timers.service.ts';
import { IncidentWorkResolver } from './incident-work.resolver.ts';
import { incidentsById } from './incident.queries.ts';
import { signedIn } from '../../platform/graphql/context.ts';

export const incidentFeature: FeatureManifest = {
  name: 'incident',
  resolvers: [IncidentResolver, IncidentFieldsResolver, IncidentSatisfactionResolver, IncidentWorkResolver, IncidentOutcomeResolver, IncidentLeadResolver, IncidentRelatedResolver, IncidentDutyResolver, IncidentBulkResolver],
  nodes: [{
    typeName: 'Incident',
    find: (context, ids) => {
      const request = context as RequestContext;
      return incidentsById(request.database.em, signedIn(request), ids);
    },
  }],
  jsonShapes: [INCIDENT_JSON],
  chores: [{ name: 'forecast of misses', everyMinutes: 1, run: (database) => foretellMisses(database as Database) }],
  timers: [{
    purpose: 'clocks',
    handle: (database, ticketId) => fireDueClocks(database as Database, ticketId),
    handleMany: (database, ticketIds) => fireDueClocks(database as Database, ...ticketIds),
  }],
};
