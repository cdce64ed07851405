import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { holdsRoleHere, incidentEvent, isServiceManager, type Decision, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import type { ConversionWord } from './incident.entity.ts';

/** D-41: only what was really solved or given up on becomes a problem; a duplicate, say, counts with its parent. */
const ENDS_A_FAULT = ['successful', 'workaround', 'no-answer'];

/**
 * INC-11, D-42: why closing makes a problem, or null. A workaround always does; an LV1 or LV2 does, judged by the most severe
 * level that was confirmed in its life.
 */
export function problemOnClosing(kase: IncidentCase, closureCode: string): 'workaround' | 'level' | null {
  if (closureCode === 'workaround') return 'workaround';
  const { highestLevel } = kase.incident;
  return ENDS_A_FAULT.includes(closureCode) && (highestLevel === 'LV1' || highestLevel === 'LV2') ? 'level' : null;
}

/** INC-12: an LV3 or LV4 past its resolution target; null when it may be converted, else why not. */
export function whyNotConverted(kase: IncidentCase): string | null {
  const { level, conversion } = kase.incident;
  if (level !== 'LV3' && level !== 'LV4') return `Only an LV3 or LV4 is converted; this is ${level}.`;
  const breached = kase.book.clocks.some(({ kind, breachedAt }) => kind === 'resolution' && breachedAt !== null);
  if (!breached) return 'Its resolution target has not passed.';
  if (kase.related.openProblem) return `${kase.related.openProblem.number} looks into it already.`;
  return conversion.length >= 2 ? 'It has been converted already.' : null;
}

export function isTechnicalManager(kase: IncidentCase, actor: Actor): boolean {
  return actor.id === kase.terms.people['technical-manager']?.id || holdsRoleHere(kase, actor, 'technical-manager');
}

/** INC-12: one manager's word; the second one, of the other role and by another person, makes the problem. */
export function confirmConversion(kase: IncidentCase, reason: string, context: RuleContext): Decision & { readonly complete: boolean } {
  const { actor } = context;
  const given = kase.incident.conversion;
  if (given.some(({ personId }) => personId === actor.id)) throw new Refusal('ALREADY_DONE', 'You have confirmed it already; the other manager has to.', null);
  const role = roleOf(kase, actor, given);
  if (given.some((word) => word.role === role)) throw new Refusal('ALREADY_DONE', `A ${role} has confirmed it already; the other manager has to.`, null);
  const conversion = [...given, { role, personId: actor.id, name: actor.name, at: context.at, reason }];
  return {
    incident: { conversion }, complete: conversion.length === 2,
    events: [incidentEvent(kase, context, 'incident.conversionConfirmed', { after: { role, by: actor.name }, reason })],
  };
}

/** Who is both gives the word that is still missing. */
function roleOf(kase: IncidentCase, actor: Actor, given: readonly ConversionWord[]): ConversionWord['role'] {
  const service = isServiceManager(kase, actor);
  const technical = isTechnicalManager(kase, actor);
  if (service && technical) return given[0]?.role === 'service-manager' ? 'technical-manager' : 'service-manager';
  return service ? 'service-manager' : 'technical-manager';
}

/** INC-14: something was changed while handling; until a change records it, the incident does not close. */
export function noteChangeMade(kase: IncidentCase, what: string, context: RuleContext): Decision {
  return { incident: { changeMade: true }, events: [incidentEvent(kase, context, 'incident.changeMade', { after: { what } })] };
}
