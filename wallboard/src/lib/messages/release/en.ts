import type { ReleaseMessageKey } from './zh-CN.ts';

export const releaseEnglish: Readonly<Record<ReleaseMessageKey, string>> = {
  'title': 'Releases',
};
