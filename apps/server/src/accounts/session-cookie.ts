import { SESSION_COOKIE } from './sessions.ts';

/** Seconds: the longest that browsers keep a cookie. The server ends the session long before, unless it is used. */
const COOKIE_LIFE = 400 * 86_400;

/** The Set-Cookie header of a session. `Lax`: links from elsewhere arrive signed in, forms do not. */
export function sessionCookie(token: string, baseUrl: string): string {
  return cookie(token, COOKIE_LIFE, baseUrl);
}

/** The header that takes it away. */
export function clearedCookie(baseUrl: string): string {
  return cookie('', 0, baseUrl);
}

function cookie(value: string, life: number, baseUrl: string): string {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : '';
  return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax${secure}`;
}
