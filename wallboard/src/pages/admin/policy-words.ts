export interface Word {
  readonly path: string;
  readonly spec: string;
  readonly zh: string;
  readonly en: string;
  readonly unit: string | null;
  readonly choices: string | null;
  readonly meaningZh: string | null;
  readonly meaningEn: string | null;
}

/** The word of a value: `*` stands for any one part, the first that fits is used; a path in a shared tail ("*.key") fits at any depth. */
export function wordOf(words: readonly Word[], path: readonly string[]): Word | null {
  return words.find((word) => fits(word.path === '' ? [] : word.path.split('.'), path)) ?? null;
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, last] = pattern;
  if (pattern.length === 2 && first === '*' && path.length >= 2) return path.at(-1) === last;
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index]);
}
