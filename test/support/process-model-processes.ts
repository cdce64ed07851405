import { CHANGE_ACTIONS, CHANGE_PROCESS } from '../../server/src/features/change/change-actions.rules.ts';
import { CHANGE_KIND } from '../../server/src/features/change/change-case.service.ts';
import { INCIDENT_ACTIONS, lacksOf as incidentLacks } from '../../server/src/features/incident/incident-actions.rules.ts';
import { readCase } from '../../server/src/features/incident/incident-available.service.ts';
import { articleCase } from '../../server/src/features/knowledge/knowledge-case.service.ts';
import { ARTICLE_ACTIONS, lacksOf as articleLacks } from '../../server/src/features/knowledge/knowledge-states.rules.ts';
import { KnowledgeArticleEntity } from '../../server/src/features/knowledge/knowledge.entity.ts';
import { PROBLEM_ACTIONS, PROBLEM_PROCESS } from '../../server/src/features/problem/problem-actions.rules.ts';
import { PROBLEM_KIND } from '../../server/src/features/problem/problem-case.service.ts';
import { RELEASE_ACTIONS, RELEASE_PROCESS } from '../../server/src/features/release/release-actions.rules.ts';
import { RELEASE_KIND } from '../../server/src/features/release/release-record.service.ts';
import { lacksOf } from '../../server/src/features/ticket/ticket-action.rules.ts';
import type { RecordCase } from '../../server/src/features/ticket/ticket-record.rules.ts';
import { recordContext, type RecordKind as Kind } from '../../server/src/features/ticket/ticket-record.service.ts';
import { TicketEntity } from '../../server/src/features/ticket/ticket.entity.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import type { Change } from '../../server/src/platform/db/database.ts';
import type { Aim, Commands } from './process-model-aim.ts';
import { CHANGE_COMMANDS } from './process-model-change.ts';
import { INCIDENT_COMMANDS } from './process-model-incident.ts';
import { KNOWLEDGE_COMMANDS } from './process-model-knowledge.ts';
import { PROBLEM_COMMANDS } from './process-model-problem.ts';
import { RELEASE_COMMANDS } from './process-model-release.ts';
import type { Draw } from './process-model-draw.ts';
import type { ModelRecord, ProcessWorld, RecordKind } from './process-model-world.ts';

/** A record as somebody has just read it: what may be done by whom, and how it is told. */
export interface Reading {
  readonly actions: readonly string[];
  readonly able: (action: string) => readonly Actor[];
  readonly tell: (action: string, given: Omit<Aim<unknown>, 'kase'>) => Promise<string>;
}

type Read = (world: ProcessWorld, record: ModelRecord, draw: Draw) => Promise<Reading>;

function reading<Action extends string, Case>(world: ProcessWorld, actions: readonly Action[], kase: Case, how: { commands: Commands<Action, Case>; possible: (action: Action, actor: Actor) => boolean; people?: readonly Actor[] }): Reading {
  return {
    actions,
    able: (action) => (how.people ?? world.people).filter((actor) => how.possible(action as Action, actor)),
    tell: (action, given) => how.commands[action as Action]({ ...given, kase }),
  };
}

/** Loads a case as a question does: nothing is locked, nothing is saved. */
async function caseOf<Case extends RecordCase<object>, State extends string, Move extends string, Action extends string>({ database }: ProcessWorld, kind: Kind<Case, State, Move, Action>, id: string): Promise<Case> {
  const { em } = database;
  const ticket = await em.findOneOrFail(TicketEntity, { id });
  const change: Change = { em, actor: SYSTEM('model'), now: () => database.time.read(em), emit: () => undefined };
  return kind.load(change, ticket, await recordContext(database, change, ticket), database);
}

export const READ: Readonly<Record<RecordKind, Read>> = {
  change: async (world, { id }) => {
    const kase = await caseOf(world, CHANGE_KIND, id);
    return reading(world, CHANGE_ACTIONS, kase, { commands: CHANGE_COMMANDS, possible: (action, actor) => lacksOf(CHANGE_PROCESS, action, kase, actor).length === 0 });
  },
  problem: async (world, { id }) => {
    const kase = await caseOf(world, PROBLEM_KIND, id);
    return reading(world, PROBLEM_ACTIONS, kase, { commands: PROBLEM_COMMANDS, possible: (action, actor) => lacksOf(PROBLEM_PROCESS, action, kase, actor).length === 0 });
  },
  release: async (world, { id }) => {
    const kase = await caseOf(world, RELEASE_KIND, id);
    return reading(world, RELEASE_ACTIONS, kase, { commands: RELEASE_COMMANDS, possible: (action, actor) => lacksOf(RELEASE_PROCESS, action, kase, actor).length === 0 });
  },
  incident: async (world, { id }) => {
    const open = await readCase(world.database, SYSTEM('model'), id);
    if (!open) throw new Error(`there is no incident ${id}`);
    const { kase } = open;
    return reading(world, INCIDENT_ACTIONS, kase, { commands: INCIDENT_COMMANDS, possible: (action, actor) => incidentLacks(action, kase, actor).length === 0 });
  },
  knowledge: async (world, { id }, draw) => {
    const { em } = world.database;
    const article = await em.findOneOrFail(KnowledgeArticleEntity, { id });
    // Whether somebody reviews is asked of the database, so one person is looked at, mostly one of those whose work it is.
    const { reviewer, secondReviewer } = world.named;
    const actor = draw.chance(0.6) ? draw.pick([reviewer, secondReviewer, world.desk.people.technicalManager, world.desk.people.engineer]) : draw.pick(world.people);
    const kase = await articleCase(world.database, em, actor, article);
    return reading(world, ARTICLE_ACTIONS, kase, {
      commands: KNOWLEDGE_COMMANDS, people: [actor], possible: (action, one) => articleLacks(action, kase, one).every(({ answerable }) => answerable === true),
    });
  },
};
