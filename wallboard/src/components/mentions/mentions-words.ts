import { useAreaWords } from '../../app/area-words.ts';
import { mentionsEnglish } from '../../lib/messages/mentions/en.ts';
import { mentionsChinese, type MentionsMessageKey } from '../../lib/messages/mentions/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts around an @. */
export function useMentionsWords(): Translate<MentionsMessageKey> {
  return useAreaWords({ chinese: mentionsChinese, english: mentionsEnglish });
}
