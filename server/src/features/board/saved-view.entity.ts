import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { INCIDENT_GROUPINGS, INCIDENT_SORTS } from './board-order.rules.ts';
import type { IncidentFilter } from './incident-filter.rules.ts';
import { SAVED_VIEW_SCOPES } from './saved-view.rules.ts';

/** A queue that somebody keeps under a name and an address (WBD-04). It says what to look for, never what may be seen. */
export const SavedViewEntity = defineEntity({
  name: 'SavedView',
  tableName: 'saved_view',
  properties: {
    id: id(),
    ownerId: reference(PersonEntity, 'owner_id').index(),
    name: p.text(),
    slug: p.text().unique(),
    scope: p.enum(SAVED_VIEW_SCOPES),
    /** Of a view that a team shares. */
    teamId: reference(TeamEntity, 'team_id').strictNullable().index(),
    filter: p.json<IncidentFilter>(),
    sort: p.enum(INCIDENT_SORTS),
    grouping: p.enum(INCIDENT_GROUPINGS).strictNullable(),
    /** In their order; empty: as each person has chosen. */
    columns: p.json<string[]>(),
    createdAt: instant(),
    version: p.integer().default(1),
  },
});
export type SavedView = InferEntity<typeof SavedViewEntity>;

/** The view that a person's queue opens with. */
export const DefaultViewEntity = defineEntity({
  name: 'DefaultView',
  tableName: 'default_view',
  properties: {
    personId: p.uuid().primary(),
    viewId: reference(SavedViewEntity, 'view_id').index(),
  },
});
export type DefaultView = InferEntity<typeof DefaultViewEntity>;
