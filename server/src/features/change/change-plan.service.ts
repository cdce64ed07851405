import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { patch } from '../ticket/ticket-record.rules.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { trimPlan } from './change-approve.rules.ts';
import { commandChange } from './change-case.service.ts';
import { longText, reasonText, requireWord } from './change-checks.service.ts';
import { note } from './change-decision.rules.ts';
import { PLAN_FIELD_NAMES, type PlanField } from './change-missing.rules.ts';
import type { ChangePlan } from './change-paper.entity.ts';
import { ASSESSMENT_PHASES, ASSESSMENT_SECTIONS } from './change-states.rules.ts';

/** Null or left out: as it is; blank: emptied. */
export type PlanInput = RecordCommand & { readonly [Field in PlanField]?: string | null };

const FIELDS = Object.keys(PLAN_FIELD_NAMES).filter(isPlanField);

function isPlanField(word: string): word is PlanField {
  return word in PLAN_FIELD_NAMES;
}

/** CHG-03, CHG-16: writes fields of the change plan 变更方案. */
export function editPlan(database: Database, actor: Actor, input: PlanInput): Promise<string> {
  return commandChange(database, actor, input, 'editChangePlan', ({ kase, context }) => {
    const written: Partial<Record<PlanField, string>> = {};
    for (const field of FIELDS) {
      const text = input[field];
      if (text === null || text === undefined) continue;
      written[field] = text.trim() === '' ? '' : longText(text, field);
    }
    const fields: Partial<ChangePlan> = { ...written, editedBy: actor.name, editedAt: context.now };
    return note(kase, context, { event: 'change.planEdited', after: { fields: Object.keys(written) }, rows: { patches: [patch(kase.plan, fields)] } });
  });
}

export interface TrimInput extends RecordCommand {
  readonly field: string;
  readonly reason: string;
}

export function trim(database: Database, actor: Actor, input: TrimInput): Promise<string> {
  return commandChange(database, actor, input, 'trimChangePlan', ({ kase, context }) => trimPlan(kase, { field: requireWord(input.field, 'field', FIELDS), reason: reasonText(input.reason) }, context));
}

export interface AssessInput extends RecordCommand {
  readonly phase: string;
  readonly sections: readonly { readonly section: string; readonly text: string }[];
}

/** CHG-17: sections of the impact assessment; "after" once it is carried out. A section that is written again is replaced, the trail keeps both. */
export function assess(database: Database, actor: Actor, input: AssessInput): Promise<string> {
  return commandChange(database, actor, input, 'assessChange', ({ kase, context }) => {
    const phase = requireWord(input.phase, 'phase', ASSESSMENT_PHASES);
    if (phase === 'after' && kase.record.implementationEndedAt === null) throw new Refusal('MOVE_NOT_ALLOWED', 'What it did is assessed after it was carried out.', 'phase');
    if (phase === 'before' && kase.record.approvedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', 'It was approved on this assessment; plan it anew to change it.', 'phase');
    if (input.sections.length === 0) throw new Refusal('MISSING_FIELD', `Give at least one of ${ASSESSMENT_SECTIONS.join(', ')}.`, 'sections');
    const sections = input.sections.map(({ section, text }) => ({ section: requireWord(section, 'section', ASSESSMENT_SECTIONS), text: longText(text, `sections.${section}`) }));
    const names = new Set(sections.map(({ section }) => section));
    if (names.size < sections.length) throw new Refusal('NOT_UNIQUE', 'Each section is given once.', 'sections');
    const rowOf = (section: string) => kase.assessments.find((row) => row.phase === phase && row.section === section);
    const by = { recordedAt: context.now, author: actor.name };
    return note(kase, context, {
      event: 'change.assessed', after: { phase, sections: Object.fromEntries(sections.map(({ section, text }) => [section, text])) },
      rows: {
        patches: sections.flatMap(({ section, text }) => { const row = rowOf(section); return row ? [patch(row, { text, ...by })] : []; }),
        add: sections.filter(({ section }) => !rowOf(section)).map(({ section, text }) => ({ table: 'assessment', row: { id: context.newId(), ticketId: kase.ticket.id, phase, section, text, ...by } })),
      },
    });
  });
}

/** CHG-17: asks the owners of the CIs that it changes and that nobody asked yet. */
export function askOwners(database: Database, actor: Actor, command: RecordCommand): Promise<string> {
  return commandChange(database, actor, command, 'askCiOwners', async ({ change: { em }, kase, context }) => {
    const asked = new Set(kase.statements.map(({ ciId }) => ciId));
    const rows = await em.execute<{ id: string; ownerName: string | null }[]>(
      `select c.id, c.owner_name as "ownerName" from ticket_ci l join ci c on c.id = l.ci_id where l.ticket_id = ? order by c.name, c.id limit 500`, [kase.ticket.id],
    );
    const fresh = rows.filter(({ id }) => !asked.has(id));
    if (fresh.length === 0) throw new Refusal('ALREADY_DONE', 'The owners of all its CIs have been asked.', 'statements');
    return note(kase, context, {
      event: 'change.ownersAsked', after: { cis: fresh },
      rows: {
        add: fresh.map(({ id: ciId, ownerName }) => ({
          table: 'statement',
          row: { id: context.newId(), ticketId: kase.ticket.id, ciId, ownerName, requestedAt: context.now, requestedBy: actor.name, agrees: null, text: null, statedAt: null, statedBy: null },
        })),
      },
    });
  });
}

export interface StateInput extends RecordCommand {
  readonly ciId: string;
  readonly agrees: boolean;
  readonly text: string;
}

/** CHG-17: what the owner of a CI says. */
export function stateOn(database: Database, actor: Actor, input: StateInput): Promise<string> {
  return commandChange(database, actor, input, 'stateOnChange', ({ kase, context }) => {
    const statement = kase.statements.find(({ ciId }) => ciId === input.ciId);
    if (!statement) throw new Refusal('NOT_FOUND', 'Nobody was asked about that CI for this change.', 'ciId');
    const said = { agrees: input.agrees, text: reasonText(input.text, 'text'), statedAt: context.now, statedBy: actor.name };
    return note(kase, context, { event: 'change.ownerStated', after: { ciId: input.ciId, agrees: said.agrees, text: said.text }, rows: { patches: [patch(statement, said)] } });
  });
}
