/** Holds a session's token: out of reach of scripts, sent by our own pages only. */
export const SESSION_COOKIE = 'watchfloor_session';

/** Holds a screen's secret. Sent to the API only, and used only where the page says that it is a screen (`SCREEN_HEADER`). */
export const SCREEN_COOKIE = 'watchfloor_screen';
/** Names the page load of a screen. Without it the cookie means nothing: a desk in the same browser is nobody's screen. */
export const SCREEN_HEADER = 'watchfloor-screen';

/** `Set-Cookie` for a screen's secret: 400 days, the longest that browsers keep one; it is renewed every month. */
export function screenCookie(secret: string, secure: boolean): string {
  return `${SCREEN_COOKIE}=${secret}; Path=/graphql; HttpOnly; SameSite=Strict; Max-Age=${400 * 24 * 3600}${secure ? '; Secure' : ''}`;
}

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
