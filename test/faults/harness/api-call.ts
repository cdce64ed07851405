import { Agent, request } from 'node:http';

/** What a client knows after a call: an answer, or that it must ask again: there may have been an effect and nobody told, or the program was busy (a third class, not a failure). */
export type Outcome =
  | { readonly kind: 'done'; readonly recordId: string; readonly version: number }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Longer than a busy machine takes: whoever gives up early asks for the same work twice. */
const PATIENCE_MS = 60_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One mutation of an incident by its name and input. */
export async function mutate(url: string, token: string, { mutation, input }: { mutation: string; input: object }): Promise<Outcome> {
  const type = `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation Do($input: ${type}!) { ${mutation}(input: $input) { incident { id version } userErrors { code message } } }`;
  let text: string;
  try {
    text = await post(`${url}/graphql`, token, JSON.stringify({ query, variables: { input } }));
  } catch (error) {
    return { kind: 'unknown', why: error instanceof Error ? error.message : String(error) };
  }
  return understood(text, mutation);
}

interface Answer {
  readonly data?: Readonly<Record<string, { readonly incident: { readonly id: string; readonly version: number } | null; readonly userErrors: readonly { readonly code: string; readonly message: string }[] } | null>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

function understood(text: string, mutation: string): Outcome {
  let answer: Answer;
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    return { kind: 'unknown', why: `not JSON: ${text.slice(0, 100)}` };
  }
  const payload = answer.data?.[mutation];
  if (payload?.incident) return { kind: 'done', recordId: payload.incident.id, version: payload.incident.version };
  const refusal = payload?.userErrors[0];
  const error = answer.errors?.[0];
  // Nothing was changed, and the client is asked to try again: it does so with the same key.
  if ([refusal?.code, error?.extensions?.code].includes('BUSY')) return { kind: 'unknown', why: 'BUSY' };
  if (refusal) return { kind: 'refused', why: `${refusal.code} ${refusal.message}` };
  const why = `${error?.extensions?.code ?? 'no code'} ${error?.message ?? text.slice(0, 100)}`;
  // An error of ours may have come after the commit, e.g. when the answer was being read.
  return error?.extensions?.code === 'INTERNAL_SERVER_ERROR' ? { kind: 'unknown', why } : { kind: 'refused', why };
}

function post(url: string, token: string, body: string): Promise<string> {
  return new Promise((done, failed) => {
    const sent = request(url, {
      method: 'POST', agent, signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-on-behalf-of': 'Wang%20Wei', 'content-length': Buffer.byteLength(body) },
    }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
      response.on('error', failed);
      response.on('aborted', () => failed(new Error('the answer was cut off')));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}
