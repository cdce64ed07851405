import type { DeskWords } from '../../app/desk-words.tsx';

/** What an event of the log is called; a type that this page does not know yet is shown as it is. */
export function eventText({ t, knows }: Pick<DeskWords, 't' | 'knows'>, type: string): string {
  const key = `event.${type}`;
  return knows(key) ? t(key) : type;
}
