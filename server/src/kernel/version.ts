import { Refusal } from './refusal.ts';

/** An update names the version it was based on and is refused when somebody was faster (API-03). */
export function requireVersion(record: { readonly version: number }, expected: number, what: string): void {
  if (record.version === expected) return;
  throw new Refusal(
    'STALE_VERSION',
    `The ${what} is at version ${record.version}, you changed version ${expected}: read it again and repeat the change.`,
    'expectedVersion',
    { currentVersion: record.version },
  );
}
