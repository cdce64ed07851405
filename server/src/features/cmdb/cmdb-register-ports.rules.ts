import { Refusal } from '../../kernel/refusal.ts';
import type { FieldChange, RegisterDifference } from './cmdb-register-difference.rules.ts';
import { REGISTER_LIMITS, type RegisterRow } from './cmdb-register.rules.ts';

/** An item that a line of the port connection table may name. */
export interface PortEnd {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly controlled: boolean;
}

export interface KnownPortLine {
  readonly id: string;
  readonly cable: string;
  readonly aCiId: string;
  readonly aPort: string;
  readonly bCiId: string;
  readonly bPort: string;
  readonly cableType: string;
  readonly status: string;
}

export interface PortRegister {
  readonly ends: ReadonlyMap<string, PortEnd>;
  readonly lines: readonly KnownPortLine[];
  /** Whether two classes may be connected. @throws Refusal */
  readonly requireConnection: (aClass: string, bClass: string) => void;
  /** Whether an item is controlled, by id: for lines that the file lacks. */
  readonly nameOf: (ciId: string) => string;
}

/** A line of the port connection table between two known items. */
export interface PortLineTexts {
  readonly cable: string;
  readonly a: PortEnd;
  readonly aPort: string;
  readonly b: PortEnd;
  readonly bPort: string;
  readonly cableType: string;
  readonly status: string;
}

/** Both ends of a line, whichever is written first. */
export function portKey(line: { aCiId: string; aPort: string; bCiId: string; bPort: string }): string {
  return [`${line.aCiId} ${line.aPort}`, `${line.bCiId} ${line.bPort}`].toSorted().join(' – ');
}

/** @throws Refusal naming the column */
export function readPortLine({ cells }: RegisterRow, register: PortRegister): PortLineTexts {
  const text = (key: string): string => {
    const cell = cells[key] ?? '';
    if (cell.length > REGISTER_LIMITS.cell) throw new Refusal('TOO_LARGE', `"${key}" may have ${REGISTER_LIMITS.cell} characters, got ${cell.length}.`, key);
    return cell;
  };
  const needed = (key: string): string => {
    if (text(key) === '') throw new Refusal('MISSING_FIELD', `"${key}" must be given.`, key);
    return text(key);
  };
  const endOf = (key: string): PortEnd => {
    const end = register.ends.get(needed(key));
    if (!end) throw new Refusal('NOT_FOUND', `"${key}": there is no item "${text(key)}" in this part of the register.`, key);
    return end;
  };
  const line = { cable: needed('cable'), a: endOf('aKey'), aPort: needed('aPort'), b: endOf('bKey'), bPort: needed('bPort'), cableType: text('cableType'), status: text('status') || 'connected' };
  if (line.a.id === line.b.id) throw new Refusal('INVALID_INPUT', `"${line.a.name}" cannot be connected to itself.`, 'bKey');
  register.requireConnection(line.a.class, line.b.class);
  return line;
}

/** What taking over the file would do, cable by cable (CMDB-07). A cable at a controlled item alters a controlled item (CMDB-06). */
export function portDifferences(rows: readonly RegisterRow[], register: PortRegister): RegisterDifference[] {
  const known = new Map(register.lines.map((line) => [portKey(line), line]));
  const seen = new Set<string>();
  const lines = rows.map((row) => differenceOf(row, { register, known, seen }));
  const gone = [...known].filter(([key]) => !seen.has(key)).map(([, line]): RegisterDifference => ({
    line: null, key: line.cable, name: `${register.nameOf(line.aCiId)} ${line.aPort} – ${register.nameOf(line.bCiId)} ${line.bPort}`, ciId: null, outcome: 'gone', changes: [], reason: null, portId: line.id,
  }));
  return [...lines, ...gone];
}

function differenceOf(row: RegisterRow, { register, known, seen }: { register: PortRegister; known: ReadonlyMap<string, KnownPortLine>; seen: Set<string> }): RegisterDifference {
  const shown = { line: row.line, key: row.cells['cable'] ?? '', name: `${row.cells['aKey'] ?? ''} ${row.cells['aPort'] ?? ''} – ${row.cells['bKey'] ?? ''} ${row.cells['bPort'] ?? ''}`, ciId: null };
  try {
    const line = readPortLine(row, register);
    const key = portKey({ aCiId: line.a.id, aPort: line.aPort, bCiId: line.b.id, bPort: line.bPort });
    if (seen.has(key)) throw new Refusal('NOT_UNIQUE', 'There is a line between these two ports already.', 'aPort');
    seen.add(key);
    const before = known.get(key);
    const changes = changesOf(before, line, row.cells);
    const named = { ...shown, ciId: line.a.id, name: `${line.a.name} ${line.aPort} – ${line.b.name} ${line.bPort}` };
    if (before !== undefined && changes.length === 0) return { ...named, outcome: 'same', changes, reason: null };
    const outcome = line.a.controlled || line.b.controlled ? 'controlled' : before === undefined ? 'new' : 'changed';
    return { ...named, outcome, changes, reason: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...shown, outcome: 'refused', changes: [], reason: error.message };
  }
}

function changesOf(before: KnownPortLine | undefined, line: PortLineTexts, cells: Readonly<Record<string, string>>): FieldChange[] {
  const fields = (['cable', 'cableType', 'status'] as const).filter((field) => cells[field] !== undefined);
  return fields.flatMap((field) => ((before?.[field] ?? '') === line[field] ? [] : [{ field, before: before?.[field] ?? '', after: line[field] }]));
}
