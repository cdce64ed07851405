import type { CmdbMessageKey } from './zh-CN.ts';

export const cmdbEnglish: Readonly<Record<CmdbMessageKey, string>> = {
  'title': 'Configuration',
};
