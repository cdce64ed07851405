/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface Mention {
  /** Where its @ stands. */
  readonly start: number;
  /** What is typed of the name so far. */
  readonly query: string;
}

const LONGEST_QUERY = 30;

/**
 * The mention in which the caret stands; null where there is none. As on the server, the sign begins a word or follows Chinese:
 * li@example.com mentions nobody. An input method may write the sign at full width. Chinese names have no space, Latin ones may have one.
 */
export function mentionAt(text: string, caret: number): Mention | null {
  const found = /(?<!(?!\p{Script=Han})[\p{L}\p{N}._%+-])[@＠]([^@＠\n]*)$/u.exec(text.slice(0, caret));
  const query = found?.[1];
  if (query === undefined || query.length > LONGEST_QUERY || /^\s|\s.*\s/u.test(query) || (/\s/u.test(query) && /\p{Script=Han}/u.test(query))) return null;
  return { start: found?.index ?? 0, query };
}

/** What stands for a person so that the server finds nobody else: the name, or what is before the @ of the address where two have that name. */
export function mentionOf(person: Mentionable, offered: readonly Mentionable[]): string {
  const isShared = offered.some(({ id, name }) => id !== person.id && name.toLowerCase() === person.name.toLowerCase());
  return `@${isShared ? (person.email.split('@')[0] ?? person.name) : person.name} `;
}
