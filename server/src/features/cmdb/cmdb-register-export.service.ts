import type { Actor } from '../../kernel/actor.ts';
import type { DownloadedFile } from '../../kernel/feature.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { ClassBook } from './cmdb-class.rules.ts';
import { classBook } from './cmdb-class.service.ts';
import { textsOf } from './cmdb-register-difference.rules.ts';
import { writeCsv, writeWorkbook, type Table } from './cmdb-register-file.service.ts';
import { registerSql, type RegisterFilter } from './cmdb-register.queries.ts';
import { REGISTER_COLUMNS, REGISTER_KINDS, SERVER_CLASSES, wordZh, type RegisterKind } from './cmdb-register.rules.ts';
import { portLines } from './cmdb-topology.queries.ts';
import { CiEntity } from './cmdb.entity.ts';

/** More lines than a spreadsheet is looked at; a larger register is exported by customer or class. */
const MOST_LINES = 50_000;
const TITLES = {
  ci: { 'zh-CN': '系统CI信息登记表', en: 'CI register' }, servers: { 'zh-CN': '服务器清单', en: 'Server list' }, ports: { 'zh-CN': '端口连接表', en: 'Port connection table' },
} as const;

export interface RegisterExport {
  readonly kind: string;
  readonly format: string;
  readonly language: string;
  readonly filter: RegisterFilter;
}

/** A register as CSV or XLSX (CMDB-07): only what the actor may see. What it writes can be read back without a difference. */
export async function exportRegister(em: Em, actor: Actor, { kind: kindWord, format, language, filter }: RegisterExport): Promise<DownloadedFile> {
  const kind = REGISTER_KINDS.find((one) => one === kindWord);
  if (!kind) throw new Refusal('INVALID_INPUT', `"kind" must be one of ${REGISTER_KINDS.join(', ')}, got "${kindWord.slice(0, 40)}".`, 'kind');
  if (format !== 'csv' && format !== 'xlsx') throw new Refusal('INVALID_INPUT', `"format" must be csv or xlsx, got "${format.slice(0, 40)}".`, 'format');
  const chinese = language !== 'en';
  const title = TITLES[kind][chinese ? 'zh-CN' : 'en'];
  const lines = kind === 'ports' ? await portTable(em, actor, filter) : await ciTable(em, actor, { kind, filter, chinese });
  const table: Table = [REGISTER_COLUMNS[kind].map(({ zh, en }) => (chinese ? zh : en)), ...lines];
  if (format === 'csv') return { fileName: `${title}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(table) };
  return { fileName: `${title}.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: await writeWorkbook(title.slice(0, 31), table) };
}

async function ciTable(em: Em, actor: Actor, { kind, filter, chinese }: { kind: RegisterKind; filter: RegisterFilter; chinese: boolean }): Promise<string[][]> {
  const book = await classBook(em);
  const classes = kind === 'servers' ? SERVER_CLASSES.flatMap((server) => book.withBelow(server)) : filter.classes;
  const { sql, values } = registerSql(actor, { ...filter, classes: classes ?? null });
  const ids = await em.execute<{ id: string }[]>(`select id from ci where ${sql} order by coalesce(external_id, id::text), id limit ${MOST_LINES + 1}`, values);
  requireFew(ids.length);
  const cis = new Map((await em.find(CiEntity, { id: { $in: ids.map(({ id }) => id) } })).map((ci) => [ci.id, ci]));
  return ids.flatMap(({ id }) => {
    const ci = cis.get(id);
    if (!ci) return [];
    const texts = textsOf(kind, ci);
    return [REGISTER_COLUMNS[kind].map(({ key }) => shownText(book, { key, text: texts[key] ?? '', chinese }))];
  });
}

/** Words of the register in the reader's language; the importer understands either. */
function shownText(book: ClassBook, { key, text, chinese }: { key: string; text: string; chinese: boolean }): string {
  if (key === 'class') return (chinese ? book.classes.get(text)?.nameZh : text) ?? text;
  if (key === 'life' || key === 'seal') return chinese ? wordZh(key, text) : text;
  return text;
}

async function portTable(em: Em, actor: Actor, { customerIds, site, search }: RegisterFilter): Promise<string[][]> {
  const lines = await portLines(em, actor, { customerId: customerIds?.[0] ?? null, site: site ?? null, search: search ?? null, limit: MOST_LINES + 1, from: ['', ''] });
  requireFew(lines.length);
  const keys = new Map((await em.execute<{ id: string; key: string }[]>(
    'select id, coalesce(external_id, id::text) as key from ci where id in (select a_ci_id from port_connection union select b_ci_id from port_connection)',
  )).map(({ id, key }) => [id, key]));
  return lines.map(({ cable, aId, aName, aPort, bId, bName, bPort, cableType, status }) => [cable, keys.get(aId) ?? aId, aName, aPort, keys.get(bId) ?? bId, bName, bPort, cableType ?? '', status]);
}

function requireFew(lines: number): void {
  if (lines > MOST_LINES) throw new Refusal('TOO_LARGE', `A file may have ${MOST_LINES} lines: narrow it by customer, class or place.`, 'filter');
}
