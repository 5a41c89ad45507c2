import { ProbeFailure } from '../../failure.ts';
import { type HttpAnswer, type HttpRequest, httpExchange } from '../../http-exchange.ts';
import type { ProbeRun } from '../../kind.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** An answer, and what came before it. */
export interface Followed {
  answer: HttpAnswer;
  hops: number;
  /** Seconds of all requests, by phase. */
  seconds: HttpAnswer['seconds'];
  /** Where an answer pointed that was not followed, without its path; null = nowhere. */
  elsewhere: string | null;
}

/**
 * A request, and those that its redirects ask for, as long as they stay on the same host: what is sent may hold a
 * password. @throws ProbeFailure `assertion` after more than `most`.
 */
export async function followed(first: HttpRequest, most: number, run: ProbeRun): Promise<Followed> {
  const seconds: HttpAnswer['seconds'] = {};
  let wanted = first;
  for (let hops = 0; ; hops++) {
    const answer = await httpExchange(wanted, run);
    for (const phase of phasesOf(answer)) {
      seconds[phase] = (seconds[phase] ?? 0) + (answer.seconds[phase] ?? 0);
    }
    const next = targetOf(answer);
    if (next === null || most === 0) return { answer, hops, seconds, elsewhere: null };
    if (!staysOnHost(wanted.url, next)) return { answer, hops, seconds, elsewhere: next.origin };
    if (hops === most) {
      throw new ProbeFailure('assertion', `more than ${most} redirects on the same host`);
    }
    wanted = redirected(wanted, answer.status, next);
  }
}

function phasesOf({ seconds }: HttpAnswer) {
  return (['resolve', 'connect', 'tls', 'processing', 'transfer'] as const).filter((name) => name in seconds);
}

function targetOf({ status, headers, url }: HttpAnswer): URL | null {
  return REDIRECTS.has(status) && headers.location !== undefined
    ? URL.parse(headers.location, url.href)
    : null;
}

/** The same origin, or the same host's step up to TLS. */
function staysOnHost(from: URL, to: URL): boolean {
  return (
    to.origin === from.origin ||
    (to.hostname === from.hostname && from.protocol === 'http:' && to.protocol === 'https:')
  );
}

/** RFC 9110 section 15.4: 307 and 308 repeat the request, after the others it is a GET. */
function redirected(wanted: HttpRequest, status: number, url: URL): HttpRequest {
  url.username = wanted.url.username;
  url.password = wanted.url.password;
  if (status === 307 || status === 308 || wanted.method === 'HEAD') return { ...wanted, url };
  return { ...wanted, url, method: 'GET', body: null };
}
