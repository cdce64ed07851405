import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { AuditHead } from '../features/audit/audit.queries.ts';
import { checkAudit } from '../features/audit/audit.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { withDatabase } from './with-database.ts';

export interface AuditOptions {
  /** A file of heads that were kept elsewhere, one JSON object a line. */
  readonly heads?: string;
  /** When nothing is found, the present head is added to it. */
  readonly keep?: boolean;
}

/** `watchfloor check audit`: whether the trail is as it was written (ORG-05). */
export async function checkAuditTrail({ heads: file, keep = false }: AuditOptions, output: Writable): Promise<boolean> {
  if (keep && file === undefined) throw new Refusal('MISSING_FIELD', '--keep adds to the file of --heads: name one.', 'heads');
  const heads = file === undefined ? [] : readHeads(file, keep);
  const { events, head, findings } = await withDatabase((database) => checkAudit(database, heads));
  const clean = findings.length === 0;
  if (clean && keep && file !== undefined) appendFileSync(file, `${JSON.stringify(head)}\n`);
  output.write(`${JSON.stringify({ events, ...(file === undefined ? {} : { heads: heads.length }), findings })}\n`);
  return clean;
}

function readHeads(file: string, mayBegin: boolean): AuditHead[] {
  if (!existsSync(file)) {
    if (mayBegin) return [];
    throw new Refusal('NOT_FOUND', `There is no file of heads at ${file}. With --keep it is begun.`, 'heads');
  }
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => headOf(line, `${file}, line ${index + 1}`));
}

function headOf(line: string, place: string): AuditHead {
  const read = parsed(line);
  const { at, seq, digest } = read ?? {};
  if (typeof at !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq) || typeof digest !== 'string') {
    throw new Refusal('INVALID_INPUT', `${place} is no head: it must be {"at":"…","seq":n,"digest":"…"}.`, 'heads');
  }
  return { at, seq, digest };
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
