/** A PostgreSQL array literal, for `= any(?::uuid[])`: the ORM would spread a JavaScript array into a list. */
export function textArray(values: Iterable<string>): string {
  return `{${[...values].map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
