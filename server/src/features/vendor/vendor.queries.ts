import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { VendorCaseEntryView, VendorCaseView, VendorView } from './vendor.types.ts';
import type { VendorCaseState } from './vendor-case.rules.ts';

const CASE = `select v.id, v.number, v.version, v.state, v.product, v.case_number as "caseNumber", v.contact, ${ms('v.opened_at')} as "openedAt", v.opened_by as "openedBy",
  ${ms('v.number_entered_at')} as "numberEnteredAt", v.number_entered_by as "numberEnteredBy", ${ms('v.next_update_at')} as "nextUpdateAt", ${ms('v.ended_at')} as "endedAt", v.ended_by as "endedBy", v.result,
  v.customer_id as "customerId", json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) as customer,
  case when d.id is not null then json_build_object('id', d.id, 'name', d.name, 'products', d.products, 'contact', d.contact, 'phone', d.phone, 'email', d.email, 'active', d.active, 'version', d.version) end as vendor,
  case when t.id is not null then json_build_object('id', t.id, 'number', t.number, 'title', t.title, 'recordKind', t.kind, 'open', t.closed_at is null) end as record, e.step as "demandedBy"
from vendor_case v join customer c on c.id = v.customer_id left join vendor d on d.id = v.vendor_id left join ticket t on t.id = v.ticket_id left join escalation e on e.id = v.escalation_id`;

/** Vendor cases are the provider's own: a customer has none (ORG-03). */
function requireReader(actor: Actor): void {
  requirePermission(actor, 'incident.read');
  if (actor.customerId !== null) throw new Refusal('FORBIDDEN', 'Vendor cases are internal.');
}

/** At most 100 cases: those whose number is owed first, longest first, then by the next update. */
export async function vendorCases(em: Em, actor: Actor, query: { states: readonly VendorCaseState[]; ticketId: string | null; first: number }): Promise<VendorCaseView[]> {
  requireReader(actor);
  const visible = visibleCustomers(actor, 'incident.read');
  return em.execute<VendorCaseView[]>(
    `${CASE} where v.state = any(?::text[]) and (?::uuid is null or v.ticket_id = ?::uuid) and (? or v.customer_id = any(?::uuid[]))
     order by v.state <> 'number-owed', v.ended_at desc nulls first, v.next_update_at nulls last, v.opened_at, v.id limit ?`,
    [`{${query.states.join(',')}}`, query.ticketId, query.ticketId, visible === 'all', `{${visible === 'all' ? '' : visible.join(',')}}`, pageRequest(query.first, null).first],
  );
}

export async function vendorCaseBy(em: Em, actor: Actor, key: { readonly id: string } | { readonly number: string }): Promise<VendorCaseView | null> {
  requireReader(actor);
  const [column, value] = 'id' in key ? ['v.id', key.id] : ['v.number', key.number.toUpperCase()];
  const rows = await em.execute<(VendorCaseView & { customerId: string })[]>(`${CASE} where ${column} = ?`, [value]);
  return rows.find(({ customerId }) => may(actor, 'incident.read', { customerId })) ?? null;
}

export async function entriesOfCase(em: Em, caseId: string): Promise<VendorCaseEntryView[]> {
  return em.execute<VendorCaseEntryView[]>(`select id, text, ${ms('recorded_at')} as "recordedAt", author from vendor_case_entry where case_id = ? order by recorded_at desc, id limit 200`, [caseId]);
}

/** The register by name, at most 500. */
export async function vendorsByName(em: Em, actor: Actor): Promise<VendorView[]> {
  requireReader(actor);
  return em.execute<VendorView[]>('select id, name, products, contact, phone, email, active, version from vendor order by name limit 500');
}

export async function vendorById(em: Em, id: string): Promise<VendorView | null> {
  return (await em.execute<VendorView[]>('select id, name, products, contact, phone, email, active, version from vendor where id = ?', [id]))[0] ?? null;
}
