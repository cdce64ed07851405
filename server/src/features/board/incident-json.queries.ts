import { isUuid } from '../../kernel/uuid.ts';
import { connectionSelect } from '../../platform/graphql/json-connection.ts';
import { jsonRoot } from '../../platform/graphql/json-root.ts';
import { incidentPageSql } from './incident-list.queries.ts';
import { isNarrow, plainCondition, readList, type ListRequest } from './incident-list.service.ts';
import { allOf, withinScope } from './open-incidents.queries.ts';
import { visibleScope } from './visible-scope.rules.ts';

/**
 * A page of incidents by one statement: their ids as `incidentPage` finds them, and their bodies. Counts and cursors are left to the
 * resolvers, and so is whatever a customer's own people ask.
 */
export const INCIDENTS_JSON = jsonRoot<Partial<ListRequest> & Pick<ListRequest, 'sort' | 'first'>>('incidents', (question) => {
  const { actor, given: { filter = null, sort, first, after = null } } = question;
  if (actor.customerId !== null) return null;
  const list = readList(actor, { filter, sort, first, after });
  const condition = plainCondition(list.filter, actor);
  const select = condition && connectionSelect(question, {
    type: 'IncidentConnection', nodeType: 'Incident', first: list.first, from: 'join ticket t on t.id = page.id join incident i on i.ticket_id = t.id',
  });
  if (!condition || !select) return null;
  const page = incidentPageSql(condition, { sort: list.sort, after: list.after, limit: list.first + 1, narrow: isNarrow(list.filter) });
  return { tables: { sql: `page as materialized (select q.id, row_number() over () as place from (${page.sql}) q)`, parameters: page.parameters }, select };
});

/** One incident by its id, with all that hangs on it. */
export const INCIDENT_JSON_ROOT = jsonRoot<{ readonly id?: string | null }>('incident', ({ actor, given: { id }, nodes, row }) => {
  if (actor.customerId !== null || !id || !isUuid(id)) return null;
  const asked = row('Incident', nodes);
  if (!asked) return null;
  const seen = allOf([{ sql: 't.id = ?::uuid', parameters: [id] }, withinScope(visibleScope(actor, 'incident.read'))]);
  return {
    tables: { sql: '', parameters: [] },
    select: {
      sql: `select one.data, coalesce(one.stale, false) as stale from (select 1) always left join (
        select ${asked.sql} as data, ${asked.stale} as stale from ticket t join incident i on i.ticket_id = t.id ${asked.joins} where ${seen.sql}) one on true`,
      parameters: [...asked.parameters, ...seen.parameters],
    },
  };
});
