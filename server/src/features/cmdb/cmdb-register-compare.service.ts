import { createHash } from 'node:crypto';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { controlledStatuses } from './cmdb-authority.service.ts';
import { checkAttributes, requireClass, requireRelation, type ClassBook } from './cmdb-class.rules.ts';
import { classBook } from './cmdb-class.service.ts';
import { changesOf } from './cmdb-field.rules.ts';
import { differencesOf, patchOf, type RegisterDifference } from './cmdb-register-difference.rules.ts';
import { portDifferences, type KnownPortLine, type PortEnd, type PortRegister } from './cmdb-register-ports.rules.ts';
import type { RegisterImport } from './cmdb-register.entity.ts';
import { SERVER_CLASSES, type RegisterKind } from './cmdb-register.rules.ts';
import { CiEntity, type Ci } from './cmdb.entity.ts';
import { Refusal } from '../../kernel/refusal.ts';

export type Compared = Pick<RegisterImport, 'kind' | 'customerId' | 'rows'>;

/** What the register lacks and a file does not name is listed up to here; nobody retires thousands by a file. */
const MOST_GONE = 1000;

/** What taking over the file would do to the register as it is now. */
export async function compareRegister(database: Database, em: Em, file: Compared): Promise<RegisterDifference[]> {
  const book = await classBook(em);
  const controlled = await controlledStatuses(em, await database.time.read(em));
  if (file.kind === 'ports') return portDifferences(file.rows, await portRegister(em, file, { book, controlled }));
  const keys = file.rows.map(({ cells }) => cells['key'] ?? '');
  const { own, foreign } = await itemsOf(em, file, keys);
  return differencesOf(file.rows, {
    kind: file.kind, known: own, foreign, controlledStatuses: controlled, gone: await goneOf(em, file, keys), classOf: (text) => classKeyOf(book, text),
    check: (before, texts) => checkLine(book, { kind: file.kind, before, texts }),
  });
}

/** One text for one set of differences: what was shown is what is applied. */
export function digestOf(differences: readonly RegisterDifference[]): string {
  return createHash('sha256').update(JSON.stringify(differences)).digest('hex').slice(0, 32);
}

/** Whether the register takes the facts of a line: class, types of attributes, moves of its life. @throws Refusal */
function checkLine(book: ClassBook, { kind, before, texts }: { kind: RegisterKind; before: Ci | null; texts: Readonly<Record<string, string>> }): void {
  const patch = patchOf(kind, texts, before);
  requireClass(book, patch.class);
  if (kind === 'servers' && !SERVER_CLASSES.some((server) => book.withBelow(server).includes(patch.class))) {
    throw new Refusal('INVALID_INPUT', `"class" must be one of ${SERVER_CLASSES.join(', ')} in a server list, got "${patch.class}".`, 'class');
  }
  if (before) changesOf(book, before, patch);
  else checkAttributes(book, patch.class, Object.fromEntries(Object.entries(patch.attributes ?? {}).map(([key, value]) => [key, value ?? ''])));
}

/** The key of a class by its key or its name in either language. */
export function classKeyOf(book: ClassBook, text: string): string {
  const word = text.trim().toLowerCase();
  const found = [...book.classes.values()].find(({ key, name, nameZh }) => [key, name, nameZh].some((one) => one.toLowerCase() === word));
  return found?.key ?? word.replaceAll(/[\s_]+/g, '-');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Items that the file names: those of its scope, and the keys of those that are not. */
async function itemsOf(em: Em, file: Compared, keys: readonly string[]): Promise<{ own: Map<string, Ci>; foreign: Set<string> }> {
  const ids = keys.filter((key) => UUID.test(key));
  const found = await em.find(CiEntity, { $or: [{ externalId: { $in: [...keys] } }, { id: { $in: ids }, externalId: null }] });
  const isOwn = (ci: Ci): boolean => file.customerId === null || ci.customerId === file.customerId;
  const keyed = found.map((ci) => [ci.externalId ?? ci.id, ci] as const);
  return { own: new Map(keyed.filter(([, ci]) => isOwn(ci))), foreign: new Set(keyed.filter(([, ci]) => !isOwn(ci)).map(([key]) => key)) };
}

async function goneOf(em: Em, { kind, customerId }: Compared, keys: readonly string[]): Promise<{ id: string; key: string; name: string }[]> {
  return em.execute(
    `select id, coalesce(external_id, id::text) as key, name from ci
     where life not in ('retired', 'disposed') and (?::uuid is null or customer_id = ?) and (? or class = any(?::text[]))
       and coalesce(external_id, id::text) not in (select jsonb_array_elements_text(?::jsonb)) order by name, id limit ${MOST_GONE}`,
    [customerId, customerId, kind !== 'servers', `{${SERVER_CLASSES.join(',')}}`, JSON.stringify(keys)],
  );
}

/** What the port connection table holds within the file's scope, and the items that it may name. */
export async function portRegister(em: Em, file: Compared, { book, controlled }: { book: ClassBook; controlled: readonly string[] }): Promise<PortRegister> {
  const keys = [...new Set(file.rows.flatMap(({ cells }) => [cells['aKey'] ?? '', cells['bKey'] ?? '']))];
  const { own } = await itemsOf(em, file, keys);
  const lines = await em.execute<(KnownPortLine & { aName: string; bName: string })[]>(
    `select p.id, p.cable, p.a_ci_id as "aCiId", p.a_port as "aPort", p.b_ci_id as "bCiId", p.b_port as "bPort", coalesce(p.cable_type, '') as "cableType", p.status, a.name as "aName", b.name as "bName"
     from port_connection p join ci a on a.id = p.a_ci_id join ci b on b.id = p.b_ci_id
     where ?::uuid is null or (a.customer_id = ? and b.customer_id = ?) order by p.cable, p.id limit 20000`, [file.customerId, file.customerId, file.customerId],
  );
  const names = new Map(lines.flatMap(({ aCiId, aName, bCiId, bName }) => [[aCiId, aName], [bCiId, bName]] as const));
  const endOf = ({ id, name, class: ciClass, life }: Ci): PortEnd => ({ id, name, class: ciClass, controlled: controlled.includes(life) });
  return {
    ends: new Map([...own].map(([key, ci]) => [key, endOf(ci)])), lines, nameOf: (id) => names.get(id) ?? id,
    requireConnection: (sourceClass, targetClass) => void requireRelation(book, { type: 'connected_to', sourceClass, targetClass }),
  };
}
