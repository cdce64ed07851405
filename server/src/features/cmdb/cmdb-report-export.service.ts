import type { Actor } from '../../kernel/actor.ts';
import type { DownloadedFile } from '../../kernel/feature.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { writeCsv, writeWorkbook, type Table } from './cmdb-register-file.service.ts';
import type { CiStatusReportContent } from './cmdb-report.rules.ts';
import { issuedReports } from './cmdb-report.service.ts';

/** An issued report as a file (CMDB-10): one table, its parts told apart by the first column. */
export async function exportReport(em: Em, actor: Actor, { id, format, language }: { readonly id: string; readonly format: string; readonly language: string }): Promise<DownloadedFile> {
  if (format !== 'csv' && format !== 'xlsx') throw new Refusal('INVALID_INPUT', `"format" must be csv or xlsx, got "${format.slice(0, 40)}".`, 'format');
  const report = /^[0-9a-f-]{36}$/.test(id) ? (await issuedReports(em, actor, { id, first: 1 }))[0] : undefined;
  if (!report) throw new Refusal('NOT_FOUND', 'There is no such report.', 'id');
  const table = reportTable(report.content, language !== 'en');
  const name = `${report.number} ${report.month}`;
  if (format === 'csv') return { fileName: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(table) };
  return { fileName: `${name}.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: await writeWorkbook(report.number, table) };
}

function reportTable({ figures, alterations, baselines, unauthorised }: CiStatusReportContent, zh: boolean): Table {
  const part = (chinese: string, english: string): string => (zh ? chinese : english);
  return [
    zh ? ['部分', '时间', '配置项', '内容', '依据', '人员'] : ['Part', 'Time', 'CI', 'What', 'Ground', 'Who'],
    ...Object.entries(figures).map(([key, value]) => [part('数字', 'Figure'), '', '', key, String(value), '']),
    ...alterations.map(({ at, ciName, fields, authority, authorisedBy, actorName }) => [part('变动', 'Alteration'), at, ciName, fields.join(', '), authorisedBy ?? authority, actorName]),
    ...baselines.map(({ name, madeAt, items, moved, replaces }) => [part('基线', 'Baseline'), madeAt, name, `${moved}/${items}`, replaces ?? '', '']),
    ...unauthorised.map(({ source, reference, ciName, what, since }) => [part('未授权差异', 'Unauthorised difference'), since, ciName, what, `${source} ${reference}`.trim(), '']),
  ];
}
