import { slug } from './import-mapping.rules.ts';
import type { ImportReject, ImportRejectCode } from './import-csv.rules.ts';

export const CI_COLUMNS = [
  'ci_id', 'class', 'name', 'status', 'manufacturer', 'model', 'serial', 'asset_tag', 'role', 'platform', 'site', 'location', 'tenant', 'ip_address', 'position',
] as const;
export type CiColumn = (typeof CI_COLUMNS)[number];
export const RELATION_COLUMNS = ['source', 'type', 'target'] as const;
export type RelationColumn = (typeof RELATION_COLUMNS)[number];
export const CONNECTION_COLUMNS = ['cable', 'a_ci', 'a_port', 'b_ci', 'b_port', 'cable_type', 'status'] as const;
export type ConnectionColumn = (typeof CONNECTION_COLUMNS)[number];

/** A configuration item as a register describes it; `externalId` is its key there. */
export interface CiFacts {
  readonly externalId: string;
  readonly class: string;
  readonly name: string;
  readonly status: string;
  readonly ownerName: string | null;
  readonly site: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly assetLabel: string | null;
  readonly location: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface RelationFacts {
  readonly source: string;
  readonly type: string;
  readonly target: string;
}

interface Line<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

/** Words of other registers for our classes; every other class goes by its own name. */
const CLASS_OF_WORD: Readonly<Record<string, string>> = { vm: 'virtual-machine', switch: 'network-device', router: 'network-device', firewall: 'network-device', licence: 'software-licence', license: 'software-licence' };

/** What a line says of a CI, or why it cannot be taken over. `seen` holds the ids of the lines before, `classes` those that an item may be of. */
export function readCi({ line, cells }: Line<CiColumn>, seen: Set<string>, classes: readonly string[]): CiFacts | ImportReject {
  const externalId = cells.ci_id.trim();
  const no = reject(line, externalId);
  if (externalId === '') return no('ID_MISSING', 'The line names no CI: "ci_id" is empty.');
  const kind = CLASS_OF_WORD[slug(cells.class)] ?? slug(cells.class);
  if (!classes.includes(kind)) return no('CLASS_UNKNOWN', `"class" must be one of ${classes.join(', ')}, got "${cells.class}".`);
  if (cells.name.trim() === '') return no('NAME_MISSING', `The CI ${externalId} has no name.`);
  const long = CI_COLUMNS.find((column) => cells[column].length > 300);
  if (long) return no('TEXT_TOO_LONG', `"${long}" may have 300 characters, got ${cells[long].length}.`);
  if (seen.has(externalId)) return no('ROW_DOUBLED', `There is a line of ${externalId} already.`);
  seen.add(externalId);
  const others = ['manufacturer', 'role', 'platform', 'ip_address', 'position'] as const;
  const attributes = Object.fromEntries(others.flatMap((column) => (cells[column].trim() === '' ? [] : [[column, cells[column].trim()] as const])));
  return {
    externalId, class: kind, name: cells.name.trim(), status: cells.status.trim() || 'unknown', ownerName: cells.tenant.trim() || null, site: cells.site.trim() || null,
    model: cells.model.trim() || null, serial: cells.serial.trim() || null, assetLabel: cells.asset_tag.trim() || null, location: cells.location.trim() || null, attributes,
  };
}

/** The CIs that are there, with their class, and what forbids a relation between two classes: null when it may be (CMDB-03). */
export interface KnownCis {
  readonly classes: ReadonlyMap<string, string>;
  forbids(type: string, sourceClass: string, targetClass: string): string | null;
}

/** What a line says of a relation; both ends must be known CIs, of classes that may have it. */
export function readRelation({ line, cells }: Line<RelationColumn>, known: KnownCis, seen: Set<string>): RelationFacts | ImportReject {
  const relation = { source: cells.source.trim(), type: cells.type.trim(), target: cells.target.trim() };
  const no = reject(line, relation.source);
  if (!/^[a-z][a-z0-9_-]{0,39}$/.test(relation.type)) return no('TYPE_UNKNOWN', `"type" must be a word such as located_in, got "${relation.type}".`);
  for (const end of [relation.source, relation.target]) {
    if (!known.classes.has(end)) return no('CI_UNKNOWN', `There is no CI "${end}"; import the CIs first.`);
  }
  if (relation.source === relation.target) return no('SELF_RELATION', `${relation.source} cannot be ${relation.type} itself.`);
  const why = known.forbids(relation.type, known.classes.get(relation.source) ?? '', known.classes.get(relation.target) ?? '');
  if (why !== null) return no('RELATION_FORBIDDEN', why);
  const key = `${relation.source} ${relation.type} ${relation.target}`;
  if (seen.has(key)) return no('ROW_DOUBLED', `There is a line ${key} already.`);
  seen.add(key);
  return relation;
}

/** A cable between two ports: a line of the port connection table, and the relation connected_to. */
export interface ConnectionFacts extends RelationFacts {
  readonly cable: string;
  readonly sourcePort: string;
  readonly targetPort: string;
  readonly cableType: string | null;
  readonly status: string;
}

export function readConnection({ line, cells }: Line<ConnectionColumn>, known: KnownCis, seen: Set<string>): ConnectionFacts | ImportReject {
  const read = readRelation({ line, cells: { source: cells.a_ci, type: 'connected_to', target: cells.b_ci } }, known, new Set());
  if ('code' in read) return read;
  if (seen.has(cells.cable)) return reject(line, cells.cable)('ROW_DOUBLED', `There is a line of ${cells.cable} already.`);
  seen.add(cells.cable);
  return {
    ...read, cable: cells.cable.trim(), sourcePort: cells.a_port.trim(), targetPort: cells.b_port.trim(),
    cableType: cells.cable_type.trim() || null, status: cells.status.trim() || 'unknown',
  };
}

function reject(line: number, number: string): (code: ImportRejectCode, reason: string) => ImportReject {
  return (code, reason) => ({ line, number: number === '' ? null : number, code, reason });
}
