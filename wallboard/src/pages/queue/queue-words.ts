import { useDeskWords } from '../../app/desk-words.tsx';
import type { QueueMessageKey } from '../../lib/messages/queue/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of the queue; they come with the desk's, since it is the first page of nearly everybody. */
export function useQueueWords(): Translate<QueueMessageKey> {
  return useDeskWords().queue;
}
