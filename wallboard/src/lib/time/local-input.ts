/** Reads what a `datetime-local` input holds, in the browser's zone, as UTC; undefined when it is empty or no time. */
export function instantOfInput(text: string): string | undefined {
  const at = Date.parse(text);
  return text === '' || Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
