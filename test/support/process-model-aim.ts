import type { Actor } from '../../server/src/kernel/actor.ts';
import { HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import type { Draw } from './process-model-draw.ts';
import type { ModelRecord, ProcessWorld } from './process-model-world.ts';

/** One command that is about to be given: by whom, on which record, as it stood when they read it. */
export interface Aim<Case> {
  readonly world: ProcessWorld;
  readonly draw: Draw;
  readonly by: Actor;
  readonly record: ModelRecord;
  readonly kase: Case;
  /** Which record, and the version that the command is based on; now and then an old one. */
  readonly at: { readonly id: string; readonly expectedVersion: number };
}

export type Commands<Action extends string, Case> = Readonly<Record<Action, (aim: Aim<Case>) => Promise<string>>>;

/** One of what the case holds; now and then one that is not there. */
export function oneOf<Row>({ draw }: Pick<Aim<unknown>, 'draw'>, rows: readonly Row[], idOf: (row: Row) => string): string {
  return rows.length === 0 || draw.chance(0.03) ? newId() : idOf(draw.pick(rows));
}

/** A window that has begun or begins soon; now and then one that ends before it begins. */
export function windowSoon({ draw, world }: Pick<Aim<unknown>, 'draw' | 'world'>): { windowStartAt: number; windowEndAt: number } {
  const windowStartAt = world.now + draw.whole(-2, 2) * 10 * MINUTE;
  return { windowStartAt, windowEndAt: windowStartAt + (draw.chance(0.02) ? -1 : draw.whole(3, 8)) * HOUR };
}
