/** Somebody who could be meant by a name. */
export interface Nameable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const MOST_MENTIONS = 20;

/** The pieces of a text that begin with @: at most twenty, each long enough for any name. */
export function mentionedPieces(text: string): string[] {
  // An address such as li@example.com mentions nobody: the sign begins a word, or follows Chinese, which has no space between words.
  const found = [...text.matchAll(/(?<!(?!\p{Script=Han})[\p{L}\p{N}._%+-])@([^@\n]{1,60})/gu)];
  return found.slice(0, MOST_MENTIONS).map(([, piece = '']) => piece);
}

/**
 * Who is mentioned: the longest name that a piece begins with ("@王海涛请看" means 王海涛; Chinese puts no space after a name),
 * or what stands before the @ of an address. A Latin name must end where it ends. Two people of one name are both meant.
 */
export function mentionedPeople(text: string, candidates: readonly Nameable[]): string[] {
  const ids = mentionedPieces(text).flatMap((piece) => {
    const fits = candidates.flatMap((one) => {
      const length = Math.max(beginsWith(piece, one.name), beginsWith(piece, one.email.split('@')[0] ?? ''));
      return length === 0 ? [] : [{ id: one.id, length }];
    });
    const longest = Math.max(0, ...fits.map(({ length }) => length));
    return fits.filter(({ length }) => length === longest).map(({ id }) => id);
  });
  return [...new Set(ids)];
}

function beginsWith(piece: string, name: string): number {
  if (name === '' || !piece.toLowerCase().startsWith(name.toLowerCase())) return 0;
  const next = piece.slice(name.length, name.length + 1);
  return /[A-Za-z0-9]$/.test(name) && /^[A-Za-z0-9_-]/.test(next) ? 0 : name.length;
}
