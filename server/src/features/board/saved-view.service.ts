import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { TeamEntity } from '../team/team.entity.ts';
import type { IncidentGrouping, IncidentSort } from './board-order.rules.ts';
import { filterFor, groupFor, readFilter, requireShownFilter, sortFor, type IncidentFilter } from './incident-filter.rules.ts';
import { conditionFor } from './incident-list.service.ts';
import { DefaultViewEntity, SavedViewEntity, type SavedView } from './saved-view.entity.ts';
import { countEach, takenSlugs, viewBy, viewsOf, type SavedViewRow } from './saved-view.queries.ts';
import { maySeeView, mayChangeView, mayShare, MOST_VIEWS, readColumns, readSlug, readViewName, slugOf, type SavedViewScope } from './saved-view.rules.ts';

export interface ViewContent {
  readonly name: string;
  /** Left out: made of the name. */
  readonly slug?: string | null;
  readonly scope: SavedViewScope;
  readonly teamId?: string | null;
  readonly filter: IncidentFilter;
  readonly sort: IncidentSort;
  readonly grouping?: IncidentGrouping | null;
  readonly columns?: readonly string[] | null;
}

const KEPT = ['name', 'slug', 'scope', 'teamId', 'filter', 'sort', 'grouping', 'columns'] as const;
const contentOf = (view: Pick<SavedView, (typeof KEPT)[number]>) => Object.fromEntries(KEPT.map((key) => [key, view[key]]));

/** Only people have views: a token has no queue to look at. */
function requireViewer(actor: Actor): void {
  requirePermission(actor, 'incident.read');
  if (actor.kind !== 'person') throw new Refusal('FORBIDDEN', 'Only a person who is signed in keeps views.');
}

/** Keeps a queue under a name (WBD-04). Returns its id. */
export async function createView(database: Database, actor: Actor, input: ViewContent & { readonly idempotencyKey?: string | null }): Promise<string> {
  requireViewer(actor);
  return database.change(actor, (change) => idempotent(change, 'createSavedView', input, async () => {
    const kept = await change.em.count(SavedViewEntity, { ownerId: actor.id });
    if (kept >= MOST_VIEWS) throw new Refusal('TOO_LARGE', `You keep ${kept} views; at most ${MOST_VIEWS} are possible. Remove one first.`);
    const facts = await checked(change, input, null);
    const view = { id: newId(), ownerId: actor.id, ...facts, createdAt: await change.now(), version: 1 };
    persistRow(change.em, SavedViewEntity, view);
    change.emit({ type: 'savedView.created', subjectKind: 'saved-view', subjectId: view.id, occurredAt: await change.now(), after: contentOf(view) });
    return view.id;
  }));
}

export async function changeView(database: Database, actor: Actor, input: ViewContent & { readonly id: string; readonly expectedVersion: number; readonly idempotencyKey?: string | null }): Promise<string> {
  requireViewer(actor);
  return database.change(actor, (change) => idempotent(change, 'changeSavedView', input, async () => {
    const view = await lockView(change, input.id);
    requireVersion(view, input.expectedVersion, 'view');
    const before = contentOf(view);
    Object.assign(view, await checked(change, input, view), { version: view.version + 1 });
    change.emit({ type: 'savedView.changed', subjectKind: 'saved-view', subjectId: view.id, occurredAt: await change.now(), before, after: contentOf(view) });
    return view.id;
  }));
}

/** Removes it for everybody who found it; the log keeps what it was. */
export async function removeView(database: Database, actor: Actor, input: { readonly id: string; readonly expectedVersion: number }): Promise<string> {
  requireViewer(actor);
  return database.change(actor, async (change) => {
    const view = await lockView(change, input.id);
    requireVersion(view, input.expectedVersion, 'view');
    await change.em.nativeDelete(DefaultViewEntity, { viewId: view.id });
    await change.em.nativeDelete(SavedViewEntity, { id: view.id });
    change.emit({ type: 'savedView.removed', subjectKind: 'saved-view', subjectId: view.id, occurredAt: await change.now(), before: contentOf(view) });
    return view.id;
  });
}

