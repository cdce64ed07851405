import { AcknowledgeAlarmDocument, type AcknowledgeAlarmInput } from '../../graphql/generated/board/graphql.ts';

/** Sends it and forgets: that it is silent is told by the stream, to this board as to all others. */
export async function acknowledge(input: AcknowledgeAlarmInput): Promise<void> {
  try {
    await fetch('/graphql', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: AcknowledgeAlarmDocument.toString(), variables: { input } }),
    });
  } catch {
    // The server is away; the board says so, and the alarm still rings.
  }
}
