import { lookAtChange } from '../../server/src/features/change/change-timers.service.ts';
import { PAPERS_CONSUMER } from '../../server/src/features/change/change-papers.consumer.ts';
import { CONFLICT_CONSUMER, NOTICE_CONSUMER } from '../../server/src/features/change/change-planning.consumer.ts';
import { raise } from '../../server/src/features/change/change-raise.service.ts';
import { CHANGE_PAPERS } from '../../server/src/features/change/change-states.rules.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { fireDueClocks } from '../../server/src/features/incident/incident-timers.service.ts';
import { createArticle } from '../../server/src/features/knowledge/knowledge-draft.service.ts';
import { fallDueForReview } from '../../server/src/features/knowledge/knowledge-review.service.ts';
import { openProblem } from '../../server/src/features/problem/problem-open.service.ts';
import { lookAtProblem, RECURRENCE_CONSUMER } from '../../server/src/features/problem/problem-watch.service.ts';
import { releaseCauses } from '../../server/src/features/release/release.consumer.ts';
import { RELEASE_PAPERS } from '../../server/src/features/release/release-plan.rules.ts';
import { raiseRelease } from '../../server/src/features/release/release-raise.service.ts';
import { attach } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import type { Draw } from './process-model-draw.ts';
import type { ModelRecord, ProcessWorld, RecordKind } from './process-model-world.ts';

interface Raising {
  readonly world: ProcessWorld;
  readonly draw: Draw;
  readonly by: Actor;
  readonly customerId: string;
}

/** How a record of each kind begins, as a person would fill its form in. */
export const RAISE: Readonly<Record<RecordKind, (raising: Raising) => Promise<string>>> = {
  change: ({ world, draw, by, customerId }) => {
    const category = draw.pick(['general', 'general', 'important', 'major', 'emergency', 'emergency']);
    const forTicketId = draw.chance(0.4) ? world.other(draw, ['incident', 'problem'], customerId) : null;
    return raise(world.database, by, {
      customerId, category, title: draw.text('Replace the relay'), description: draw.text('End of life'), type: 'system', forTicketId, ciIds: [world.ci(draw, customerId)], businessSystems: ['Mail'], departments: ['Sales'],
      ownerId: world.named.changeOwner.id, implementerId: draw.chance(0.8) ? world.named.implementer.id : null, software: draw.chance(0.4), submit: draw.chance(0.5),
      recordedAfterwards: category === 'emergency' && forTicketId !== null && draw.chance(0.2) ? 'Done at night' : null,
    });
  },
  incident: ({ world, draw, by, customerId }) => record(world.database, by, {
    customerId, title: draw.text('Mail is down'), description: draw.text('Nobody can send'), channel: 'phone', category: draw.pick(['hotline', 'urgent', 'monitoring']), technicalClass: 'software', source: 'monitor', symptom: 'no mail',
    ciId: world.ci(draw, customerId), level: draw.chance(0.8) ? draw.pick(['LV1', 'LV2', 'LV3', 'LV4']) : null, ...(draw.chance(0.1) ? { recurrenceOfId: world.other(draw, ['incident'], customerId) } : {}),
  }),
  problem: ({ world, draw, by, customerId }) => openProblem(world.database, by, {
    customerId, title: draw.text('Mail again'), description: draw.text('Every week'), class: 'software', severity: 'L2', incidentIds: draw.chance(0.7) ? [world.other(draw, ['incident'], customerId)] : [], ciId: world.ci(draw, customerId),
  }),
  release: ({ world, draw, by, customerId }) => raiseRelease(world.database, by, {
    customerId, title: draw.text('ERP'), version: `4.${draw.whole(1, 99)}`, ciIds: [world.ci(draw, customerId)], ownerId: draw.chance(0.8) ? world.named.releaseOwner.id : null,
    changeIds: draw.chance(0.7) ? [world.other(draw, ['change'], customerId)] : [],
  }),
  knowledge: ({ world, draw, by, customerId }) => createArticle(world.database, by, {
    shortDescription: `Relay ${draw.whole(1, 999_999)}`, symptom: draw.text('No mail leaves'), cause: draw.text('A leak'), solution: draw.text('Restart'), prevention: draw.text('Patch'), source: 'own-experience',
    customerId: draw.chance(0.2) ? customerId : null,
  }),
};

/** One of the papers that its process asks for. */
export function attachPaper({ world, draw, by }: Omit<Raising, 'customerId'>, { id, kind }: ModelRecord): Promise<string> {
  const paper = draw.pick<string>(kind === 'release' ? RELEASE_PAPERS : CHANGE_PAPERS);
  return attach(world.database, by, { ticketId: id, name: `${paper}.pdf`, mediaType: 'application/pdf', content: Buffer.from(paper), paper });
}

const CONSUMERS = [CONFLICT_CONSUMER, NOTICE_CONSUMER, PAPERS_CONSUMER, RECURRENCE_CONSUMER, releaseCauses];

/** What a running server does by itself meanwhile: its timers look at records, its consumers follow the log. */
export async function workBehind(world: ProcessWorld, draw: Draw): Promise<void> {
  const { database } = world;
  if (draw.chance(0.5)) {
    await consumeOnce(database, draw.pick(CONSUMERS));
    return;
  }
  const one = draw.pickOr(world.records.filter(({ open }) => open), null);
  switch (one?.kind) {
    case 'change': return lookAtChange(database, one.id);
    case 'problem': return lookAtProblem(database, one.id);
    case 'incident': return fireDueClocks(database, one.id);
    default: await fallDueForReview(database);
  }
}