/** The view that the actor's queue opens with; null: everything open. */
export async function chooseDefaultView(database: Database, actor: Actor, viewId: string | null): Promise<void> {
  requireViewer(actor);
  await database.change(actor, async (change) => {
    if (viewId !== null) await findView(change.em, actor, { id: viewId });
    await change.em.nativeDelete(DefaultViewEntity, { personId: actor.id });
    if (viewId !== null) persistRow(change.em, DefaultViewEntity, { personId: actor.id, viewId });
    change.emit({ type: 'savedView.chosen', subjectKind: 'person', subjectId: actor.id, occurredAt: await change.now(), after: { viewId } });
  });
}

export function listViews(database: Database, actor: Actor): Promise<SavedViewRow[]> {
  requireViewer(actor);
  return viewsOf(database.em, actor);
}

/** @throws Refusal NOT_FOUND also for somebody else's (ORG-03) */
export async function findView(em: Em, actor: Actor, key: { readonly slug: string } | { readonly id: string }): Promise<SavedViewRow> {
  requireViewer(actor);
  const view = 'slug' in key || UUID.test(key.id) ? await viewBy(em, actor, key) : null;
  if (view && maySeeView(view, actor)) return view;
  throw notFound('slug' in key ? key.slug : key.id, 'slug' in key ? 'slug' : 'id');
}

/** How many incidents each view holds for this actor: the view says what to look for, the actor what may be seen. */
export async function countViews(database: Database, actor: Actor, filters: readonly IncidentFilter[]): Promise<number[]> {
  const { em } = database;
  const now = await database.time.read(em);
  const conditions = await Promise.all(filters.map((filter) => conditionFor(database, em, { filter: filterFor(filter, actor), actor, now })));
  return countEach(em, conditions);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const notFound = (which: string, field: string) => new Refusal('NOT_FOUND', `There is no view "${which.slice(0, 60)}" that you may open.`, field);

async function lockView({ em, actor }: Change, id: string): Promise<SavedView> {
  const view = UUID.test(id) ? await em.findOne(SavedViewEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
  const facts = view && { ...view, leadId: await leadOf(em, view.teamId) };
  if (!view || !facts || !maySeeView(facts, actor)) throw notFound(id, 'id');
  if (!mayChangeView(facts, actor)) throw new Refusal('FORBIDDEN', 'A shared view is changed by its owner, or by who may share it.');
  return view;
}

async function leadOf(em: Em, teamId: string | null): Promise<string | null> {
  if (teamId === null) return null;
  return (await em.findOne(TeamEntity, { id: teamId }))?.leadId ?? null;
}

/** What is kept of a view, checked: its words, its address, and whether the actor may share it so. */
async function checked({ em, actor }: Change, input: ViewContent, before: SavedView | null) {
  const teamId = input.scope === 'team' ? (input.teamId ?? null) : null;
  if (input.scope === 'team' && teamId === null) throw new Refusal('MISSING_FIELD', 'With which team? Give "teamId".', 'teamId');
  const name = readViewName(input.name);
  const filter = readFilter(input.filter);
  requireShownFilter(filter, actor);
  const share = { scope: input.scope, teamId, leadId: await leadOf(em, teamId) };
  if (!mayShare(share, actor)) {
    throw new Refusal('FORBIDDEN', input.scope === 'team' ? 'A view is shared with a team by its lead, or by who leads incidents.' : 'A view is shared with everybody by who leads incidents.', 'scope');
  }
  return {
    name, slug: await freeSlug(em, input.slug ?? null, name, before), scope: input.scope, teamId, filter, sort: sortFor(input.sort, actor),
    grouping: groupFor(input.grouping ?? null, actor, 'grouping'), columns: readColumns(input.columns),
  };
}

/** The address that was asked for, which must be free; or one made of the name, with a number behind it if need be. */
async function freeSlug(em: Em, asked: string | null, name: string, before: SavedView | null): Promise<string> {
  if (asked === null && before !== null) return before.slug;
  if (asked !== null) {
    const slug = readSlug(asked);
    if (slug !== before?.slug && (await takenSlugs(em, [slug])).has(slug)) throw new Refusal('NOT_UNIQUE', `There is already a view at "${slug}"; choose another address.`, 'slug');
    return slug;
  }
  const base = slugOf(name);
  const candidates = [base, ...Array.from({ length: MOST_VIEWS }, (_, index) => `${base}-${index + 2}`)];
  const taken = await takenSlugs(em, candidates);
  return candidates.find((slug) => !taken.has(slug)) ?? `${base}-${newId()}`;
}
