/**
 * For a query that is asked again because something changed: without this an answer that is still on its way, and was read before
 * the change, would be taken for the answer to the new question.
 */
export const FRESH_QUERY = { queryDeduplication: false } as const;
