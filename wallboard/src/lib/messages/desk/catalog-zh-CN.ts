import { noticesChinese } from '../notices/zh-CN.ts';
import { queueChinese } from '../queue/zh-CN.ts';
import type { DeskCatalog } from './catalog.ts';
import { deskChinese } from './zh-CN.ts';

export const catalogChinese: DeskCatalog = { desk: deskChinese, queue: queueChinese, notices: noticesChinese };
