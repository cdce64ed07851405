import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';

/** Who finds a view: its owner, a team, or all of the provider who may read incidents. */
export const SAVED_VIEW_SCOPES = ['me', 'team', 'all'] as const;
export type SavedViewScope = (typeof SAVED_VIEW_SCOPES)[number];

/** What a queue can show of an incident. */
export const QUEUE_COLUMNS = ['level', 'number', 'title', 'customer', 'team', 'holder', 'state', 'category', 'reported', 'updated', 'clock'] as const;

/** Addresses of the queues that everybody has. */
export const RESERVED_SLUGS: readonly string[] = ['all', 'mine', 'nobody'];

/** Most views that one person may keep. */
export const MOST_VIEWS = 100;
const LONGEST_NAME = 60;
const LONGEST_SLUG = 60;

/** The parts of a view that decide who sees and who changes it. */
export interface ViewFacts {
  readonly ownerId: string;
  readonly scope: SavedViewScope;
  readonly teamId: string | null;
  /** Lead of that team. */
  readonly leadId: string | null;
}

/** A provider's views may name other customers: a customer's own people see only what they saved themselves (ORG-03). */
export function maySeeView(view: ViewFacts, actor: Actor): boolean {
  if (view.ownerId === actor.id) return true;
  if (view.scope === 'me' || actor.customerId !== null) return false;
  return view.scope === 'all' || actor.teamIds.includes(view.teamId ?? '') || mayShare(view, actor);
}

/** With a team its lead, or who leads incidents there; with everybody who leads incidents everywhere. */
export function mayShare({ scope, teamId, leadId }: Pick<ViewFacts, 'scope' | 'teamId' | 'leadId'>, actor: Actor): boolean {
  if (scope === 'me') return true;
  if (actor.customerId !== null) return false;
  if (scope === 'team') return leadId === actor.id || leadsEverything(actor, teamId);
  return leadsEverything(actor, null);
}

/** The owner; of a shared one also who might share it, so that a view does not outlive its owner unmended. */
export function mayChangeView(view: ViewFacts, actor: Actor): boolean {
  return view.ownerId === actor.id || (view.scope !== 'me' && mayShare(view, actor));
}

/** Not limited to a customer; limited to a team only to that one. */
function leadsEverything(actor: Actor, teamId: string | null): boolean {
  return may(actor, 'incident.lead', { customerId: null, teamId });
}

/** Small letters, digits, Chinese characters, hyphens between. */
const SLUG = /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u;

export function readSlug(slug: string): string {
  const text = requiredText(slug, 'slug', LONGEST_SLUG).toLowerCase();
  if (!SLUG.test(text)) throw new Refusal('INVALID_INPUT', `"slug" must be small letters, digits or Chinese characters with single hyphens between, such as "network-breached", got "${text}".`, 'slug');
  if (RESERVED_SLUGS.includes(text)) throw new Refusal('NOT_UNIQUE', `"slug" may not be ${RESERVED_SLUGS.join(', ')}: these are everybody's own queues.`, 'slug');
  return text;
}

/** The address that a name suggests; "view" where it has no letter that an address may have. */
export function slugOf(name: string): string {
  const slug = name.toLowerCase().replaceAll(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '-').slice(0, LONGEST_SLUG - 4).replaceAll(/^-+|-+$/g, '');
  return slug === '' || RESERVED_SLUGS.includes(slug) ? `view-${slug}`.replace(/-$/, '') : slug;
}

export function readViewName(name: string): string {
  return requiredText(name, 'name', LONGEST_NAME);
}

/** @throws Refusal naming the columns that there are */
export function readColumns(columns: readonly string[] | null | undefined): string[] {
  const asked = [...new Set(columns ?? [])];
  const wrong = asked.find((column) => !QUEUE_COLUMNS.some((one) => one === column));
  if (wrong !== undefined) throw new Refusal('INVALID_INPUT', `"columns" may name ${QUEUE_COLUMNS.join(', ')}, got "${wrong.slice(0, 40)}".`, 'columns');
  if (asked.length > 0 && !asked.includes('number')) throw new Refusal('MISSING_FIELD', '"columns" must name "number": a row is opened by it.', 'columns');
  return asked;
}
