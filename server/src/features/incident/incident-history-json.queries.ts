import { PAGE_LIMIT } from '../../kernel/page.ts';
import type { JsonMany } from '../../platform/graphql/json-shape.ts';

/** The latest 500 entries, oldest first, as `workLogs` reads them for people of the provider. */
export const WORK_LOG: JsonMany = {
  shape: {
    type: 'WorkLogEntryView',
    values: {
      id: 'w.id', kind: 'w.kind', text: 'w.text', customerVisible: 'w.customer_visible', occurredAt: 'w.occurred_at', recordedAt: 'w.recorded_at', author: 'w.author_name',
      minutes: 'w.minutes', lateReason: 'w.late_reason',
    },
  },
  from: () => ({
    sql: 'from (select * from work_log_entry where ticket_id = t.id order by occurred_at desc, id desc limit 500) w order by w.occurred_at, w.id', parameters: [],
  }),
};

/** The history from the event log, newest first, as `historyOf` reads it. */
export const HISTORY: JsonMany = {
  shape: {
    type: 'TimelineEntry',
    values: {
      seq: 'b.seq', type: 'b.type', occurredAt: 'b.occurred_at', recordedAt: 'b.recorded_at', actor: `coalesce(b.actor->>'onBehalfOf', b.actor->>'name')`,
      reason: `b.payload->>'reason'`, before: `b.payload->'before'`, after: `b.payload->'after'`, mark: `b.payload->>'mark'`,
    },
  },
  from: (_joins, { first, before = null }) => {
    if (typeof first !== 'number' || first < 1 || first > PAGE_LIMIT) return null;
    const older = before === null ? null : '(b.occurred_at, b.seq) < (select y.occurred_at, y.seq from event_log y where y.seq = ?::bigint)';
    return {
      sql: `from event_log b where b.ticket_id = t.id${older === null ? '' : ` and ${older}`} order by b.occurred_at desc, b.seq desc limit ?::int`,
      parameters: [...(older === null ? [] : [before]), first],
    };
  },
};
