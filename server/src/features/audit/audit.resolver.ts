import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime, Seq } from '../../platform/graphql/scalars.ts';
import type { AuditEvent } from './audit.queries.ts';
import { auditTrail, newestEntries, redactEvent } from './audit.service.ts';
import { type AuditEntry, AuditTrail, RedactEventInput, RedactEventPayload } from './audit.types.ts';

@Resolver()
export class AuditResolver {
  @Query(() => AuditTrail, { description: 'The audit trail of a record, of a ticket with everything about it, or of all (ORG-05). Needs audit.read.' })
  async events(
    @Ctx() context: RequestContext,
    @Arg('subjectId', () => ID, { nullable: true, description: 'Only of this record.' }) subjectId: string | null,
    @Arg('ticketId', () => ID, { nullable: true, description: 'Only of this ticket.' }) ticketId: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => Seq, { nullable: true, description: 'endCursor of the page before.' }) after: number | null,
  ): Promise<AuditTrail> {
    const { events, hasNextPage } = await auditTrail(context.database, signedIn(context), { subjectId, ticketId, first, after });
    return { entries: events.map(entryOf), hasNextPage, endCursor: events.at(-1)?.seq ?? null };
  }

  @Query(() => AuditTrail, { description: 'The audit trail, newest first, with what one looks for (ORG-05). Needs audit.read.' })
  async auditTrail(
    @Ctx() context: RequestContext,
    @Arg('type', () => String, { nullable: true, description: 'How the type begins, e.g. policy.' }) type: string | null,
    @Arg('actorName', () => String, { nullable: true, description: 'Part of the name of who did it.' }) actorName: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: 'Recorded from then on.' }) from: number | null,
    @Arg('to', () => DateTime, { nullable: true, description: 'Recorded before then.' }) to: number | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('before', () => Seq, { nullable: true, description: 'endCursor of the page before.' }) before: number | null,
  ): Promise<AuditTrail> {
    const { events, hasNextPage } = await newestEntries(context.database, signedIn(context), { type, actorName, from, to, first, before });
    return { entries: events.map(entryOf), hasNextPage, endCursor: events.at(-1)?.seq ?? null };
  }

  @Mutation(() => RedactEventPayload, { description: 'Erases personal data from one entry; its digest keeps the chain whole. Needs audit.redact.' })
  redactEvent(@Arg('input', () => RedactEventInput) input: RedactEventInput, @Ctx() context: RequestContext): Promise<RedactEventPayload> {
    return payload('entry', async () => entryOf(await redactEvent(context.database, signedIn(context), input)));
  }
}

function entryOf({ actor, payload: facts, ...event }: AuditEvent): AuditEntry {
  return {
    ...event, actorName: actor.name, actorId: actor.id, origin: actor.origin, onBehalfOf: actor.onBehalfOf ?? null,
    before: facts.before ?? null, after: facts.after ?? null, reason: facts.reason ?? null,
  };
}
