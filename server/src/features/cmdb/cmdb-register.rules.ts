import { Refusal } from '../../kernel/refusal.ts';

/** One line of a register's file: its cells by column key, as they were read. */
export interface RegisterRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export const REGISTER_KINDS = ['ci', 'servers', 'ports'] as const;
export type RegisterKind = (typeof REGISTER_KINDS)[number];

/** A column of a register: a fact of the item itself, or one of its attributes (`attribute`). */
export interface RegisterColumn {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly required?: boolean;
  readonly attribute?: boolean;
  /** Shown in a file, never taken over from one. */
  readonly shownOnly?: boolean;
}

const column = (key: string, zh: string, en: string): RegisterColumn => ({ key, zh, en });
const required = (key: string, zh: string, en: string): RegisterColumn => ({ key, zh, en, required: true });
const shown = (key: string, zh: string, en: string): RegisterColumn => ({ key, zh, en, shownOnly: true });
const attribute = (key: string, zh: string, en: string): RegisterColumn => ({ key, zh, en, attribute: true });

const KEY = required('key', '编号', 'Number');
const CLASS = required('class', '类别', 'Class');
const NAME = required('name', '名称', 'Name');
const LIFE = column('life', '状态', 'Status');

/** 系统CI信息登记表, 服务器清单, 端口连接表 (CMDB-07). The first line of a file names columns by key, or in Chinese or English. */
export const REGISTER_COLUMNS: Readonly<Record<RegisterKind, readonly RegisterColumn[]>> = {
  ci: [
    KEY, CLASS, NAME, LIFE,
    column('productVersion', '版本', 'Version'), column('model', '型号', 'Model'), column('specification', '规格', 'Specification'),
    column('supplier', '供应商', 'Supplier'), column('supplierContact', '供应商联系人', 'Supplier contact'), column('supplierPhone', '供应商电话', 'Supplier phone'),
    column('serial', '序列号', 'Serial number'), column('systemSerial', '系统序列号', 'System serial number'), column('contractNumber', '采购合同号', 'Purchase contract no.'),
    column('warrantyEndsOn', '质保到期', 'Warranty end'), column('assetLabel', '资产标签', 'Asset label'), column('ownerName', '所有者', 'Owner'), column('userName', '使用人', 'User'),
    column('site', '站点', 'Site'), column('location', '位置', 'Location'), column('addresses', '地址', 'Addresses'), column('responsible', '责任人', 'Responsible'),
    column('accessories', '附件', 'Accessories'), shown('seal', '封条', 'Seal'), column('attributes', '其他属性', 'Attributes'),
  ],
  servers: [
    KEY, CLASS, NAME, LIFE, column('model', '型号', 'Model'), column('serial', '序列号', 'Serial number'), column('assetLabel', '资产标签', 'Asset label'),
    attribute('ip_address', 'IP地址', 'IP address'), attribute('operating_system', '操作系统', 'Operating system'), attribute('cpu_cores', 'CPU核数', 'CPU cores'),
    attribute('memory_gb', '内存(GB)', 'Memory (GB)'), attribute('disk_gb', '磁盘(GB)', 'Disk (GB)'),
    column('ownerName', '所有者', 'Owner'), column('responsible', '责任人', 'Responsible'), column('site', '站点', 'Site'), column('location', '位置', 'Location'),
  ],
  ports: [
    required('cable', '线缆', 'Cable'), required('aKey', 'A端编号', 'A number'), shown('aName', 'A端名称', 'A name'), required('aPort', 'A端端口', 'A port'),
    required('bKey', 'B端编号', 'B number'), shown('bName', 'B端名称', 'B name'), required('bPort', 'B端端口', 'B port'),
    column('cableType', '线缆类型', 'Cable type'), column('status', '状态', 'Status'),
  ],
};

/** Classes of the server list 服务器清单. */
export const SERVER_CLASSES: readonly string[] = ['server', 'virtual-machine'];

/** A file is taken over in one transaction, which holds its items: that bounds its lines. */
export const REGISTER_LIMITS = { bytes: 10 * 1024 * 1024, rows: 5_000, cell: 2000 } as const;

export interface ReadRegister {
  readonly rows: readonly RegisterRow[];
  /** Keys of the columns that the file has: what it has no column for is left as it is. */
  readonly columns: readonly string[];
}

