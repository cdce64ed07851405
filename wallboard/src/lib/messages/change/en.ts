import type { ChangeMessageKey } from './zh-CN.ts';

export const changeEnglish: Readonly<Record<ChangeMessageKey, string>> = {
  'title': 'Changes',
};
