import { Refusal } from './refusal.ts';

/** What may still need a record that is to go. */
export const USE_KINDS = ['ticket', 'handoff', 'shift', 'service', 'agreement', 'ci'] as const;
export type UseKind = (typeof USE_KINDS)[number];

/** How many of one kind still need a record, and the first few by number or name. */
export interface Use {
  readonly kind: UseKind;
  readonly count: number;
  readonly names: readonly string[];
}

/** So many are named; the rest is a number. */
export const NAMED_USES = 5;

const WORDS: Readonly<Record<UseKind, readonly [one: string, many: string]>> = {
  ticket: ['open record', 'open records'], handoff: ['waiting handoff', 'waiting handoffs'], shift: ['shift on the roster', 'shifts on the roster'],
  service: ['service', 'services'], agreement: ['agreement', 'agreements'], ci: ['configuration item', 'configuration items'],
};

/** What a service rests on does not need the service: it is told, and holds nothing back. */
export const holdsBack = ({ kind }: Use): boolean => kind !== 'ci';

/** Refuses to let a record go that something still needs, with how much of what (WBD-11). */
export function requireUnused(name: string, uses: readonly Use[], remedy: string): void {
  const needed = uses.filter(holdsBack);
  if (needed.length === 0) return;
  throw new Refusal('MOVE_NOT_ALLOWED', `"${name}" is still used by ${needed.map(told).join(', ')}: ${remedy}.`, 'active', { uses: needed });
}

function told({ kind, count, names }: Use): string {
  return `${count} ${WORDS[kind][count === 1 ? 0 : 1]} (${names.join(', ')}${count > names.length ? ', …' : ''})`;
}
