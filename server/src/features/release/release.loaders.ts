import { TicketEntity } from '../ticket/ticket.entity.ts';
import { assert } from '../../kernel/assert.ts';
import { loaderOf, type RequestContext } from '../../platform/graphql/context.ts';
import type { ReleaseCase } from './release-case.rules.ts';
import { loadRelease } from './release-record.service.ts';

/** The release as its rules see it, loaded once a request; for a release that the asker has been shown. */
export function releaseCaseOf(context: RequestContext, id: string): Promise<ReleaseCase> {
  return loaderOf(context, `release ${id}`, async () => {
    const { em } = context.database;
    const ticket = await em.findOne(TicketEntity, { id });
    assert(ticket, 'a release that is shown has its ticket');
    return loadRelease(em, ticket);
  });
}
