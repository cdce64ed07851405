import { assertNever } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/instant.ts';

/** What was found otherwise than the register says. */
export interface CensusDifference {
  readonly field: string;
  readonly register: string | null;
  readonly found: string | null;
}

export type CensusFinding = 'unchecked' | 'found' | 'missing' | 'different' | 'unregistered';
export type CensusKind = 'census' | 'inspection';
export type CensusState = 'proposed' | 'running' | 'closed';
export const CENSUS_FINDINGS = ['unchecked', 'found', 'missing', 'different', 'unregistered'] as const;

/** What a person says of one item of a census. */
export interface FindingInput {
  readonly finding: CensusFinding;
  readonly differences: readonly CensusDifference[];
  readonly note: string | null;
}

/** Whether a finding owes a change or a correction (CMDB-08). */
export function needsResolution(finding: CensusFinding): boolean {
  switch (finding) {
    case 'unchecked': case 'found': return false;
    case 'missing': case 'different': case 'unregistered': return true;
    default: return assertNever(finding);
  }
}

/** CMDB-08: the finding as it may be recorded: "different" names what, the others name nothing. @throws Refusal */
export function checkFinding(input: FindingInput, known: { readonly registered: boolean }): FindingInput {
  const { finding, differences } = input;
  if (finding === 'unchecked') throw new Refusal('INVALID_INPUT', '"finding" must be found, missing or different; an item is unchecked only before.', 'finding');
  if (finding === 'unregistered' && known.registered) throw new Refusal('INVALID_INPUT', 'The register knows this item: record it as found, missing or different.', 'finding');
  if (finding !== 'unregistered' && !known.registered) throw new Refusal('INVALID_INPUT', 'The register does not know this item: it stays "unregistered" until it is resolved.', 'finding');
  const real = differences.filter(({ register, found }) => (register ?? '') !== (found ?? ''));
  if (finding === 'different' && real.length === 0) throw new Refusal('MISSING_FIELD', '"differences" must name at least one field with what was found instead.', 'differences');
  if (finding !== 'different' && real.length > 0) throw new Refusal('INVALID_INPUT', `"differences" are named only with the finding "different", not with "${finding}".`, 'differences');
  return { ...input, differences: real };
}

interface ClosingItem {
  readonly name: string;
  readonly finding: CensusFinding;
  readonly resolution: string | null;
}

export interface CensusLack {
  readonly code: string;
  readonly message: string;
}

/** Why a census may not be closed yet: something is unchecked, or a difference has no change and no correction (CMDB-08). */
export function closingLacks(items: readonly ClosingItem[]): CensusLack[] {
  const unchecked = items.filter(({ finding }) => finding === 'unchecked');
  const open = items.filter(({ finding, resolution }) => needsResolution(finding) && resolution === null);
  return [
    ...(unchecked.length === 0 ? [] : [{ code: 'UNCHECKED', message: `${unchecked.length} of ${items.length} items are unchecked, e.g. ${namesOf(unchecked)}.` }]),
    ...(open.length === 0 ? [] : [{ code: 'DIFFERENCE_OPEN', message: `${open.length} differences have neither a change nor a correction, e.g. ${namesOf(open)}.` }]),
  ];
}

const namesOf = (items: readonly ClosingItem[]): string => items.slice(0, 3).map(({ name }) => name).join(', ');

export interface CensusRhythm {
  readonly censusMonths: number;
  readonly inspectionDays: number;
}

/** When the next one is due after the last of its kind; months keep the day of the month where there is one (CMDB-08). */
export function nextCensusAt(kind: CensusKind, last: Instant, { censusMonths, inspectionDays }: CensusRhythm, timeZone: string): Instant {
  const at = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(timeZone);
  switch (kind) {
    case 'census': return at.add({ months: censusMonths }).epochMilliseconds;
    case 'inspection': return at.add({ days: inspectionDays }).epochMilliseconds;
    default: return assertNever(kind);
  }
}
