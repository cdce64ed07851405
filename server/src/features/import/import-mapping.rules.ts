import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';
import { LEVELS } from '../service-level/service-level.rules.ts';
import { INCIDENT_COLUMNS } from './import-csv.rules.ts';

const words = z.record(z.string(), z.string());
const target = z.object({
  state: z.enum(['awaiting-assignment', 'in-progress', 'suspended', 'awaiting-feedback', 'closed']),
  /** Reason of the suspension, a key of the suspension policy. */
  suspension: z.string().optional(),
}).strict();
const customer = z.object({
  column: z.enum(INCIDENT_COLUMNS), values: words, default: z.string().optional(),
}).strict();

/** What a source's words mean here (D-52), and whose incidents they are (D-26). One JSON file a source, in `server/data/mappings`. */
const SHAPE = z.object({
  states: z.record(z.string(), target),
  levels: z.record(z.string(), z.enum(LEVELS)),
  channels: words, defaultChannel: z.string(),
  category: z.string(),
  /** By the file's category, then by its channel; else the default. */
  technicalClasses: words, defaultTechnicalClass: z.string(),
  closureCodes: words, defaultClosureCode: z.string(),
  causeClasses: words, defaultCauseClass: z.string(),
  /** The file's group to the key of a team; a group that is not named becomes a second-line team of its own. */
  teams: words,
  customers: customer.optional(),
}).strict();

export type IncidentMapping = z.infer<typeof SHAPE>;

/** Checks a mapping; `over` is laid on the table kept for the source, word lists are merged. */
export function readMapping(base: unknown, over: unknown = {}): IncidentMapping {
  const merged = isRecord(base) && isRecord(over) ? merge(base, over) : base;
  const result = SHAPE.safeParse(merged);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal('INVALID_INPUT', `The mapping is not right at "${issue?.path.join('.')}": ${issue?.message}.`, `mapping.${issue?.path.join('.')}`);
}

function merge(base: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) && key !== 'customers' ? { ...before, ...value } : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Key of the team that a group of the file becomes: "Group 56" → "group-56". */
export function teamKeyOf(group: string, mapping: IncidentMapping): string {
  return mapping.teams[group] ?? slug(group);
}

/** Letters, digits and hyphens; what has none of them gets a number made of its characters. */
export function slug(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);
  return plain === '' ? `x${[...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_000_007, 7)}` : plain;
}
