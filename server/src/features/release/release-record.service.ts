import { assert } from '../../kernel/assert.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { RecordKind } from '../ticket/ticket-record.service.ts';
import { TicketCiEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { RELEASE_PROCESS, type ReleaseAction } from './release-actions.rules.ts';
import type { CarriedChange, ReleaseCase, ReleaseCi } from './release-case.rules.ts';
import type { ReleaseMove, ReleaseState } from './release-states.rules.ts';
import {
  ReleaseCauseEntity, ReleaseCheckEntity, ReleaseDecisionEntity, ReleaseEntity, ReleaseReviewEntity, ReleaseTestEntity, UpgradeFeedbackEntity,
} from './release.entity.ts';

/** How a release is loaded, guarded and saved by the core of all work records. */
export const RELEASE_KIND: RecordKind<ReleaseCase, ReleaseState, ReleaseMove, ReleaseAction> = {
  kind: 'release',
  process: RELEASE_PROCESS,
  tables: {
    review: ReleaseReviewEntity, test: ReleaseTestEntity, check: ReleaseCheckEntity, decision: ReleaseDecisionEntity, cause: ReleaseCauseEntity,
    feedback: UpgradeFeedbackEntity, ci: TicketCiEntity,
  },
  load: ({ em }, ticket) => loadRelease(em, ticket),
};

/** Everything that the rules look at; rows stay managed, so that patches are saved. */
export async function loadRelease(em: Em, ticket: Ticket): Promise<ReleaseCase> {
  const record = await em.findOne(ReleaseEntity, { ticketId: ticket.id });
  assert(record, 'a ticket of kind release has its row');
  const of = { releaseId: ticket.id };
  return {
    ticket, record,
    reviews: await em.find(ReleaseReviewEntity, of, { orderBy: { department: 'asc', id: 'asc' } }),
    tests: await em.find(ReleaseTestEntity, of, { orderBy: { testedAt: 'asc', id: 'asc' } }),
    checks: await em.find(ReleaseCheckEntity, of, { orderBy: { at: 'asc', id: 'asc' } }),
    decisions: await em.find(ReleaseDecisionEntity, of, { orderBy: { decidedAt: 'asc', id: 'asc' } }),
    causes: await em.find(ReleaseCauseEntity, of, { orderBy: { id: 'asc' } }),
    changes: await carriedChanges(em, ticket.id),
    cis: await releaseCis(em, ticket.id),
    papers: await attachedPapers(em, ticket.id),
  };
}

/** The changes that carry the release, oldest link first (REL-01). */
export async function carriedChanges(em: Em, releaseId: string): Promise<CarriedChange[]> {
  return em.execute<CarriedChange[]>(
    `select t.id, t.number, c.state, c.category, t.customer_id as "customerId" from ticket_link l join ticket t on t.id = l.to_id join change c on c.ticket_id = t.id
     where l.from_id = ? and l.kind = 'carries' order by l.created_at, l.id limit 100`, [releaseId],
  );
}

/** Its CIs; each is up to date once a carried change has recorded, since the deployment began, what became of it (CHG-12). */
async function releaseCis(em: Em, releaseId: string): Promise<ReleaseCi[]> {
  return em.execute<ReleaseCi[]>(
    `select c.id, c.name, c.customer_id as "customerId", exists (
         select from change_ci_result r join ticket_link l on l.to_id = r.ticket_id and l.kind = 'carries' and l.from_id = k.ticket_id
         where r.ci_id = c.id and r.recorded_at >= rel.deployment_started_at) as updated
     from ticket_ci k join ci c on c.id = k.ci_id join release rel on rel.ticket_id = k.ticket_id where k.ticket_id = ? order by c.name, c.id limit 500`, [releaseId],
  );
}

async function attachedPapers(em: Em, releaseId: string): Promise<string[]> {
  const rows = await em.execute<{ paper: string }[]>('select distinct paper from attachment where ticket_id = ? and paper is not null order by paper', [releaseId]);
  return rows.map(({ paper }) => paper);
}
