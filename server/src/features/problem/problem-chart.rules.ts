import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';
import { CAUSE_METHODS, type CauseMethod } from './problem-states.rules.ts';

const text = z.string().trim().min(1).max(300);
const longText = z.string().trim().max(2000);
/** What was found out about a supposed cause. */
export const VERDICTS = ['open', 'ruled-out', 'contributing', 'root'] as const;
const verdict = z.enum(VERDICTS).default('open');
const subCause = z.object({ text, evidence: longText.default(''), verdict }).strict();
const cause = z.object({ text, evidence: longText.default(''), verdict, causes: z.array(subCause).max(8).default([]) }).strict();

/** Bones: categories → causes → sub-causes, each with its evidence and verdict. */
const fishbone = z.object({
  effect: text,
  categories: z.array(z.object({ name: text, causes: z.array(cause).max(8) }).strict()).min(1).max(8),
}).strict();

/** A chain from what was seen to the cause: each answer is what the next "why?" is asked of. */
const fiveWhys = z.object({ effect: text, whys: z.array(z.object({ because: text, evidence: longText.default('') }).strict()).min(2).max(7) }).strict();

export const PARETO_DIMENSIONS = ['ci', 'cause', 'category', 'symptom', 'month'] as const;
/** The figures are the system's: only what they are grouped by and what was read from them comes from the person. */
const pareto = z.object({ by: z.enum(PARETO_DIMENSIONS), conclusion: text }).strict();

const SHAPES = { fishbone, 'five-whys': fiveWhys, pareto } as const satisfies Record<CauseMethod, z.ZodType>;

export type Fishbone = z.infer<typeof fishbone>;
export type FiveWhys = z.infer<typeof fiveWhys>;
export type ParetoRequest = z.infer<typeof pareto>;
export type ParetoDimension = (typeof PARETO_DIMENSIONS)[number];

export function isCauseMethod(method: string): method is CauseMethod {
  return CAUSE_METHODS.some((one) => one === method);
}

/** Checks a drawing; the refusal names the place that is off (PRB-02). */
export function parseChart<Method extends CauseMethod>(method: Method, body: unknown): z.infer<(typeof SHAPES)[Method]> {
  const result = SHAPES[method].safeParse(body);
  if (result.success) return result.data as z.infer<(typeof SHAPES)[Method]>;
  const issue = result.error.issues[0];
  const path = ['body', ...(issue?.path ?? [])].join('.');
  throw new Refusal('INVALID_INPUT', `The ${method} cannot be drawn: ${issue?.message ?? 'not understood'} at "${path}".`, path);
}

/** The cause that a drawing arrived at: the last "because", or the one cause whose verdict is "root". Null while it is open. */
export function causeOf(method: CauseMethod, body: Fishbone | FiveWhys | ParetoRequest): string | null {
  switch (method) {
    case 'five-whys': return 'whys' in body ? body.whys.at(-1)?.because ?? null : null;
    case 'fishbone': return 'categories' in body ? rootOf(body) : null;
    case 'pareto': return 'conclusion' in body ? body.conclusion : null;
  }
}

function rootOf({ categories }: Fishbone): string | null {
  const all = categories.flatMap(({ causes }) => causes.flatMap((one) => [...one.causes, one]));
  return all.find((one) => one.verdict === 'root')?.text ?? null;
}

/** One bar of a Pareto chart: how many of the incidents, and the share of all up to and with this bar. */
export interface ParetoBar {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly cumulativePercent: number;
}

/** Most frequent first, ties in the order of their labels; shares with one decimal. */
export function paretoBars(groups: readonly { readonly value: string; readonly label: string; readonly count: number }[]): ParetoBar[] {
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const sorted = groups.toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  let sum = 0;
  return sorted.map((group) => {
    sum += group.count;
    return { ...group, cumulativePercent: Math.round((sum / total) * 1000) / 10 };
  });
}
