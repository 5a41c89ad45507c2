/** What answers to HTTP requests mean, where a kind does not know better. */
import { ProbeFailure, type Reason } from './failure.ts';
import { type HttpAnswer, type HttpRequest, httpExchange } from './http-exchange.ts';
import type { ProbeRun } from './kind.ts';

const BY_STATUS: Record<number, Reason> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not_found',
  407: 'auth',
  408: 'timeout',
  410: 'not_found',
  429: 'limit',
};

const WORDS: Partial<Record<Reason, string>> = {
  auth: 'who asks is not known there',
  forbidden: 'who asks has no right to it',
  not_found: 'there is no such thing',
  limit: 'too many requests',
};

/** Characters of an answer in a failure's sentence. */
const EXCERPT = 200;

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The failure that a status other than the wanted one stands for; `name` where the path is nobody's business. */
export function statusFailure({ status, url }: HttpAnswer, name: string = url.pathname): ProbeFailure {
  const reason = BY_STATUS[status] ?? (status >= 500 ? 'unhealthy' : 'protocol');
  const words = WORDS[reason];
  return new ProbeFailure(reason, `${name} answered ${status}${words === undefined ? '' : `: ${words}`}`);
}

/** The body as JSON. @throws ProbeFailure `protocol` when it is none, or longer than what was read. */
export function jsonOf(answer: HttpAnswer): unknown {
  const { url, body, isWhole } = answer;
  if (!isWhole) throw new ProbeFailure('protocol', `${url.pathname} answered more than ${body.length} bytes`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new ProbeFailure('protocol', `${url.pathname} did not answer JSON but: ${excerptOf(answer)}`, {
      cause,
    });
  }
}

/** The same, for who can do without: undefined when it is none. */
export function jsonIn({ body, isWhole }: HttpAnswer): unknown {
  try {
    return isWhole ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Fetches JSON; a status other than 2xx is a failure. @throws ProbeFailure */
export async function fetchJson(wanted: HttpRequest, run: ProbeRun): Promise<unknown> {
  const answer = await httpExchange(wanted, run);
  if (!isSuccess(answer)) throw statusFailure(answer);
  return jsonOf(answer);
}

/** The beginning of a body, fit for one line. */
export function excerptOf({ body }: HttpAnswer): string {
  const text = body.toString('utf8', 0, EXCERPT * 4);
  return (
    text
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, EXCERPT) || '(nothing)'
  );
}

/**
 * A setting that is an http or https address, its secrets put in.
 * @throws ProbeFailure `config` when it is none with them.
 */
export function httpUrlOf(setting: string, run: ProbeRun): URL {
  const url = URL.parse(run.secret(setting));
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new ProbeFailure(
    'config',
    'the address is not a http:// or https:// one once its secrets are put in',
  );
}
