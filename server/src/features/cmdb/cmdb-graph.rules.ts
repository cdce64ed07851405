import { assert } from '../../kernel/assert.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Propagation } from './cmdb-class.rules.ts';

/** A relation that is or was. */
export interface GraphRelation {
  readonly sourceId: string;
  readonly type: string;
  readonly targetId: string;
  readonly propagation: Propagation;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
}

/** "Needs n of those it has over this type", half-open. */
export interface GraphRedundancy {
  readonly ciId: string;
  readonly type: string;
  readonly required: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
}

const NONE = -1;
const OPEN = Number.POSITIVE_INFINITY;

/**
 * All relations along which failures travel, past ones too, as arcs "who is relied on → who relies on it" in flat arrays: a walk over
 * 100,000 items touches no object and asks no database. Arcs hang in linked lists, so that a new relation is appended in no time.
 */
export class CiGraph {
  readonly ids: string[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly types: string[] = [];
  private readonly typeIndexes = new Map<string, number>();
  private count = 0;
  supplier = new Int32Array(1024);
  dependent = new Int32Array(1024);
  type = new Int16Array(1024);
  from = new Float64Array(1024);
  to = new Float64Array(1024);
  /** Next arc of the same supplier, of the same dependent. */
  nextOfSupplier = new Int32Array(1024);
  nextOfDependent = new Int32Array(1024);
  firstOfSupplier = new Int32Array(1024).fill(NONE);
  firstOfDependent = new Int32Array(1024).fill(NONE);
  redundancies: readonly GraphRedundancy[] = [];

  get nodeCount(): number {
    return this.ids.length;
  }

  get arcCount(): number {
    return this.count;
  }

  indexOf(id: string): number {
    return this.indexes.get(id) ?? NONE;
  }

  typeOf(arc: number): string {
    return this.types[this.type[arc]!]!;
  }

  typeIndex(type: string): number {
    return this.typeIndexes.get(type) ?? NONE;
  }

  /** Adds the arcs of a relation: none, one, or one each way. */
  add(relation: GraphRelation): void {
    const { sourceId, targetId, propagation } = relation;
    if (propagation === 'target-to-source' || propagation === 'both') this.addArc(targetId, sourceId, relation);
    if (propagation === 'source-to-target' || propagation === 'both') this.addArc(sourceId, targetId, relation);
  }

  /** Ends a relation that stood open. */
  end({ sourceId, targetId, type }: GraphRelation, at: Instant): void {
    for (const [supplier, dependent] of [[sourceId, targetId], [targetId, sourceId]] as const) {
      const index = this.indexOf(supplier);
      if (index === NONE) continue;
      for (let arc = this.firstOfSupplier[index]!; arc !== NONE; arc = this.nextOfSupplier[arc]!) {
        if (this.to[arc] === OPEN && this.ids[this.dependent[arc]!] === dependent && this.typeOf(arc) === type) this.to[arc] = at;
      }
    }
  }

  private addArc(supplierId: string, dependentId: string, { type, validFrom, validTo }: GraphRelation): void {
    if (this.count === this.supplier.length) this.growArcs();
    const arc = this.count;
    const supplier = this.node(supplierId);
    const dependent = this.node(dependentId);
    this.supplier[arc] = supplier;
    this.dependent[arc] = dependent;
    this.type[arc] = this.typeNumber(type);
    this.from[arc] = validFrom;
    this.to[arc] = validTo ?? OPEN;
    this.nextOfSupplier[arc] = this.firstOfSupplier[supplier]!;
    this.firstOfSupplier[supplier] = arc;
    this.nextOfDependent[arc] = this.firstOfDependent[dependent]!;
    this.firstOfDependent[dependent] = arc;
    this.count += 1;
  }

  private node(id: string): number {
    const known = this.indexes.get(id);
    if (known !== undefined) return known;
    const index = this.ids.length;
    if (index === this.firstOfSupplier.length) {
      this.firstOfSupplier = longer(this.firstOfSupplier, new Int32Array(index * 2).fill(NONE));
      this.firstOfDependent = longer(this.firstOfDependent, new Int32Array(index * 2).fill(NONE));
    }
    this.ids.push(id);
    this.indexes.set(id, index);
    return index;
  }

  private typeNumber(type: string): number {
    const known = this.typeIndexes.get(type);
    if (known !== undefined) return known;
    assert(this.types.length < 32_767, 'there are fewer than 32,767 types of relations');
    this.types.push(type);
    this.typeIndexes.set(type, this.types.length - 1);
    return this.types.length - 1;
  }

  private growArcs(): void {
    const size = this.count * 2;
    this.supplier = longer(this.supplier, new Int32Array(size));
    this.dependent = longer(this.dependent, new Int32Array(size));
    this.type = longer(this.type, new Int16Array(size));
    this.from = longer(this.from, new Float64Array(size));
    this.to = longer(this.to, new Float64Array(size));
    this.nextOfSupplier = longer(this.nextOfSupplier, new Int32Array(size));
    this.nextOfDependent = longer(this.nextOfDependent, new Int32Array(size));
  }
}

function longer<Numbers extends Int32Array<ArrayBuffer> | Int16Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(old: Numbers, into: Numbers): Numbers {
  into.set(old);
  return into;
}
