/** A message that stands for itself: nothing in it has a meaning in ICU. It is neither parsed nor carried parsed. */
export function isPlainMessage(message: unknown): message is string {
  return typeof message === 'string' && !/[{}<>'#]/.test(message);
}