/** A table of texts as a register. @throws Refusal naming missing, unknown or doubled columns and the limits */
export function readRegister(kind: RegisterKind, table: readonly (readonly string[])[]): ReadRegister {
  const [head, ...lines] = table;
  if (head === undefined || head.every((cell) => cell.trim() === '')) throw new Refusal('INVALID_INPUT', 'The file is empty: its first line must name the columns.', 'file');
  const keys = head.map((title) => keyOf(kind, title));
  const unknown = head.filter((title, index) => keys[index] === null && title.trim() !== '');
  const known = REGISTER_COLUMNS[kind];
  if (unknown.length > 0) throw new Refusal('INVALID_INPUT', `Unknown columns: ${unknown.slice(0, 5).join(', ')}. There are: ${known.map(({ zh, en }) => `${zh}/${en}`).join(', ')}.`, 'file');
  const missing = known.filter(({ key, required: must }) => must && !keys.includes(key));
  if (missing.length > 0) throw new Refusal('MISSING_FIELD', `The file lacks the columns ${missing.map(({ zh, en }) => `${zh}/${en}`).join(', ')}.`, 'file');
  const doubled = keys.find((key, index) => key !== null && keys.indexOf(key) !== index);
  if (doubled) throw new Refusal('INVALID_INPUT', `The column "${doubled}" is there twice.`, 'file');
  if (lines.length > REGISTER_LIMITS.rows) throw new Refusal('TOO_LARGE', `A file may have ${REGISTER_LIMITS.rows} lines, got ${lines.length}.`, 'file');
  const rows = lines.map((cells, index): RegisterRow => ({ line: index + 2, cells: cellsOf(keys, cells) }));
  return { rows: rows.filter(({ cells }) => Object.values(cells).some((cell) => cell !== '')), columns: keys.filter((key) => key !== null) };
}

function keyOf(kind: RegisterKind, title: string): string | null {
  const word = title.trim().toLowerCase();
  return REGISTER_COLUMNS[kind].find(({ key, zh, en }) => [key, zh, en].some((name) => name.toLowerCase() === word))?.key ?? null;
}

function cellsOf(keys: readonly (string | null)[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.flatMap((key, index) => (key === null ? [] : [[key, (cells[index] ?? '').trim()] as const])));
}

const LIFE_ZH: Readonly<Record<string, string>> = { ordered: '已订购', 'in-stock': '库存', 'in-use': '在用', 'in-repair': '维修', retired: '退役', disposed: '报废' };
const SEAL_ZH: Readonly<Record<string, string>> = { none: '无', intact: '完好', broken: '破损' };

/** A stage of life or a seal as a Chinese file shows it. */
export function wordZh(key: 'life' | 'seal', value: string): string {
  return (key === 'life' ? LIFE_ZH : SEAL_ZH)[value] ?? value;
}

/** The word of a file as the register keeps it; a word that nobody knows stays, to be refused with its value. */
export function wordOf(key: 'life' | 'seal', text: string): string {
  const words = Object.entries(key === 'life' ? LIFE_ZH : SEAL_ZH);
  return words.find(([, zh]) => zh === text)?.[0] ?? text.toLowerCase().replaceAll(/[\s_]+/g, '-');
}

/** Lists and attributes stand in one cell each: "a; b" and "role=Router; platform=IOS". */
export const listText = (values: readonly string[]): string => values.join('; ');
export const readList = (text: string): string[] => text.split(/[;；]/).map((part) => part.trim()).filter((part) => part !== '');

export function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value.replaceAll(/[\\;=]/g, '\\$&')}`).join('; ');
}

/** @throws Refusal INVALID_INPUT */
export function readAttributes(text: string): Record<string, string> {
  const parts = text.split(/(?<!\\)[;；]/).map((part) => part.trim()).filter((part) => part !== '');
  return Object.fromEntries(parts.map((part) => {
    const at = part.indexOf('=');
    if (at < 1) throw new Refusal('INVALID_INPUT', `"attributes" must be "key=value; key=value", got "${part.slice(0, 60)}".`, 'attributes');
    return [part.slice(0, at).trim(), part.slice(at + 1).trim().replaceAll(/\\([\\;=])/g, '$1')];
  }));
}

/** A spreadsheet must not run what a cell says: such a text is written behind an apostrophe, and read without it. */
export const defused = (cell: string): string => (/^[=+\-@\t\r']/.test(cell) ? `'${cell}` : cell);
export const undefused = (cell: string): string => (/^'[=+\-@\t\r']/.test(cell) ? cell.slice(1) : cell);
