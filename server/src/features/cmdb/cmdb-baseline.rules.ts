import { differencesBetween, type CiState, type FieldDifference } from './cmdb-state.rules.ts';

/** A relation that starts from an item of a baseline. */
export interface BaselineRelation {
  readonly type: string;
  readonly targetId: string;
}

/** An item as one side of a comparison has it. */
export interface ComparedItem {
  readonly ci: CiState;
  readonly relations: readonly BaselineRelation[];
}

export interface BaselineDifference {
  readonly ciId: string;
  readonly name: string;
  readonly class: string;
  /** `added`: only on the later side. */
  readonly kind: 'added' | 'removed' | 'changed';
  readonly fields: readonly FieldDifference[];
  readonly relationsAdded: readonly BaselineRelation[];
  readonly relationsEnded: readonly BaselineRelation[];
}

/** What became of the items of a baseline, by name (CMDB-05). */
export function compareItems(earlier: ReadonlyMap<string, ComparedItem>, later: ReadonlyMap<string, ComparedItem>): BaselineDifference[] {
  const ids = [...new Set([...earlier.keys(), ...later.keys()])];
  return ids.flatMap((ciId): BaselineDifference[] => {
    const was = earlier.get(ciId);
    const is = later.get(ciId);
    const facts = (is ?? was)?.ci;
    if (!facts) return [];
    const head = { ciId, name: facts.name, class: facts.class };
    if (!was) return [{ ...head, kind: 'added', fields: [], relationsAdded: is?.relations ?? [], relationsEnded: [] }];
    if (!is) return [{ ...head, kind: 'removed', fields: [], relationsAdded: [], relationsEnded: was.relations }];
    const fields = differencesBetween(was.ci, is.ci);
    const relationsAdded = is.relations.filter((one) => !was.relations.some((other) => sameRelation(one, other)));
    const relationsEnded = was.relations.filter((one) => !is.relations.some((other) => sameRelation(one, other)));
    if (fields.length + relationsAdded.length + relationsEnded.length === 0) return [];
    return [{ ...head, kind: 'changed', fields, relationsAdded, relationsEnded }];
  }).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.ciId < b.ciId ? -1 : 1));
}

const sameRelation = (a: BaselineRelation, b: BaselineRelation): boolean => a.type === b.type && a.targetId === b.targetId;

/** One alteration that would bring an item back to its baseline. */
export interface RestoreStep {
  readonly ciId: string;
  readonly name: string;
  readonly class: string;
  /** Needs a change or an exception (CMDB-06). */
  readonly controlled: boolean;
  readonly expectedVersion: number;
  readonly fields: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  readonly relate: readonly BaselineRelation[];
  readonly end: readonly BaselineRelation[];
}

/** The alterations that lead back, in an order in which relations to end come with their item; what was only added since stays. */
export function planRestore(differences: readonly BaselineDifference[], now: ReadonlyMap<string, ComparedItem>, controlledStatuses: readonly string[]): RestoreStep[] {
  return differences.flatMap(({ ciId, kind, fields, relationsAdded, relationsEnded, ...head }): RestoreStep[] => {
    const ci = now.get(ciId)?.ci;
    if (!ci || kind !== 'changed') return [];
    return [{
      ciId, name: head.name, class: head.class, controlled: controlledStatuses.includes(ci.life), expectedVersion: ci.version,
      // The status word follows the life; which of them to set is the life.
      fields: fields.filter(({ field }) => field !== 'status').map(({ field, before, after }) => ({ field, from: after, to: before })),
      relate: relationsEnded, end: relationsAdded,
    }];
  });
}
