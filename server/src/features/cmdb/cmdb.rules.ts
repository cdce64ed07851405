import { Refusal } from '../../kernel/refusal.ts';

/** Where a CI stands in its life (CMDB-02). */
export const CI_LIVES = ['ordered', 'in-stock', 'in-use', 'in-repair', 'retired', 'disposed'] as const;
export type CiLife = (typeof CI_LIVES)[number];

/** CMDB-11: the seal of a device; `none`: it has none. */
export const CI_SEALS = ['none', 'intact', 'broken'] as const;
export type CiSeal = (typeof CI_SEALS)[number];

/** Where it may go next. What is disposed of does not come back; what was ordered may be cancelled. */
export const LIFE_MOVES: Readonly<Record<CiLife, readonly CiLife[]>> = {
  ordered: ['in-stock', 'in-use', 'disposed'],
  'in-stock': ['in-use', 'in-repair', 'retired', 'disposed'],
  'in-use': ['in-stock', 'in-repair', 'retired'],
  'in-repair': ['in-stock', 'in-use', 'retired'],
  retired: ['in-stock', 'disposed'],
  disposed: [],
};

/** @throws Refusal MOVE_NOT_ALLOWED that names where it may go */
export function requireLifeMove(from: CiLife, to: CiLife): void {
  if (from === to || LIFE_MOVES[from].includes(to)) return;
  const allowed = LIFE_MOVES[from];
  throw new Refusal('MOVE_NOT_ALLOWED', `"life" cannot go from ${from} to ${to}; ${allowed.length === 0 ? 'nothing follows it' : `allowed: ${allowed.join(', ')}`}.`, 'life', { from, allowed });
}

/** Words of other registers for the stages of a life. A word that nobody knows means the item is there: in use, and so controlled. */
const LIFE_OF_WORD: Readonly<Record<string, CiLife>> = {
  planned: 'ordered', ordered: 'ordered', staged: 'in-stock', available: 'in-stock', reserved: 'in-stock', inventory: 'in-stock', spare: 'in-stock', stock: 'in-stock', 'in-stock': 'in-stock',
  failed: 'in-repair', repair: 'in-repair', 'in-repair': 'in-repair', decommissioning: 'retired', deprovisioning: 'retired', decommissioned: 'retired', retired: 'retired',
  disposed: 'disposed', scrapped: 'disposed',
  已订购: 'ordered', 库存: 'in-stock', 在库: 'in-stock', 备用: 'in-stock', 在用: 'in-use', 使用中: 'in-use', 维修: 'in-repair', 维修中: 'in-repair', 退役: 'retired', 停用: 'retired', 报废: 'disposed', 已报废: 'disposed',
};

/** The stage of life that another register's status word stands for. */
export function lifeOfWord(word: string): CiLife {
  return LIFE_OF_WORD[word.trim().toLowerCase().replaceAll(/[\s_]+/g, '-')] ?? 'in-use';
}

/** What an alteration rests on (CMDB-06). `register`: nothing but the right to keep the register; enough for what is not controlled. */
export type CiAuthorisation =
  | { readonly kind: 'change'; readonly ticketId: string; readonly number: string; /** The CIs that the change names; absent: it has been checked already. */ readonly ciIds?: readonly string[] }
  | { readonly kind: 'exception'; readonly reason: string }
  | { readonly kind: 'register' };

/** A reason makes it an exception; without one the right to keep the register is all. */
export function exceptionOrRegister(reason: string | null | undefined): CiAuthorisation {
  return reason === null || reason === undefined ? { kind: 'register' } : { kind: 'exception', reason };
}

/** How it is kept with the version that it made. */
export interface CiAuthority {
  readonly kind: 'change' | 'exception' | 'register' | 'import';
  readonly ticketId: string | null;
  readonly number: string | null;
  readonly reason: string | null;
  readonly by: string;
  /** Version of the row that it speaks of: an older one says nothing about a newer row. */
  readonly version: number;
}

export function authorityOf(authorisation: CiAuthorisation, by: string, version: number): CiAuthority {
  switch (authorisation.kind) {
    case 'change': return { kind: 'change', ticketId: authorisation.ticketId, number: authorisation.number, reason: null, by, version };
    case 'exception': return { kind: 'exception', ticketId: null, number: null, reason: authorisation.reason, by, version };
    case 'register': return { kind: 'register', ticketId: null, number: null, reason: null, by, version };
  }
}

export interface ControlledCi {
  readonly id: string;
  readonly name: string;
  readonly life: CiLife;
}

/**
 * CMDB-06: a controlled CI is altered only through a change that names it or a recorded exception.
 * @throws Refusal UNAUTHORISED saying which change or exception would do
 */
export function requireAuthority(ci: ControlledCi, authorisation: CiAuthorisation, controlledStatuses: readonly string[]): void {
  if (authorisation.kind === 'exception' || !controlledStatuses.includes(ci.life)) return;
  if (authorisation.kind === 'change') {
    if (authorisation.ciIds === undefined || authorisation.ciIds.includes(ci.id)) return;
    throw new Refusal('UNAUTHORISED', `${authorisation.number} does not name "${ci.name}" among its configuration items: add it to the change, or give another change that names it.`, 'changeId', { ciId: ci.id, change: authorisation.number });
  }
  throw new Refusal(
    'UNAUTHORISED',
    `"${ci.name}" is controlled (${ci.life}): alter it through a change in implementation that names it, or with "exceptionReason" by someone who holds cmdb.control.`,
    'changeId', { ciId: ci.id, life: ci.life, controlledStatuses },
  );
}
