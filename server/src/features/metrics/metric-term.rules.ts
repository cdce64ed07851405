/** A label in both languages. */
export interface Term {
  readonly zh: string;
  readonly en: string;
}

export const term = (zh: string, en: string): Term => ({ zh, en });
