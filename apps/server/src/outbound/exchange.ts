import { DeliveryError } from '../notify/failure.ts';

/** One outgoing call. */
export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Record<string, string>;
  body?: string | null;
  /** Ends the call early. */
  signal?: AbortSignal;
}

/** What came back from it. */
export interface OutboundResponse {
  status: number;
  contentType: string;
  /** The body's beginning, as UTF-8. */
  text: string;
  /** Milliseconds asked for by Retry-After; null = none. */
  retryAfter: number | null;
}

/** Statuses below 500 that say "later" (RFC 9110, 8470, 6585). */
const LATER = new Set([408, 425, 429]);
/** Characters of an answer in an error message. */
const EXCERPT = 200;

export function isSuccess(response: OutboundResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

/** The failure that a response other than 2xx stands for; `hint` explains it instead of the body. */
export function failureOf(response: OutboundResponse, hint?: string): DeliveryError {
  const { status, retryAfter } = response;
  const said = hint ?? excerptOf(response).slice(0, EXCERPT);
  const message = said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
  return new DeliveryError(message, { retryable: status >= 500 || LATER.has(status), retryAfter });
}

/** The body in a form fit for one line of the ledger; of a web page only its title. */
export function excerptOf({ contentType, text }: OutboundResponse): string {
  const isPage = contentType.includes('html') || /^\s*<(!doctype|html)/i.test(text);
  const shown = isPage ? `(a web page) ${/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? ''}` : text;
  return shown.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
