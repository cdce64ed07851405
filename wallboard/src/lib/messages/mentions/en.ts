import type { MentionsMessageKey } from './zh-CN.ts';

export const mentionsEnglish: Readonly<Record<MentionsMessageKey, string>> = {
  'hint': 'Type @ to mention somebody',
  'list': 'People to mention',
  'count': '{count, plural, one {# person} other {# people}}: arrows choose, Enter inserts, Escape closes',
  'contact': 'customer contact',
};
