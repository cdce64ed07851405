/** Holds a session's token: out of reach of scripts, sent by our own pages only. */
export const SESSION_COOKIE = 'watchfloor_session';

export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null;
  }
  return null;
}

/** `Set-Cookie` for a new session, or (null) for the end of one. */
export function sessionCookie(token: string | null, secure: boolean): string {
  const life = token === null ? 'Max-Age=0' : `Max-Age=${30 * 24 * 3600}`;
  return `${SESSION_COOKIE}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict; ${life}${secure ? '; Secure' : ''}`;
}
