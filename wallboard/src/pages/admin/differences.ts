export interface Difference {
  /** Parts joined by dots. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two documents, value by value, in the order of the newer one. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const was = valuesOf(before);
  const is = valuesOf(after);
  const paths = [...new Set([...is.keys(), ...was.keys()])];
  return paths.flatMap((path) => (was.get(path) === is.get(path) ? [] : [{ path, before: was.get(path) ?? null, after: is.get(path) ?? null }]));
}

function valuesOf(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) {
    if (path !== '' && value === null) found.set(path, '—');
  } else if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)) found.set(path, value.join(', '));
  else if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) valuesOf(inner, path === '' ? key : `${path}.${key}`, found);
  else found.set(path, String(value));
  return found;
}
